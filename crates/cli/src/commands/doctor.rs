//! `pdt doctor`.

use pdt_engine::api::DoctorDto;

use super::verdict;
use crate::context::{Answer, Context, Reader, answer};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::output::table::Listing;
use crate::output::terminal::Terminal;

pub(crate) async fn run(context: &Context) -> Result<Answer, Failure> {
    tell(&context.engine.doctor(&context.profile).await?, context.reader)
}

/// The findings, also those of an engine that could not be opened.
pub(crate) fn tell(findings: &DoctorDto, reader: Reader) -> Result<Answer, Failure> {
    Ok(answer(reader, findings, |terminal| show(findings, terminal))?
        .ending(Exit::done_if(findings.is_well())))
}

fn show(findings: &DoctorDto, terminal: Terminal) -> String {
    let mut listing = Listing::new(["CHECK", "RESULT", "FINDING", "WHAT TO DO"]);
    for check in &findings.checks {
        let hint = check.hint.as_deref().unwrap_or_default();
        listing.add([
            check.name.as_str().into(),
            verdict(check.ok),
            check.message.as_str().into(),
            hint.into(),
        ]);
    }
    listing.render(terminal, "There is nothing to check.")
}
