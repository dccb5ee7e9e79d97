//! Multibase: the text encodings of CIDs.

use super::ParseCidError;

/// A base of the multibase table.
pub struct Base {
    prefix: u8,
    alphabet: &'static [u8],
    digits: Digits,
}

/// What the characters of a base stand for.
enum Digits {
    /// Groups of this many bits, without padding (RFC 4648).
    Bits(u32),
    /// Digits of one number, zero bytes in front kept one for one.
    Radix(u32),
}

pub const BASE32: Base = Base {
    prefix: b'b',
    alphabet: b"abcdefghijklmnopqrstuvwxyz234567",
    digits: Digits::Bits(5),
};

pub const BASE58BTC: Base = Base {
    prefix: b'z',
    alphabet: b"123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz",
    digits: Digits::Radix(58),
};

static BASES: [Base; 6] = [
    BASE32,
    Base {
        prefix: b'B',
        alphabet: b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567",
        digits: Digits::Bits(5),
    },
    BASE58BTC,
    Base {
        prefix: b'k',
        alphabet: b"0123456789abcdefghijklmnopqrstuvwxyz",
        digits: Digits::Radix(36),
    },
    Base {
        prefix: b'f',
        alphabet: b"0123456789abcdef",
        digits: Digits::Bits(4),
    },
    Base {
        prefix: b'F',
        alphabet: b"0123456789ABCDEF",
        digits: Digits::Bits(4),
    },
];

/// The base that the text's first character announces.
pub fn of(text: &str) -> Option<&'static Base> {
    let prefix = text.bytes().next()?;
    BASES.iter().find(|base| base.prefix == prefix)
}

impl Base {
    /// The bytes behind `text` without its first `skip` characters.
    pub fn decode(&self, text: &str, skip: usize) -> Result<Vec<u8>, ParseCidError> {
        let mut digits = Vec::new();
        for (at, character) in text.bytes().enumerate().skip(skip) {
            match self.alphabet.iter().position(|&known| known == character) {
                Some(digit) => digits.push(digit as u8),
                None => return Err(ParseCidError::BadCharacter(at + 1)),
            }
        }
        match self.digits {
            Digits::Radix(radix) => Ok(convert(&digits, radix, 256)),
            Digits::Bits(bits) => {
                let (bytes, rest, left) = regroup(&digits, bits, 8);
                if left >= bits {
                    return Err(ParseCidError::BaseLength);
                }
                if rest != 0 {
                    return Err(ParseCidError::BaseBits);
                }
                Ok(bytes)
            }
        }
    }

    /// The text of `bytes`, without the prefix.
    pub fn encode(&self, bytes: &[u8]) -> String {
        let digits = match self.digits {
            Digits::Radix(radix) => convert(bytes, 256, radix),
            Digits::Bits(bits) => {
                let (mut digits, rest, left) = regroup(bytes, 8, bits);
                if left > 0 {
                    digits.push((rest << (bits - left)) as u8);
                }
                digits
            }
        };
        let character = |&digit: &u8| self.alphabet.get(usize::from(digit)).copied();
        digits
            .iter()
            .filter_map(character)
            .map(char::from)
            .collect()
    }
}

/// Cuts a string of `from`-bit groups into `to`-bit ones; also the bits left over, and how many.
fn regroup(groups: &[u8], from: u32, to: u32) -> (Vec<u8>, u32, u32) {
    let mut out = Vec::new();
    let (mut rest, mut left) = (0, 0);
    for &group in groups {
        rest = rest << from | u32::from(group);
        left += from;
        while left >= to {
            left -= to;
            out.push((rest >> left) as u8);
            rest &= (1 << left) - 1;
        }
    }
    (out, rest, left)
}

/// Writes the number that `digits` give in radix `from` in radix `to`, both with the highest digit
/// first. Quadratic: the caller bounds the length.
fn convert(digits: &[u8], from: u32, to: u32) -> Vec<u8> {
    let mut out: Vec<u8> = Vec::new();
    for &digit in digits {
        let mut carry = u32::from(digit);
        for place in &mut out {
            carry += u32::from(*place) * from;
            *place = (carry % to) as u8;
            carry /= to;
        }
        while carry > 0 {
            out.push((carry % to) as u8);
            carry /= to;
        }
    }
    let zeros = digits.iter().take_while(|&&digit| digit == 0).count();
    out.resize(out.len() + zeros, 0);
    out.reverse();
    out
}
