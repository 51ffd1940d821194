//! What a large world throws for, by numbers that are the same each time.

use pdt_testkit::Dice as Numbers;

#[derive(Debug, Clone)]
pub(super) struct Dice(Numbers);

impl Dice {
    pub(super) fn new(seed: u64) -> Self {
        Self(Numbers::new(seed))
    }

    pub(super) fn below(&mut self, bound: usize) -> usize {
        self.0.below(bound)
    }

    /// A number below `bound`, small ones much oftener: as some repositories and people are busier than others.
    pub(super) fn skewed(&mut self, bound: usize) -> usize {
        let fine = self.below(1 << 20) as f64 / f64::from(1 << 20);
        ((bound as f64 * fine.powi(3)) as usize).min(bound.saturating_sub(1))
    }

    /// Whether something happens that happens so many times in a hundred.
    pub(super) fn percent(&mut self, times: usize) -> bool {
        self.below(100) < times
    }

    pub(super) fn pick<'choice>(&mut self, choices: &[&'choice str]) -> &'choice str {
        self.0.pick(choices, "")
    }

    pub(super) fn sha(&mut self) -> String {
        let mut any = || self.0.any();
        format!("{:016x}{:016x}{:08x}", any(), any(), any() >> 32)
    }
}
