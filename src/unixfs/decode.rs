//! Reading a node of a file's tree, as `@ipld/dag-pb` and `ipfs-unixfs` read it, to the bit: of two readings
//! of one block each would be proven by its CID. Go's and theirs agree in all that an importer writes.

use crate::cid::{Cid, DAG_PB, RAW};
use core::ops::Range;

/// The UnixFS types of a file's nodes; directories, symbolic links and shards are none.
const TYPE_RAW: u32 = 0;
const TYPE_FILE: u32 = 2;
/// The last of all UnixFS types, a shard.
const LAST_TYPE: u32 = 5;

/// The CIDs of links, and the size of what each links to.
type Links = Vec<(Cid, u64)>;

/// A node of a file's tree as some implementation wrote it: bytes of its own, then children.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Node {
    /// Where in the block the bytes of the file are.
    pub data: Range<usize>,
    /// The children in order, each with the bytes of the file in and below it.
    pub links: Links,
    /// The bytes of the file in and below this node.
    pub size: u64,
}

impl Node {
    /// Reads a dag-pb block of `length` bytes, if it is a node of a file. `byte` gives those that are asked
    /// for, which are few where the block holds content.
    pub fn decode(length: usize, byte: &mut dyn FnMut(usize) -> u8) -> Option<Self> {
        let mut reader = Reader {
            byte,
            at: 0,
            end: length,
        };
        let (data, mut links) = node(&mut reader)?;
        reader.at = data.start;
        reader.end = data.end;
        let (data, sizes) = unixfs(&mut reader)?;
        if sizes.len() != links.len() {
            return None;
        }
        let mut total = data.len() as u64;
        for ((_, size), stated) in links.iter_mut().zip(sizes) {
            *size = stated;
            total = total.saturating_add(stated);
        }
        Some(Self {
            data,
            links,
            size: total,
        })
    }

    /// A block that is bytes of the file and nothing else.
    pub fn raw(length: u32) -> Self {
        Self {
            data: 0..length as usize,
            links: Vec::new(),
            size: length.into(),
        }
    }

    /// Reads a dag-pb block that is in memory.
    pub fn of(block: &[u8]) -> Option<Self> {
        Self::decode(block.len(), &mut |at| {
            block.get(at).copied().unwrap_or_default()
        })
    }
}

/// The bytes of the file that a CID itself holds (`ipfs add --inline`), where it holds all of them.
pub fn inlined(cid: &Cid) -> Option<&[u8]> {
    let block = cid.identity()?;
    match cid.codec() {
        RAW => Some(block),
        DAG_PB => {
            let node = Node::of(block).filter(|node| node.links.is_empty())?;
            block.get(node.data)
        }
        _ => None,
    }
}

/// A `PBNode`: its data, and its links, of which it does not say the sizes. All links are in a row, before or after the data.
fn node(reader: &mut Reader) -> Option<(Range<usize>, Links)> {
    let (mut data, mut links) = (None, Vec::new());
    let mut links_ended = false;
    while reader.at < reader.end {
        match reader.key()? {
            (1, 2) if data.is_none() => {
                data = Some(reader.bytes()?);
                links_ended = !links.is_empty();
            }
            (2, 2) if !links_ended => {
                let link = reader.bytes()?;
                let mut reader = Reader {
                    byte: reader.byte,
                    at: link.start,
                    end: link.end,
                };
                links.push((hash(&mut reader)?, 0));
            }
            _ => return None,
        }
    }
    Some((data?, links))
}

/// The CID of a `PBLink`, whose fields are in order, each at most once.
fn hash(reader: &mut Reader) -> Option<Cid> {
    let (mut last, mut cid) = (0, None);
    while reader.at < reader.end {
        let (field, wire) = reader.key()?;
        if field <= last {
            return None;
        }
        match (field, wire) {
            (1, 2) => {
                let bytes = reader.bytes()?;
                let bytes: Vec<u8> = bytes.map(&mut reader.byte).collect();
                cid = Cid::from_link(&bytes);
                cid.as_ref()?;
            }
            (2, 2) => {
                reader.bytes()?;
            }
            (3, 0) => {
                reader.varint()?;
            }
            _ => return None,
        }
        last = field;
    }
    cid
}

