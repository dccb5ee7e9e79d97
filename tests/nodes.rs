//! Nodes of files, against what `@ipld/dag-pb` and `ipfs-unixfs` read in the same blocks.
#![cfg(not(target_arch = "wasm32"))]

use std::env;
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use numbers_pin::cid::{Cid, Version};
use numbers_pin::unixfs::{Node, inlined};

/// `NODES` is how many blocks are read; `SEED` repeats a run.
#[test]
fn a_block_is_read_as_other_implementations_read_it() {
    let seed = env::var("SEED").unwrap_or_else(|_| fastrand::u32(..).to_string());
    let count = env::var("NODES").unwrap_or_else(|_| "20000".into());
    let mut peer = Command::new("node")
        .args(["tests/support/nodes.js", &seed, &count])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let (mut nodes, mut files) = (0_u32, 0_u32);
    for line in BufReader::new(peer.stdout.take().unwrap()).lines() {
        let line = line.unwrap();
        let (block, theirs) = line.split_once('\t').unwrap();
        let ours = written(&data_encoding::HEXLOWER.decode(block.as_bytes()).unwrap());
        assert_eq!(ours, theirs, "{block} (SEED={seed})");
        nodes += 1;
        files += u32::from(theirs != "-");
    }
    let help = "it needs the packages of `tests`: `cargo xtask test native` installs them";
    assert!(peer.wait().unwrap().success(), "{help}");
    assert_eq!(nodes.to_string(), count);
    assert!(files > nodes / 10 && files < nodes / 10 * 9, "{files}");
}

fn written(block: &[u8]) -> String {
    let Some(node) = Node::of(block) else {
        return "-".into();
    };
    let mut parts = vec![hex(&block[node.data])];
    parts.extend(node.links.iter().map(|(cid, size)| {
        let version = u8::from(cid.version() == Version::V1);
        // A number of JavaScript has 53 bits.
        let codec = match cid.codec() {
            codec if codec < 1 << 53 => codec.to_string(),
            _ => "more".into(),
        };
        let bytes = cid.to_bytes();
        let multihash = bytes.strip_prefix(&prefix(cid)[..]).unwrap();
        format!("{version}:{codec}:{}:{size}", hex(multihash))
    }));
    parts.join(" ")
}

/// What is before the multihash.
fn prefix(cid: &Cid) -> Vec<u8> {
    let mut prefix = Vec::new();
    if cid.version() == Version::V1 {
        prefix.push(1);
        let mut codec = cid.codec();
        while codec > 127 {
            prefix.push(codec as u8 | 128);
            codec >>= 7;
        }
        prefix.push(codec as u8);
    }
    prefix
}

#[test]
fn a_leaf_gives_its_bytes() {
    // `echo hello world | ipfs add`: the block of kubo's documentation, type File.
    let block = b"\x0a\x12\x08\x02\x12\x0chello world\n\x18\x0c";
    let node = Node::of(block).unwrap();
    assert_eq!(&block[node.data], b"hello world\n");
    assert_eq!((node.links.len(), node.size), (0, 12));
}

#[test]
fn of_two_data_fields_the_last_counts_whatever_the_tag_is_spelt_like() {
    // Data "a", then an unknown field 16 of bytes, then Data "b": `82 01` is a tag of two bytes.
    let block = [
        0x0a, 0x0b, 0x08, 2, 0x12, 1, b'a', 0x82, 1, 1, b'x', 0x12, 1,
    ];
    assert_eq!(written(&[&block[..], b"b"].concat()), "-");
    let block = [&[0x0a, 0x0c], &block[2..], b"b"].concat();
    assert_eq!(written(&block), "62");
}

#[test]
fn what_is_no_file_is_refused() {
    // The empty UnixFS directory, QmUNLLsPACCz1vLxQVkXqqLX5R1X345qqfHbsf67hvA3Nn.
    assert_eq!(Node::of(&[0x0a, 0x02, 0x08, 0x01]), None);
    // No UnixFS at all, cut in the middle, and of an unknown wire type.
    assert_eq!(Node::of(&[]), None);
    assert_eq!(Node::of(&[0x0a, 0x04, 0x08]), None);
    assert_eq!(Node::of(&[0x0d, 0, 0, 0, 0]), None);
    // Data twice, and a field that a `PBNode` has not.
    assert_eq!(Node::of(&[0x0a, 2, 8, 2, 0x0a, 2, 8, 2]), None);
    assert_eq!(Node::of(&[0x0a, 2, 8, 2, 0x1a, 0]), None);
}

#[test]
fn content_in_a_cid_is_found() {
    // kubo's sharness test t0082: `jkD98jkD975hkD8` and a newline; and the empty file of the specification.
    for (cid, content) in [
        ("bafkqaedknncdsodknncdsnzvnbvuioak", "jkD98jkD975hkD8\n"),
        ("bafkqaaa", ""),
    ] {
        let cid: Cid = cid.parse().unwrap();
        assert_eq!(inlined(&cid), Some(content.as_bytes()));
        assert_eq!((cid.version(), cid.sha256()), (Version::V1, None));
    }
    // The empty directory is no content, nor is a digest.
    let directory: Cid = "f017000040a020801".parse().unwrap();
    assert_eq!(inlined(&directory), None);
    assert_eq!(inlined(&Cid::raw(&[0; 32])), None);
}

fn hex(bytes: &[u8]) -> String {
    data_encoding::HEXLOWER.encode(bytes)
}
