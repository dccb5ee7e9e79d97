//! What is read as a CID, what is refused and why, and how a CID is written.
#![cfg(not(target_arch = "wasm32"))]

mod cases;

use ::cid::CidGeneric;
use cases::cases;
use fastrand::Rng;
use multibase::Base;
use numbers_pin::cid::{Cid, DAG_PB, ParseCidError, RAW, Version};
use serde_json::Value;

/// The CID of the `cid` crate, which shares no code with ours.
type Peer = CidGeneric<128>;

const HELLO_RAW: &str = "bafkreifzjut3te2nhyekklss27nh3k72ysco7y32koao5eei66wof36n5e";
const HELLO_V0: &str = "Qmf412jQZiuVUtdgnB36FXFX7xg5V6KEbSJ4dpQuhkLyfD";

fn parse(text: &str) -> Result<Cid, ParseCidError> {
    text.parse()
}

#[test]
fn every_base_reads_as_the_same_cid() {
    let vectors: Value = serde_json::from_str(include_str!("vectors/unixfs.json")).unwrap();
    let forms = vectors["cid_forms"].as_array().unwrap();
    assert_eq!(forms.len(), 4);
    for form in forms {
        let base32 = form["base32"].as_str().unwrap();
        let cid = parse(base32).unwrap();
        assert_eq!(cid.to_string(), base32);
        assert_eq!(cid.version(), Version::V1);
        let codec = if form["codec"] == "raw" { RAW } else { DAG_PB };
        assert_eq!(cid.codec(), codec);
        if let Some(digest) = form["digest_hex"].as_str() {
            let known = cid.sha256().map_or(String::new(), |digest| hex(&digest));
            assert_eq!(known, digest);
        }
        if let Some(bytes) = form["cid_bytes_hex"].as_str() {
            assert_eq!(hex(&cid.to_bytes()), bytes);
        }
        for base in ["base32upper", "base16", "base58btc", "base36"] {
            if let Some(text) = form[base].as_str() {
                assert_eq!(parse(text), Ok(cid.clone()), "{text}");
            }
        }
        if let Some(v0) = form["cidv0"].as_str() {
            let old = parse(v0).unwrap();
            assert_eq!((old.version(), old.to_string().as_str()), (Version::V0, v0));
            assert_eq!(old.as_v1(), cid);
            assert_ne!(old, cid);
        }
    }
}

#[test]
fn one_digest_in_two_codecs_or_versions_is_not_one_cid() {
    let node = Cid::dag_pb(Version::V1, &[7; 32]);
    assert_ne!(Cid::raw(&[7; 32]), node);
    assert_ne!(Cid::dag_pb(Version::V0, &[7; 32]), node);
    assert_ne!(Cid::dag_pb(Version::V1, &[8; 32]), node);
}

#[test]
fn a_cid_of_another_hash_function_is_read_and_cannot_be_recomputed() {
    // SHA2-512 of nothing, from FIPS 180-4.
    let digest = unhex(concat!(
        "cf83e1357eefb8bdf1542850d66d8007d620e4050b5715dc83f4a921d36ce9ce",
        "47d0d13c5d85f2b0ff8318d2877eec2f63b931bd47417a81a538327af927da3e"
    ));
    let text = format!("f01551340{}", hex(&digest));
    let cid = parse(&text).unwrap();
    assert_eq!(cid.sha256(), None);
    assert_eq!(parse(&cid.to_string()), Ok(cid));
}

#[test]
fn a_shortened_sha256_is_not_taken_for_a_whole_one() {
    let cid = parse("f0155121400112233445566778899aabbccddeeff00112233").unwrap();
    assert_eq!(cid.sha256(), None);
}