/// A UnixFS `Data`: the bytes of the file, and the sizes of the children. The last of two values counts, and
/// a known field has its own type, whatever its tag says.
fn unixfs(reader: &mut Reader) -> Option<(Range<usize>, Vec<u64>)> {
    let (mut kind, mut data, mut sizes) = (TYPE_FILE, 0..0, Vec::new());
    while reader.at < reader.end {
        let tag = reader.uint32()?;
        match tag >> 3 {
            1 => {
                kind = reader.uint32()?;
                if kind > LAST_TYPE {
                    return None;
                }
            }
            2 => {
                let length = reader.uint32()?;
                data = reader.take(length.into())?;
            }
            4 => sizes.push(reader.uint64()?),
            3 | 5 | 6 => {
                reader.uint64()?;
            }
            7 => {
                reader.uint32()?;
            }
            8 => {
                let length = usize::try_from(reader.uint32()?).ok()?;
                time(reader, reader.at.checked_add(length)?)?;
            }
            _ => reader.skip(tag & 7)?,
        }
    }
    matches!(kind, TYPE_RAW | TYPE_FILE).then_some((data, sizes))
}

/// A `UnixTime`, which may run on beyond its end.
fn time(reader: &mut Reader, end: usize) -> Option<()> {
    while reader.at < end {
        let tag = reader.uint32()?;
        match tag >> 3 {
            1 => {
                reader.uint64()?;
            }
            2 => {
                reader.take(4)?;
            }
            _ => reader.skip(tag & 7)?,
        }
    }
    Some(())
}

/// A place in a block.
struct Reader<'a> {
    byte: &'a mut dyn FnMut(usize) -> u8,
    at: usize,
    end: usize,
}

impl Reader<'_> {
    fn next(&mut self) -> Option<u8> {
        let at = self.at;
        self.at = at.saturating_add(1);
        (at < self.end).then(|| (self.byte)(at))
    }

    /// The next `length` bytes.
    fn take(&mut self, length: u64) -> Option<Range<usize>> {
        let start = self.at;
        let left = self.end.checked_sub(start)?;
        let length = usize::try_from(length)
            .ok()
            .filter(|length| *length <= left)?;
        self.at = start.saturating_add(length);
        Some(start..self.at)
    }

    /// A number of `@ipld/dag-pb`: of up to ten bytes, in floating point.
    fn varint(&mut self) -> Option<u64> {
        let (mut number, mut unit) = (0.0, 1.0);
        for _ in 0..10 {
            let byte = self.next()?;
            number += f64::from(byte & 0x7f) * unit;
            if byte < 0x80 {
                #[allow(
                    clippy::cast_possible_truncation,
                    clippy::cast_sign_loss,
                    reason = "beyond 64 bits no length and no tag is valid"
                )]
                return Some(number as u64);
            }
            unit *= 128.0;
        }
        None
    }

    /// The number and the wire type of the next field.
    fn key(&mut self) -> Option<(i32, u8)> {
        let key = self.varint()? as i32;
        Some((key >> 3, (key & 7) as u8))
    }

    fn bytes(&mut self) -> Option<Range<usize>> {
        let length = self.varint()?;
        self.take(length)
    }

    /// A number of 32 bits. One of more than five bytes takes ten, whatever they are.
    fn uint32(&mut self) -> Option<u32> {
        let mut number = 0;
        for shift in [0, 7, 14, 21, 28] {
            let byte = self.next()?;
            number |= u32::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Some(number);
            }
        }
        self.take(5)?;
        Some(number)
    }

    /// A number of 64 bits. Where four bytes are left or fewer, it ends with the fourth, even if that is not
    /// there.
    fn uint64(&mut self) -> Option<u64> {
        let is_near_end = self.end.saturating_sub(self.at) <= 4;
        let mut number = 0;
        for index in 0..10 {
            let is_last = is_near_end && index == 3;
            let byte = self.next().or(is_last.then_some(0))?;
            number |= u64::from(byte & 0x7f) << (7 * index);
            if byte < 0x80 || is_last {
                return Some(number);
            }
        }
        None
    }

    /// Skips an unknown field of this wire type, which may be a group of fields.
    fn skip(&mut self, mut wire: u32) -> Option<()> {
        let mut depth = 0_usize;
        loop {
            match wire {
                0 => while self.next()? >= 0x80 {},
                1 => {
                    self.take(8)?;
                }
                2 => {
                    let length = self.uint32()?;
                    self.take(length.into())?;
                }
                3 => depth = depth.saturating_add(1),
                4 => depth = depth.checked_sub(1)?,
                5 => {
                    self.take(4)?;
                }
                _ => return None,
            }
            if depth == 0 {
                return Some(());
            }
            wire = self.uint32()? & 7;
        }
    }
}
