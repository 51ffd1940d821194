//! Numbers that look thrown and are the same for the same seed.

/// A small generator of numbers (SplitMix64).
#[derive(Debug, Clone)]
pub(super) struct Dice(u64);

impl Dice {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    pub(super) fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.next() % bound.max(1) as u64).unwrap_or(0)
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
        choices.get(self.below(choices.len())).copied().unwrap_or_default()
    }

    pub(super) fn sha(&mut self) -> String {
        format!("{:016x}{:016x}{:08x}", self.next(), self.next(), self.next() >> 32)
    }
}
