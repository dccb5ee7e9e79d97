//! Properties under random cases.

use fastrand::Rng;

/// Runs a property under `count` seeds. A failure prints its seed; `SEED=…` starts there.
pub fn cases(count: u64, property: impl Fn(&mut Rng)) {
    struct Seed(u64);
    impl Drop for Seed {
        fn drop(&mut self) {
            if std::thread::panicking() {
                eprintln!("to see it again: SEED={}", self.0);
            }
        }
    }
    let first =
        std::env::var("SEED").map_or_else(|_| fastrand::u64(..), |seed| seed.parse().unwrap());
    for case in 0..count {
        let seed = Seed(first.wrapping_add(case));
        property(&mut Rng::with_seed(seed.0));
    }
}
