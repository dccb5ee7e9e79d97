//! Why a text is not a CID.

use crate::text::{concat, decimal};
use std::fmt;

/// Why a text is not a CID.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ParseCidError {
    /// The text is empty.
    Empty,
    /// The text is longer than that of any CID read here.
    TooLong,
    /// The first character is the prefix of no base read here.
    UnknownBase,
    /// The character at this place, counted from 1, does not belong to the base.
    BadCharacter(usize),
    /// The base cannot write whole bytes in this many characters.
    BaseLength,
    /// The unused bits of the last character are not zero.
    BaseBits,
    /// It starts like version 0 and has not the 46 characters of one.
    V0Length,
    /// It has the form of version 0 and holds no SHA-256 multihash.
    V0Hash,
    /// A version 0 behind the prefix of a base.
    V0Prefixed,
    /// The version is none that exists.
    Version,
    /// The bytes end too early.
    Truncated,
    /// More bytes follow.
    TrailingBytes,
    /// A number takes more bytes than it needs.
    NonMinimalVarint,
    /// A number takes more than nine bytes.
    LongVarint,
    /// The digest is longer than 128 bytes.
    DigestTooLong,
}

impl ParseCidError {
    /// Half a sentence, to follow the text that was refused. `Display` writes the same, with code that the
    /// module does not need.
    pub fn message(&self) -> String {
        let message = match self {
            Self::Empty => "it is empty",
            Self::TooLong => "it is longer than 299 characters",
            Self::UnknownBase => "it must start with Qm, b, B, f, F, k or z",
            Self::BadCharacter(at) => {
                let at = decimal(*at);
                return concat(&["character ", &at, " is not valid in its base"]);
            }
            Self::BaseLength => "its length is invalid for its base",
            Self::BaseBits => "its last character is invalid; it may be incomplete",
            Self::V0Length => "a CID that starts with Qm has 46 characters",
            Self::V0Hash => "a CID that starts with Qm has a SHA-256 hash",
            Self::V0Prefixed => "a CID that starts with Qm has no base prefix",
            Self::Version => "its version is neither 0 nor 1",
            Self::Truncated => "it is incomplete",
            Self::TrailingBytes => "it has extra bytes at its end",
            Self::NonMinimalVarint => "a varint in it takes more bytes than it needs",
            Self::LongVarint => "a varint in it is longer than nine bytes",
            Self::DigestTooLong => "its digest is longer than 128 bytes",
        };
        message.into()
    }
}

impl fmt::Display for ParseCidError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message())
    }
}

impl std::error::Error for ParseCidError {}
