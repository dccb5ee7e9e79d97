//! The protobuf of dag-pb nodes with UnixFS data, byte for byte as kubo and
//! `ipfs-unixfs-importer` write it.

use crate::cid::{Cid, varint};

/// Tags of `PBNode`.
const NODE_LINK: u8 = 0x12;
pub const NODE_DATA: u8 = 0x0a;
/// Tags of `PBLink`.
const LINK_HASH: u8 = 0x0a;
const LINK_NAME: u8 = 0x12;
const LINK_TSIZE: u8 = 0x18;
/// Tags of the UnixFS `Data`.
const FILE_TYPE: u8 = 0x08;
pub const FILE_DATA: u8 = 0x12;
pub const FILE_SIZE: u8 = 0x18;
const FILE_BLOCK_SIZE: u8 = 0x20;

/// What a parent node records of a child.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Link {
    /// The child's CID.
    pub cid: Cid,
    /// Bytes of the file in and below the child.
    pub size: u64,
    /// Bytes of the child's block and of all blocks below it, repeated ones counted again.
    pub tsize: u64,
}

/// The block of a node above `links`.
pub fn encode(links: &[Link]) -> Vec<u8> {
    let mut block = Vec::new();
    let mut file = file_type();
    write_number(&mut file, FILE_SIZE, size(links));
    for link in links {
        let mut entry = Vec::new();
        write_bytes(&mut entry, LINK_HASH, &link.cid.to_bytes());
        // The specification's prose says to leave an empty name out; its own fixtures, and every
        // implementation, write it.
        write_bytes(&mut entry, LINK_NAME, &[]);
        write_number(&mut entry, LINK_TSIZE, link.tsize);
        write_bytes(&mut block, NODE_LINK, &entry);
        write_number(&mut file, FILE_BLOCK_SIZE, link.size);
    }
    write_bytes(&mut block, NODE_DATA, &file);
    block
}

/// Bytes of the file below all of `links`.
pub fn size(links: &[Link]) -> u64 {
    links
        .iter()
        .fold(0, |sum, link| sum.saturating_add(link.size))
}

/// The start of every UnixFS `Data` here: its type is `File`.
pub fn file_type() -> Vec<u8> {
    vec![FILE_TYPE, 2]
}

/// Appends a field that is a number, or the length that precedes a field of bytes.
pub fn write_number(out: &mut Vec<u8>, tag: u8, number: u64) {
    out.push(tag);
    varint::write(out, number);
}

fn write_bytes(out: &mut Vec<u8>, tag: u8, bytes: &[u8]) {
    write_number(out, tag, bytes.len() as u64);
    out.extend_from_slice(bytes);
}
