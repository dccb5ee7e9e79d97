//! Unsigned varints, as CIDs and protobuf write them: seven bits a byte, the lowest first.

use super::ParseCidError;

/// Multiformats stop at nine bytes: 63 bits.
const MAX_BYTES: usize = 9;

/// Appends `number` in as few bytes as it needs.
pub fn write(out: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

/// The number at the start of `bytes`, and what follows it. Only the shortest form is read.
pub fn read(bytes: &[u8]) -> Result<(u64, &[u8]), ParseCidError> {
    let mut number = 0;
    let mut rest = bytes;
    for at in 0..MAX_BYTES {
        let Some((&byte, after)) = rest.split_first() else {
            return Err(ParseCidError::Truncated);
        };
        rest = after;
        number |= u64::from(byte & 0x7f) << (7 * at);
        if byte < 0x80 {
            if byte == 0 && at > 0 {
                return Err(ParseCidError::NonMinimalVarint);
            }
            return Ok((number, rest));
        }
    }
    Err(ParseCidError::LongVarint)
}
