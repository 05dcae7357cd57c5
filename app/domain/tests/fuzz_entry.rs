//! The fuzz targets' entry points over their corpus and over random bytes, so that `make test` exercises them too.
#![cfg(not(target_arch = "wasm32"))]
#![expect(clippy::unwrap_used, reason = "a failed unwrap fails the test")]

#[path = "../fuzz/entry.rs"]
mod entry;

/// A small generator with a fixed seed: the same bytes every time, on every machine.
struct Xorshift(u64);

impl Xorshift {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next() % (limit.max(1) as u64)).unwrap()
    }

    fn byte(&mut self) -> u8 {
        self.next().to_le_bytes()[0]
    }

    /// A seed with a few bytes changed, dropped or repeated.
    fn mutate(&mut self, seed: &[u8]) -> Vec<u8> {
        let mut bytes = seed.to_vec();
        for _ in 0..=self.below(4) {
            let at = self.below(bytes.len());
            match self.below(5) {
                0 if !bytes.is_empty() => bytes[at] = self.byte(),
                1 if !bytes.is_empty() => bytes[at] ^= 1 << self.below(8),
                2 if !bytes.is_empty() => drop(bytes.remove(at)),
                3 => bytes.insert(at, self.byte()),
                _ => bytes.truncate(at),
            }
        }
        bytes
    }

    fn noise(&mut self) -> Vec<u8> {
        let length = self.below(200);
        (0..length).map(|_| self.byte()).collect()
    }
}

fn run(target: &str, entry: fn(&[u8])) {
    let corpus = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("fuzz/corpus")
        .join(target);
    let mut files: Vec<_> = std::fs::read_dir(&corpus)
        .unwrap()
        .map(|file| file.unwrap().path())
        .collect();
    files.sort();
    assert!(files.len() >= 10, "{target} has a corpus");
    let mut random = Xorshift(0x5eed_0fca_11ed_5eed);
    for seed in files.iter().map(|file| std::fs::read(file).unwrap()) {
        entry(&seed);
        for _ in 0..2_000 {
            entry(&random.mutate(&seed));
        }
    }
    for _ in 0..20_000 {
        let noise = random.noise();
        entry(&noise);
        entry(&[b"RND1:", noise.as_slice()].concat());
    }
}

#[test]
fn no_bytes_break_the_reader_of_codes() {
    run("scan_text", entry::scan_text);
}

#[test]
fn no_bytes_break_the_reader_of_numbers() {
    run("number", entry::number);
}
