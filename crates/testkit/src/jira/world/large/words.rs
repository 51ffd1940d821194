//! Names that a client must survive.

use super::super::{BoardType, Category};

/// A comma, quotes, other scripts, from right to left, and letters beyond the first 65,536.
pub(super) const PEOPLE: [&str; 11] = [
    "Grace Sample",
    "Zoë Müller-Beispiel",
    "見本 太郎",
    "مثال، أحمد",
    "Muster, Linus",
    "Ren “Quote\" O’Beispiel",
    "Ødegård Muster",
    "🦀 Crab",
    "𝔄𝔩𝔦𝔠𝔢 𝔐uster",
    "דוגמה נועה",
    "Contoh Siti",
];

/// In the language of the site, beside those that every world has.
pub(super) const STATUSES: [(&str, Category); 5] = [
    ("Akan dikerjakan", Category::New),
    ("Sedang dikerjakan", Category::Indeterminate),
    ("Ditinjau, lagi", Category::Indeterminate),
    ("Selesai ✅", Category::Done),
    ("Batal", Category::Done),
];

pub(super) const PROJECTS: [(&str, &str); 12] = [
    ("PDT", "Development tracker"),
    ("WEB", "Website"),
    ("APP", "Größere App"),
    ("DATA", "データ"),
    ("HW2", "Hardware, 2"),
    ("R_D", "Research & Development"),
    ("OPS", "Operations"),
    ("HELP", "Hilfe"),
    ("KAN", "كانبان"),
    ("TMA", "Team A"),
    ("TMB", "Team B"),
    ("TMC", "Team C"),
];

pub(super) const BOARDS: [(&str, BoardType, &str); 12] = [
    ("PDT board", BoardType::Scrum, "PDT"),
    ("Website, \"new\"", BoardType::Scrum, "WEB"),
    ("Operations", BoardType::Kanban, "OPS"),
    ("Größere App 🚀", BoardType::Scrum, "APP"),
    ("データ・ボード", BoardType::Scrum, "DATA"),
    ("TMA board", BoardType::SimpleWithSprints, "TMA"),
    ("Hilfe & Fragen", BoardType::Kanban, "HELP"),
    ("HW2 board", BoardType::Scrum, "HW2"),
    ("R_D <b>board</b>", BoardType::Scrum, "R_D"),
    ("TMC board", BoardType::Simple, "TMC"),
    ("لوحة كانبان", BoardType::Kanban, "KAN"),
    ("TMB board", BoardType::SimpleWithSprints, "TMB"),
];

/// `{}` stands for project and number.
pub(super) const SPRINT_NAMES: [&str; 6] =
    ["{}", "Sprint {}, the long one", "{} “fertig”", "スプリント {}", "سباق {}", "{} 🏁, and on"];

pub(super) const TYPES: [&str; 4] = ["Story", "Bug", "Task", "Verbesserung"];

pub(super) const PRIORITIES: [&str; 5] = ["Highest", "High", "Medium", "Low", "Lowest"];

pub(super) const LABELS: [&str; 6] = ["ui", "größe", "日本語", "release-1.0", "a&b", "🦀"];

/// `{}` stands for a number.
pub(super) const SUMMARIES: [&str; 9] = [
    "Make step {} faster",
    "Schritt {}: Größe, Breite & \"Höhe\"",
    "第{}段階を直す",
    "أصلح الخطوة {}",
    "<b>Step {}</b> <img src=x onerror=\"alert(1)\">",
    "Step {} 🦀👩‍💻 with joined signs",
    "𝔖tep {} in letters beyond the plane",
    "Step {} with a title that goes on and on and on and on and on and on and on and on and on and on and on",
    "Teach step {} to wait",
];

/// `{}` stands for a number.
pub(super) const TEXTS: [&str; 6] = [
    "Step {} needs this.",
    "h2. Warum\n\n* erstens\n* zweitens, {}\n\n{code}let x = 1;{code}",
    "長い説明 {}\n二行目",
    "Line one {}\r\nline two with a tab\there",
    "“Quoted” and \\back\\slashed {}",
    "شرح {}",
];