#[test]
fn what_is_no_cid_is_refused_with_the_reason() {
    use ParseCidError::*;
    let upper_in_lower = HELLO_RAW.replace("bafk", "baFk");
    let spaced = format!("{HELLO_RAW} ");
    let prefixed = format!("z{HELLO_V0}");
    let path = format!("/ipfs/{HELLO_V0}");
    let hello = "01551220b94d27b9934d3e08a52e52d7da7dabfac484efe37a5380ee9088f7ace2efcde9";
    let cases = [
        ("", Empty),
        (&"b".repeat(300), TooLong),
        ("hello", UnknownBase),
        (&path, UnknownBase),
        ("éa", UnknownBase),
        (" bafkqaaa", UnknownBase),
        ("KZ", UnknownBase),
        (&upper_in_lower, BadCharacter(3)),
        (&spaced, BadCharacter(60)),
        ("bafk\u{e9}", BadCharacter(5)),
        ("bafkqaaa=", BadCharacter(9)),
        (
            "QmOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOO",
            BadCharacter(3),
        ),
        ("ba", BaseLength),
        ("f015", BaseLength),
        // The last character of `bafkqaaa` carries one unused bit: `a` is 0, `b` is 1.
        ("bafkqaab", BaseBits),
        (&HELLO_V0[..45], V0Length),
        ("Qm", V0Length),
        ("Qmzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz", V0Hash),
        (&prefixed, V0Prefixed),
        (&format!("f1220{}", &hello[8..]), V0Prefixed),
        ("f02551220", Version),
        ("f00", Version),
        ("b", Truncated),
        ("z", Truncated),
        ("f01", Truncated),
        ("f0180", Truncated),
        (&format!("f{}", &hello[..hello.len() - 2]), Truncated),
        (&format!("f{hello}00"), TrailingBytes),
        (&format!("f01d50012{}", &hello[6..]), NonMinimalVarint),
        ("f8100", NonMinimalVarint),
        ("f0180808080808080808001", LongVarint),
        (&format!("f0155008101{}", "00".repeat(129)), DigestTooLong),
    ];
    for (text, reason) in cases {
        assert_eq!(parse(text), Err(reason), "{text}");
    }
}

#[test]
fn a_reason_reads_as_a_phrase() {
    assert_eq!(
        ParseCidError::BadCharacter(3).to_string(),
        "character 3 is not valid in its base"
    );
    // The longest that is read is the longest that the message names.
    let digest = "00".repeat(128);
    let longest = format!("f01{0}{0}8001{digest}", "ffffffffffffffff7f");
    assert!(parse(&longest).is_ok());
    let chars = longest.len();
    assert_eq!(
        ParseCidError::TooLong.to_string(),
        format!("it is longer than {chars} characters")
    );
}

#[test]
fn no_text_makes_the_parser_panic() {
    cases(250_000, |random| {
        let length = random.usize(..80);
        let any: String = std::iter::repeat_with(|| random.char(..))
            .take(length)
            .collect();
        check(&any);
        let characters = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789=/";
        let mut likely = (*random
            .choice(&["b", "B", "z", "k", "f", "F", "Qm", "bafy"])
            .unwrap())
        .to_owned();
        likely.extend((0..length).map(|_| char::from(*random.choice(characters).unwrap())));
        check(&likely);
    });
}

#[test]
fn a_valid_cid_reads_back_and_a_damaged_one_reads_as_its_peer_says() {
    cases(200_000, |random| {
        let (peer, base) = valid(random);
        let text = spell(&peer, base);
        let cid = parse(&text).unwrap();
        assert_eq!(cid.to_bytes(), peer.to_bytes());
        check(&text);

        let mut characters: Vec<char> = text.chars().collect();
        for _ in 0..random.usize(1..4) {
            let at = random.usize(..characters.len());
            match random.u8(..6) {
                0 => characters[at] = random.alphanumeric(),
                1 => characters.insert(at, random.alphanumeric()),
                2 => characters.truncate(at + 1),
                3 => characters.swap(0, at),
                4 => {
                    characters[at] = if characters[at].is_lowercase() {
                        characters[at].to_ascii_uppercase()
                    } else {
                        characters[at].to_ascii_lowercase()
                    }
                }
                _ => characters[at] = random.char(..),
            }
        }
        check(&characters.iter().collect::<String>());
    });
}

