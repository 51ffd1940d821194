//! Writes the module that the web view's code imports.

use std::path::Path;

fn main() -> std::io::Result<()> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../ui/src/lib/backend/generated.ts");
    std::fs::write(file, pdt_seam::typescript::module())
}
