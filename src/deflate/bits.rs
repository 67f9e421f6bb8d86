//! Bits on their way into bytes, the lowest first (RFC 1951, 3.1.1).

/// Takes bits and packs them into bytes.
pub struct Bits {
    /// Whole bytes as far as `at`, and room after it.
    out: Vec<u8>,
    at: usize,
    held: u64,
    count: u32,
}

impl Bits {
    /// No bits yet, with room for about so many bytes.
    pub fn with_room(bytes: usize) -> Bits {
        Bits { out: vec![0; bytes + 8], at: 0, held: 0, count: 0 }
    }

    /// Takes the lowest `count` bits, at most 56: with the seven that may be held, they fit into a word. The others must be zero.
    #[inline(always)]
    pub fn put(&mut self, bits: u64, count: u32) {
        self.held |= bits << self.count;
        self.count += count;
        loop {
            if let Some(room) = self.out.get_mut(self.at..).and_then(<[u8]>::first_chunk_mut::<8>) {
                *room = self.held.to_le_bytes();
                break;
            }
            self.grow();
        }
        self.at += (self.count / 8) as usize;
        self.held >>= self.count & !7;
        self.count %= 8;
    }

    #[cold]
    fn grow(&mut self) {
        let length = self.out.len();
        self.out.resize(length + length / 2 + 64, 0);
    }

    /// How many bits are missing to a whole byte, e.g. 3.
    pub fn to_byte(&self) -> u32 {
        (8 - self.count) % 8
    }

    /// Fills up with zeros to a whole byte.
    pub fn align(&mut self) {
        self.put(0, self.to_byte());
    }

    /// Takes whole bytes, once aligned.
    pub fn bytes(&mut self, bytes: &[u8]) {
        self.out.truncate(self.at);
        self.out.extend_from_slice(bytes);
        self.at = self.out.len();
    }

    /// The bytes.
    pub fn finish(mut self) -> Vec<u8> {
        self.align();
        self.out.truncate(self.at);
        self.out
    }
}
