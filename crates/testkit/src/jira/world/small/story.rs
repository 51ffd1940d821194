//! The small world's story.

/// A card as it was made.
pub(super) struct Sketch {
    pub(super) key: &'static str,
    pub(super) hours_ago: i64,
    pub(super) kind: &'static str,
    pub(super) summary: &'static str,
    pub(super) text: &'static str,
    pub(super) priority: &'static str,
    pub(super) labels: &'static [&'static str],
    /// None where zero.
    pub(super) points: f64,
    /// None where empty.
    pub(super) parent: &'static str,
}

/// Something that happened.
pub(super) struct Event {
    pub(super) hours_ago: i64,
    pub(super) who: &'static str,
    pub(super) what: What,
}

pub(super) enum What {
    Begin(i64),
    Close(i64, i64),
    Plan(&'static str, i64),
    /// Takes the card and begins.
    Take(&'static str),
    Move(&'static str, &'static str),
    Estimate(&'static str, f64),
    Rename(&'static str, &'static str),
    Comment(&'static str),
}

const fn card(key: &'static str, hours_ago: i64, kind: &'static str, summary: &'static str) -> Sketch {
    Sketch {
        key,
        hours_ago,
        kind,
        summary,
        text: "",
        priority: "Medium",
        labels: &[],
        points: 0.0,
        parent: "",
    }
}

const STORY: &str = "Story";
const BUG: &str = "Bug";
const TASK: &str = "Task";

/// Parents before their parts.
pub(super) const CARDS: &[Sketch] = &[
    Sketch {
        text: "Everything a person needs to hand in a month's work.",
        priority: "High",
        ..card("PDT-110", 640, "Epic", "Hand in a month's work")
    },
    Sketch {
        points: 5.0,
        labels: &["list"],
        ..card("PDT-112", 620, STORY, "List what was done, newest first")
    },
    Sketch { points: 3.0, labels: &["list"], ..card("PDT-113", 618, STORY, "Filter the list by project") },
    Sketch { points: 2.0, ..card("PDT-114", 616, TASK, "Agree on names for the columns") },
    Sketch {
        points: 1.0,
        priority: "Low",
        ..card("PDT-115", 612, BUG, "The last line is cut on small screens")
    },
    Sketch { points: 3.0, ..card("PDT-116", 610, STORY, "Remember the width of each column") },
    Sketch {
        points: 2.0,
        labels: &["export"],
        text: "A semicolon in a title shifts everything that stands behind it.\n\nSeen with: `Größe; Breite`",
        ..card("PDT-117", 500, BUG, "Cells with a separator break the file")
    },
    Sketch { points: 2.0, labels: &["list"], ..card("PDT-118", 480, BUG, "Filtering loses the sorting") },
    Sketch { points: 1.0, ..card("PDT-119", 470, TASK, "Say which setting cannot be read") },
    Sketch { points: 5.0, priority: "Low", ..card("PDT-120", 460, STORY, "Print the list on paper") },
    Sketch {
        points: 8.0,
        priority: "High",
        labels: &["export", "month"],
        parent: "PDT-110",
        text: "As a freelancer I want a file that my client's accounting reads, so that nobody types it again.\n\n\
               * one line a day\n* dates as the accounting wants them\n* works while the app goes on",
        ..card("PDT-121", 450, STORY, "Export a month as CSV")
    },
    Sketch { parent: "PDT-121", ..card("PDT-122", 300, "Sub-task", "Write the file beside the old one") },
    Sketch { parent: "PDT-121", ..card("PDT-123", 299, "Sub-task", "Export in the background") },
    Sketch {
        points: 3.0,
        priority: "Highest",
        labels: &["time"],
        text: "Twice a year an hour happens twice, or not at all.",
        ..card("PDT-124", 290, BUG, "Work after midnight lands on the wrong day")
    },
    Sketch {
        priority: "Low",
        ..card("PDT-125", 280, TASK, "Überschriften: Größe an die Schrift anpassen 🎉")
    },
    Sketch {
        points: 2.0,
        labels: &["security"],
        ..card("PDT-126", 200, BUG, "Titles with <b>markup</b> & \"quotes\" look wrong")
    },
    Sketch { points: 3.0, ..card("PDT-127", 150, STORY, "Wait for the network before the first try") },
    Sketch { points: 5.0, ..card("PDT-128", 60, STORY, "Tell once, not each time") },
    card("OPS-10", 400, TASK, "Renew the certificate of the build server"),
    card("OPS-11", 210, TASK, "Move the mirror to the new rack"),
    card("OPS-12", 120, TASK, "Collect settings in one place"),
];

const fn event(hours_ago: i64, who: &'static str, what: What) -> Event {
    Event { hours_ago, who, what }
}

const ADA: &str = "Ada Example";
const GRACE: &str = "Grace Sample";
const LINUS: &str = "Linus Muster";
const REVIEW: &str = "In Review";
const DONE: &str = "Done";

/// In the order in which it happened. Sprint 1 is the closed one, 2 the active one, 3 the planned one.
pub(super) const EVENTS: &[Event] = &[
    event(600, GRACE, What::Plan("PDT-112", 1)),
    event(600, GRACE, What::Plan("PDT-113", 1)),
    event(599, GRACE, What::Plan("PDT-114", 1)),
    event(599, GRACE, What::Plan("PDT-115", 1)),
    event(598, GRACE, What::Plan("PDT-116", 1)),
    event(580, GRACE, What::Begin(1)),
    event(575, ADA, What::Take("PDT-112")),
    event(570, LINUS, What::Take("PDT-114")),
    event(540, LINUS, What::Move("PDT-114", DONE)),
    event(520, ADA, What::Move("PDT-112", REVIEW)),
    event(495, GRACE, What::Move("PDT-112", DONE)),
    event(490, GRACE, What::Plan("PDT-117", 1)),
    event(470, ADA, What::Take("PDT-113")),
    event(440, ADA, What::Move("PDT-113", REVIEW)),
    event(430, GRACE, What::Comment("PDT-113")),
    event(420, GRACE, What::Move("PDT-113", DONE)),
    event(410, LINUS, What::Take("PDT-115")),
    event(380, LINUS, What::Move("PDT-115", DONE)),
    event(370, GRACE, What::Take("OPS-10")),
    event(360, GRACE, What::Move("OPS-10", DONE)),
    event(350, GRACE, What::Plan("PDT-121", 2)),
    event(349, GRACE, What::Plan("PDT-118", 2)),
    event(348, GRACE, What::Plan("PDT-119", 2)),
    event(298, GRACE, What::Plan("PDT-122", 2)),
    event(298, GRACE, What::Plan("PDT-123", 2)),
    event(285, GRACE, What::Plan("PDT-124", 2)),
    event(250, GRACE, What::Close(1, 2)),
    event(249, GRACE, What::Begin(2)),
    event(245, ADA, What::Take("PDT-121")),
    event(240, ADA, What::Take("PDT-122")),
    event(215, LINUS, What::Take("PDT-119")),
    event(198, GRACE, What::Plan("PDT-126", 2)),
    event(190, ADA, What::Move("PDT-122", REVIEW)),
    event(180, LINUS, What::Move("PDT-119", REVIEW)),
    event(170, GRACE, What::Take("PDT-118")),
    event(168, ADA, What::Estimate("PDT-121", 13.0)),
    event(150, LINUS, What::Take("OPS-11")),
    event(148, GRACE, What::Plan("PDT-127", 2)),
    event(120, GRACE, What::Move("PDT-118", DONE)),
    event(100, ADA, What::Move("PDT-122", DONE)),
    event(90, GRACE, What::Take("PDT-124")),
    event(72, ADA, What::Take("PDT-117")),
    event(50, GRACE, What::Plan("PDT-128", 3)),
    event(49, GRACE, What::Plan("PDT-116", 3)),
    event(30, GRACE, What::Rename("PDT-124", "Work around midnight lands on the wrong day")),
    event(26, ADA, What::Take("PDT-123")),
    event(5, GRACE, What::Move("PDT-124", REVIEW)),
];
