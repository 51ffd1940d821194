//! What happens in the demo's world: who pushes what.

/// Something that is pushed.
#[derive(Debug)]
pub(super) struct Plot {
    /// Name and address.
    pub(super) who: (&'static str, &'static str),
    /// The topic branch that it goes to; the default branch where there is none.
    pub(super) topic: Option<&'static str>,
    pub(super) message: &'static str,
}

const ADA: (&str, &str) = ("Ada Example", "ada@example.com");
const GRACE: (&str, &str) = ("Grace Sample", "grace@example.com");
const LINUS: (&str, &str) = ("Linus Muster", "linus@example.com");

/// Thirteen, so that each comes to every one of three repositories in time.
pub(super) const PLOTS: &[Plot] = &[
    Plot { who: GRACE, topic: None, message: "PDT-118 Keep the sorting when a list is filtered\n" },
    Plot {
        who: ADA,
        topic: Some("feature/PDT-121-export"),
        message: "PDT-121 Begin the export\n\nOnly CSV so far; the file is written beside the old one and then takes \
                  its place.\n",
    },
    Plot { who: LINUS, topic: None, message: "Correct a date in the change log\n" },
    Plot {
        who: ADA,
        topic: Some("feature/PDT-121-export"),
        message: "PDT-121 PDT-117 Quote cells that hold a separator\n\nReported by the person who opens these files.\n",
    },
    Plot {
        who: GRACE,
        topic: Some("fix/PDT-124-time-zone"),
        message: "PDT-124 Compare instants, not local times\n",
    },
    Plot { who: LINUS, topic: None, message: "Read settings as UTF-8 on every system\n" },
    Plot { who: ADA, topic: None, message: "PDT-119 Say which setting cannot be read\n\nRefs: OPS-12\n" },
    Plot {
        who: GRACE,
        topic: Some("feature/PDT-126-titles"),
        message: "PDT-126 Show <b>titles</b> as they were typed: <img src=x onerror=\"alert(1)\"> & \"quotes\"\n",
    },
    Plot { who: GRACE, topic: Some("fix/PDT-124-time-zone"), message: "Test the hour that happens twice\n" },
    Plot {
        who: LINUS,
        topic: Some("deps/update"),
        message: "Update three libraries\n\nNo change of behaviour.\n",
    },
    Plot { who: ADA, topic: Some("feature/PDT-121-export"), message: "pdt-121 Export in the background\n" },
    Plot { who: LINUS, topic: None, message: "PDT-127 Wait for the network before the first try\n" },
    Plot { who: GRACE, topic: None, message: "Überschriften: Größe an die Schrift angepasst 🎉\n" },
];
