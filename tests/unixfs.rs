//! The CIDs of files, against those that kubo, the specifications and `ipfs-unixfs-importer` give.
//!
//! `vectors/unixfs.json` names the sources of the vectors.
#![cfg(not(target_arch = "wasm32"))]

mod cases;

use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};

use cases::cases;
use chacha20::ChaCha20;
use chacha20::cipher::{KeyIvInit, StreamCipher};
use fastrand::Rng;
use numbers_pin::cid::{Cid, DAG_PB, Version};
use numbers_pin::unixfs::{Importer, LeafFormat, Link, Node, PROFILES, Profile};
use serde_json::Value;
use sha2::{Digest, Sha256};

#[test]
fn published_cids_are_reproduced() {
    check_rows("published", 35);
}

#[test]
fn cids_of_two_other_implementations_are_reproduced() {
    check_rows("generated", 364);
}

#[test]
fn profiles_have_the_parameters_of_the_vectors() {
    let known = vectors();
    let known = known["profiles"].as_object().unwrap();
    assert_eq!(known.len(), 6);
    for (name, parameters) in known {
        let Profile { name: ours, .. } = *named(name);
        assert_eq!(
            Profile {
                name: ours,
                ..custom(parameters)
            },
            *named(name),
            "{name}"
        );
    }
}

#[test]
fn chunk_sizes_divide_that_of_the_reader() {
    let reader = include_str!("../pkg-template/runtime/chunks.js");
    assert!(reader.contains("const SIZE = 1 << 20\n"));
    for profile in &PROFILES {
        assert_eq!((1 << 20) % profile.leaves.chunk_size, 0, "{}", profile.name);
    }
}

#[test]
fn a_profile_is_found_by_its_name() {
    for profile in &PROFILES {
        assert_eq!(Profile::by_name(profile.name), Some(profile));
    }
    assert_eq!(Profile::by_name("unixfs-v2"), None);
}

#[test]
fn a_version_alone_means_what_kubo_does_with_it() {
    assert_eq!(
        Profile::default_for(Version::V0),
        named("v0-256k-dagpb-174")
    );
    assert_eq!(Profile::default_for(Version::V1), named("v1-256k-raw-174"));
}

#[test]
fn candidates_come_with_the_most_usual_first() {
    let v0 = Cid::dag_pb(Version::V0, &[1; 32]);
    let v1 = v0.as_v1();
    let raw = Cid::raw(&[1; 32]);
    let names = |cid: &Cid, size| -> Vec<_> {
        Profile::candidates(cid, size)
            .iter()
            .map(|profile| profile.name)
            .collect()
    };
    const MIB: u64 = 1 << 20;

    assert_eq!(
        names(&v0, None),
        ["unixfs-v0-2015", "kubo-cid-v0-raw-leaves"]
    );
    assert_eq!(
        names(&v0, Some(25 * MIB)),
        ["unixfs-v0-2015", "kubo-cid-v0-raw-leaves"]
    );
    assert_eq!(names(&v0, Some(1000)), ["unixfs-v0-2015"]);

    let every = [
        "kubo-cid-v1",
        "unixfs-v1-2025",
        "kubo-test-cid-v1",
        "unixfs-v0-2015-as-v1",
        "kubo-cid-v1-dag-pb-leaves",
    ];
    assert_eq!(names(&v1, None), every);
    assert_eq!(names(&v1, Some(200 * MIB)), every);
    // 25 links of 1 MiB fit into one node of either width.
    let small = [
        "kubo-cid-v1",
        "unixfs-v1-2025",
        "unixfs-v0-2015-as-v1",
        "kubo-cid-v1-dag-pb-leaves",
    ];
    assert_eq!(names(&v1, Some(25 * MIB)), small);
    // One raw block of up to 1 MiB has a raw CID.
    let half = [
        "kubo-cid-v1",
        "unixfs-v0-2015-as-v1",
        "kubo-cid-v1-dag-pb-leaves",
    ];
    assert_eq!(names(&v1, Some(MIB / 2)), half);
    // A single dag-pb block has no links whose version could differ.
    assert_eq!(names(&v1, Some(1000)), ["unixfs-v0-2015-as-v1"]);

    assert_eq!(names(&raw, Some(1000)), ["kubo-cid-v1"]);
    assert_eq!(names(&raw, Some(MIB / 2)), ["unixfs-v1-2025"]);
    assert!(names(&raw, Some(2 * MIB)).is_empty());
    assert_eq!(
        names(&raw, None),
        ["kubo-cid-v1", "unixfs-v1-2025", "kubo-test-cid-v1"]
    );
}

