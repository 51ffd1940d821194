//! The window by keyboard alone: what is pressed goes to whatever has the focus.

use fantoccini::actions::{InputSource, KeyAction, KeyActions};
use fantoccini::key::Key;
use pdt_testkit::stage::wait_until;
use serde_json::Value;

use super::{PATIENCE, Window};

/// No view has so many stops.
const MOST_STOPS: usize = 150;

impl Window<'_> {
    /// Presses keys, one after the other.
    pub(crate) fn press(&self, keys: &[char]) {
        let keyboard = KeyActions::new("keyboard".to_owned());
        let pressed = keys.iter().fold(keyboard, |keyboard, &value| {
            keyboard.then(KeyAction::Down { value }).then(KeyAction::Up { value })
        });
        self.step(self.client.perform_actions(pressed));
    }

    /// Presses a key while Ctrl is held.
    pub(crate) fn press_with_ctrl(&self, value: char) {
        let ctrl = char::from(Key::Control);
        let pressed = KeyActions::new("keyboard".to_owned())
            .then(KeyAction::Down { value: ctrl })
            .then(KeyAction::Down { value })
            .then(KeyAction::Up { value })
            .then(KeyAction::Up { value: ctrl });
        self.step(self.client.perform_actions(pressed));
    }

    /// Writes a text.
    pub(crate) fn write(&self, text: &str) {
        self.press(&text.chars().collect::<Vec<_>>());
    }

    /// Writes a text in the place of what stands in the field.
    pub(crate) fn overwrite(&self, text: &str) {
        self.press_with_ctrl('a');
        self.write(text);
    }

    /// Whether the focus is on the thing of this name that these attributes describe, or inside it.
    pub(crate) fn has_focus(&self, testid: &str, attributes: &str) -> bool {
        let selector = format!("[data-testid=\"{testid}\"]{attributes}");
        let script = "return document.activeElement?.closest(arguments[0]) !== null";
        self.run(script, vec![Value::from(selector)]) == true
    }

    /// Goes on with Tab until the focus is there.
    pub(crate) fn tab_to(&self, testid: &str) {
        self.tab_to_matching(testid, "");
    }

    /// Goes on with Tab until the focus is on the thing of this name that these attributes describe.
    pub(crate) fn tab_to_matching(&self, testid: &str, attributes: &str) {
        self.matching(testid, attributes);
        for _ in 0..MOST_STOPS {
            if self.has_focus(testid, attributes) {
                return;
            }
            self.press(&[Key::Tab.into()]);
        }
        panic!("Tab leads not to {testid}{attributes}. The page says:\n{}", self.text());
    }

    /// Goes there with Tab and presses Enter.
    pub(crate) fn enter(&self, testid: &str) {
        self.tab_to(testid);
        self.press(&[Key::Enter.into()]);
    }

    /// Waits until the focus is there by itself.
    pub(crate) fn wait_for_focus(&self, testid: &str) {
        wait_until(&format!("the focus on {testid}"), PATIENCE, || self.has_focus(testid, ""))
            .unwrap_or_else(|error| panic!("{error}. The page says:\n{}", self.text()));
    }
}