#[test]
fn random_bytes_in_every_base_read_as_their_peer_says() {
    cases(200_000, |random| {
        let mut bytes: Vec<u8> = (0..random.usize(..60)).map(|_| random.u8(..)).collect();
        let starts: [&[u8]; 5] = [&[], &[1], &[1, 0x55], &[1, 0x70, 0x12], &[0x12, 32]];
        bytes.splice(..0, random.choice(starts).unwrap().iter().copied());
        for base in BASES {
            check(&multibase::encode(base, &bytes));
        }
        check(&Base::Base58Btc.encode(&bytes));
        let peer = Peer::try_from(&bytes[..]).ok();
        let whole = peer.filter(|peer| nine_bytes(peer) && peer.to_bytes() == bytes);
        assert_eq!(
            Cid::from_bytes(&bytes).is_ok(),
            whole.is_some(),
            "{bytes:?}"
        );
    });
}

const BASES: [Base; 6] = [
    Base::Base32Lower,
    Base::Base32Upper,
    Base::Base58Btc,
    Base::Base36Lower,
    Base::Base16Lower,
    Base::Base16Upper,
];

/// Holds our reading of `text` against the peer's. The peer also reads other bases, spellings that
/// are not canonical, paths, and numbers of ten bytes; nothing else may differ.
fn check(text: &str) {
    let peer = Peer::try_from(text).ok();
    let base = text
        .chars()
        .next()
        .and_then(|prefix| Base::from_code(prefix).ok());
    let known = base
        .filter(|base| BASES.contains(base))
        .unwrap_or(Base::Base32Lower);
    let canonical = peer.filter(|peer| nine_bytes(peer) && spell(peer, known) == text);
    let ours = parse(text).ok();
    assert_eq!(
        ours.as_ref().map(Cid::to_bytes),
        canonical.map(|peer| peer.to_bytes()),
        "{text:?}"
    );
    if let (Some(ours), Some(peer)) = (ours, canonical) {
        assert_eq!(ours.to_string(), peer.to_string());
        assert_eq!(ours.codec(), peer.codec());
        assert_eq!(parse(&ours.to_string()), Ok(ours.clone()));
        assert_eq!(Cid::from_bytes(&ours.to_bytes()), Ok(ours));
    }
}

/// Whether all numbers in it have the length that multiformats allow.
fn nine_bytes(peer: &Peer) -> bool {
    peer.codec() < 1 << 63 && peer.hash().code() < 1 << 63
}

fn spell(peer: &Peer, base: Base) -> String {
    match peer.version() {
        ::cid::Version::V0 => peer.to_string(),
        ::cid::Version::V1 => peer.to_string_of_base(base).unwrap(),
    }
}

/// A random CID that must be read, and a base to write it in.
fn valid(random: &mut Rng) -> (Peer, Base) {
    let mut digest = [0; 128];
    random.fill(&mut digest);
    let base = *random.choice(&BASES).unwrap();
    let sha256 = multihash::Multihash::wrap(0x12, &digest[..32]).unwrap();
    let peer = match random.u8(..4) {
        0 => Peer::new_v0(sha256).unwrap(),
        1 => Peer::new_v1(0x55, sha256),
        2 => Peer::new_v1(0x70, sha256),
        _ => {
            let number = |random: &mut Rng| random.u64(..) >> random.u32(1..64);
            let digest = &digest[..random.usize(..=128)];
            let hash = multihash::Multihash::wrap(number(random), digest).unwrap();
            Peer::new_v1(number(random), hash)
        }
    };
    (peer, base)
}

fn hex(bytes: &[u8]) -> String {
    data_encoding::HEXLOWER.encode(bytes)
}

fn unhex(text: &str) -> Vec<u8> {
    data_encoding::HEXLOWER.decode(text.as_bytes()).unwrap()
}