#[test]
fn a_cid_that_no_profile_can_give_has_no_candidates() {
    let dag_cbor = "f01711220".to_owned() + &"11".repeat(32);
    let sha512 = "f01701340".to_owned() + &"11".repeat(64);
    for text in [dag_cbor.as_str(), &sha512, "bafkqaaa"] {
        assert!(
            Profile::candidates(&text.parse().unwrap(), None).is_empty(),
            "{text}"
        );
    }
}

#[test]
fn candidates_are_all_that_differ_and_none_twice() {
    const K256: u64 = 256 << 10;
    const MIB: u64 = 1 << 20;
    let edges = [0, 1, K256, MIB, 2 * MIB, 25 * MIB, 174 * K256, 174 * MIB];
    for size in edges.iter().flat_map(|&edge| [edge, edge + 1]) {
        let root = |profile: &Profile| {
            let zeros = Content {
                left: size,
                source: Source::Repeated(vec![0; 1 << 16], 0),
            };
            import(profile, &hash_leaves(zeros, profile.leaves)).cid
        };
        let roots: Vec<Cid> = PROFILES.iter().map(root).collect();
        for cid in &roots {
            let form = |cid: &Cid| (cid.version(), cid.codec());
            let alike = roots.iter().filter(|other| form(other) == form(cid));
            let expected: BTreeSet<String> = alike.map(Cid::to_string).collect();

            let candidates = Profile::candidates(cid, Some(size));
            let given: BTreeSet<String> = candidates
                .iter()
                .map(|profile| root(profile).to_string())
                .collect();
            assert_eq!(given, expected, "{size} bytes");
            assert_eq!(given.len(), candidates.len(), "{size} bytes");
            let of_any_size = Profile::candidates(cid, None);
            assert!(
                candidates
                    .iter()
                    .all(|profile| of_any_size.contains(profile))
            );
        }
    }
}

#[test]
fn an_empty_leaf_is_the_same_pushed_or_not() {
    for profile in &PROFILES {
        let mut pushed = Importer::new(profile, sha256);
        pushed.push(&leaf_digest(profile.leaves, &[]), 0);
        assert_eq!(pushed.finish(), Importer::new(profile, sha256).finish());
    }
}

#[test]
fn no_tree_makes_the_importer_panic() {
    cases(20_000, |random| {
        let version = |random: &mut Rng| {
            if random.bool() {
                Version::V0
            } else {
                Version::V1
            }
        };
        let profile = Profile {
            name: "any",
            leaves: LeafFormat {
                chunk_size: random.u32(1..) >> random.u32(..31),
                raw: random.bool(),
            },
            max_links: 2 + (random.usize(..300) >> random.u32(..9)),
            version: version(random),
            root_version: version(random),
        };
        let full = random.u64(..100);
        let last = random.u32(..=profile.leaves.chunk_size);
        let mut importer = Importer::new(&profile, |block| {
            let mut digest = [0; 32];
            digest[..8].copy_from_slice(&(block.len() as u64).to_be_bytes());
            digest
        });
        for _ in 0..full {
            importer.push(&[0; 32], profile.leaves.chunk_size);
        }
        importer.push(&[0; 32], last);
        let root = importer.finish();
        let size = full * u64::from(profile.leaves.chunk_size) + u64::from(last);
        assert_eq!(root.size, size);
        assert!(root.tsize >= size);
    });
}

#[test]
fn no_damaged_block_makes_the_decoder_panic() {
    let vectors = vectors();
    let rows = vectors["generated"].as_array().unwrap().iter();
    let blocks: Vec<Vec<u8>> = rows
        .filter_map(|row| row["root_block_hex"].as_str())
        .map(|block| data_encoding::HEXLOWER.decode(block.as_bytes()).unwrap())
        .filter(|block| !block.is_empty())
        .collect();
    assert!(blocks.len() > 40);
    cases(200_000, |random| {
        let mut block = random.choice(&blocks).unwrap().clone();
        for _ in 0..random.usize(1..4) {
            let at = random.usize(..block.len());
            match random.u8(..3) {
                0 => block[at] = random.u8(..),
                1 => block.insert(at, random.u8(..)),
                _ => block.truncate(at + 1),
            }
        }
        if let Some(node) = Node::of(&block) {
            let links: usize = node.links.iter().map(|(cid, _)| cid.to_bytes().len()).sum();
            assert!(node.data.len() + links <= block.len());
        }
    });
}

/// Checks all rows of one list of the vectors: CID, sizes and the root's block.
fn check_rows(list: &str, count: usize) {
    let vectors = vectors();
    let rows = vectors[list].as_array().unwrap();
    assert_eq!(rows.len(), count);
    // LeafFormat are hashed once for all the profiles that agree in them.
    let mut hashed: HashMap<_, HashedLeaves> = HashMap::new();
    for row in rows {
        let name = row["profile"].as_str().unwrap();
        let profile = match row.get("params") {
            Some(parameters) => custom(parameters),
            None => *named(name),
        };
        let LeafFormat { chunk_size, raw } = profile.leaves;
        let source = format!("{}{}{}", row["content"], row["pattern"], row["size"]);
        let leaves = hashed
            .entry((source, chunk_size, raw))
            .or_insert_with(|| hash_leaves(Content::of(row), profile.leaves));
        let size: u64 = leaves.iter().map(|&(_, length)| u64::from(length)).sum();
        let root = import(&profile, leaves);

        assert_eq!(root.cid.to_string(), row["cid"].as_str().unwrap(), "{row}");
        assert_eq!(root.size, size, "{row}");
        if let Some(tsize) = row["tsize"].as_u64() {
            assert_eq!(root.tsize, tsize, "{row}");
        }
        if let Some(block) = row["root_block_hex"].as_str() {
            let leaf = || framed(profile.leaves, &Content::of(row).take(chunk_size));
            let own = if leaves.len() == 1 {
                leaf()
            } else {
                LAST_BLOCK.take()
            };
            assert_eq!(data_encoding::HEXLOWER.encode(&own), block, "{row}");
            if root.cid.codec() == DAG_PB {
                let node = Node::of(&own).unwrap();
                let content = Content::of(row).take(chunk_size);
                let data = if leaves.len() == 1 {
                    content
                } else {
                    Vec::new()
                };
                assert_eq!(own[node.data], data, "{row}");
                assert_eq!(node.size, size, "{row}");
                assert_eq!(node.links.is_empty(), leaves.len() == 1, "{row}");
            }
        }
        if let Some(as_v1) = row["cid_as_v1"].as_str() {
            let rewritten = import(
                &Profile {
                    root_version: Version::V1,
                    ..profile
                },
                leaves,
            );
            assert_eq!(rewritten.cid.to_string(), as_v1, "{row}");
        }
    }
}

fn vectors() -> Value {
    serde_json::from_str(include_str!("vectors/unixfs.json")).unwrap()
}

/// Our profile behind the name that the vectors give it.
fn named(name: &str) -> &'static Profile {
    let ours = match name {
        "v0-256k-dagpb-174" => "unixfs-v0-2015",
        "v1-256k-raw-174" => "kubo-cid-v1",
        "v1-1m-raw-1024" => "unixfs-v1-2025",
        "v1-1m-raw-174" => "kubo-test-cid-v1",
        "v1-256k-dagpb-174" => "kubo-cid-v1-dag-pb-leaves",
        "v0root-256k-raw-174" => "kubo-cid-v0-raw-leaves",
        _ => panic!("the vectors name the profile {name}"),
    };
    Profile::by_name(ours).unwrap()
}

/// A profile with the parameters that the vectors list.
fn custom(parameters: &Value) -> Profile {
    let number = |key: &str| parameters[key].as_u64().unwrap();
    let version = if number("cid_version") == 0 {
        Version::V0
    } else {
        Version::V1
    };
    let leaves = LeafFormat {
        chunk_size: number("chunk_size") as u32,
        raw: parameters["raw_leaves"].as_bool().unwrap(),
    };
    let max_links = number("max_links") as usize;
    Profile {
        name: "custom",
        leaves,
        max_links,
        version,
        root_version: version,
    }
}

/// The bytes that a row of the vectors describes.
struct Content {
    left: u64,
    source: Source,
}

enum Source {
    /// These bytes, over and over.
    Repeated(Vec<u8>, usize),
    KeyStream(ChaCha20),
}

impl Content {
    fn of(row: &Value) -> Self {
        let content = &row["content"];
        let size = row["size"].as_u64().or(content["size"].as_u64());
        let whole = |bytes: Vec<u8>| (bytes.len() as u64, Source::Repeated(bytes, 0));
        let (left, source) = if let Some(text) = content["utf8"].as_str() {
            whole(text.into())
        } else if let Some(text) = content["base64"].as_str() {
            whole(data_encoding::BASE64.decode(text.as_bytes()).unwrap())
        } else if let Some(size) = content["zero"].as_u64() {
            (size, Source::Repeated(vec![0], 0))
        } else if let Some(seed) = content["chacha20_seed"].as_str() {
            let cipher = ChaCha20::new(&sha256(seed.as_bytes()).into(), &[0; 12].into());
            (size.unwrap(), Source::KeyStream(cipher))
        } else {
            let byte = match row["pattern"].as_str().unwrap() {
                "p31" => |at: usize| (at * 31 + (at >> 8)) as u8,
                "zero" => |_| 0,
                pattern => panic!("the vectors name the pattern {pattern}"),
            };
            (
                size.unwrap(),
                Source::Repeated((0..1 << 16).map(byte).collect(), 0),
            )
        };
        Self { left, source }
    }

    /// The next `length` bytes, or what is left.
    fn take(&mut self, length: u32) -> Vec<u8> {
        let length = self.left.min(length.into());
        self.left -= length;
        let mut bytes = Vec::with_capacity(length as usize);
        match &mut self.source {
            Source::Repeated(period, at) => {
                while bytes.len() < length as usize {
                    let count = (period.len() - *at).min(length as usize - bytes.len());
                    bytes.extend_from_slice(&period[*at..*at + count]);
                    *at = (*at + count) % period.len();
                }
            }
            Source::KeyStream(cipher) => {
                bytes.resize(length as usize, 0);
                cipher.apply_keystream(&mut bytes);
            }
        }
        bytes
    }
}

/// The digests of a file's leaves, each with the length of its chunk.
type HashedLeaves = Vec<([u8; 32], u32)>;

fn hash_leaves(mut content: Content, leaves: LeafFormat) -> HashedLeaves {
    let mut hashed = Vec::new();
    let mut before = Vec::new();
    let mut digest = leaf_digest(leaves, &[]);
    while content.left > 0 {
        let chunk = content.take(leaves.chunk_size);
        // Most of the test data repeats; comparing is much faster than hashing.
        if chunk != before {
            digest = leaf_digest(leaves, &chunk);
        }
        hashed.push((digest, chunk.len() as u32));
        before = chunk;
    }
    if hashed.is_empty() {
        hashed.push((digest, 0));
    }
    hashed
}

fn import(profile: &Profile, leaves: &[([u8; 32], u32)]) -> Link {
    let mut importer = Importer::new(profile, sha256);
    for (digest, length) in leaves {
        importer.push(digest, *length);
    }
    importer.finish()
}

fn framed(leaves: LeafFormat, chunk: &[u8]) -> Vec<u8> {
    let framing = leaves.framing(chunk.len() as u32);
    [&framing.prefix[..], chunk, &framing.suffix].concat()
}

fn leaf_digest(leaves: LeafFormat, chunk: &[u8]) -> [u8; 32] {
    let framing = leaves.framing(chunk.len() as u32);
    let hash = Sha256::new()
        .chain_update(&framing.prefix)
        .chain_update(chunk);
    hash.chain_update(&framing.suffix).finalize().into()
}

thread_local! {
    /// The block that was hashed last: the root's, after a tree of more than one leaf.
    static LAST_BLOCK: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

fn sha256(block: &[u8]) -> [u8; 32] {
    LAST_BLOCK.set(block.to_vec());
    Sha256::digest(block).into()
}
