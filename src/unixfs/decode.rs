use super::node::{FILE_DATA, FILE_TYPE, LINK_HASH, NODE_DATA, NODE_LINK};
use crate::cid::{Cid, varint};

/// The UnixFS types of a file's nodes; directories, symbolic links and shards are none.
const RAW: u64 = 0;
const FILE: u64 = 2;

/// A node of a file's tree as some implementation wrote it: bytes of its own, then children.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Node<'a> {
    /// The bytes of the file in this block.
    pub data: &'a [u8],
    /// The children, in order.
    pub links: Vec<Cid>,
}

impl<'a> Node<'a> {
    /// Reads a dag-pb block, if it is a node of a file.
    pub fn decode(block: &'a [u8]) -> Option<Self> {
        let (mut file, mut links) = (None, Vec::new());
        for field in Fields(block) {
            match field? {
                (NODE_LINK, Value::Bytes(link)) => links.push(hash(link)?),
                (NODE_DATA, Value::Bytes(data)) => file = Some(data),
                _ => {}
            }
        }
        let (mut kind, mut data) = (None, &[][..]);
        for field in Fields(file?) {
            match field? {
                (FILE_TYPE, Value::Number(number)) => kind = Some(number),
                (FILE_DATA, Value::Bytes(bytes)) => data = bytes,
                _ => {}
            }
        }
        matches!(kind?, RAW | FILE).then_some(Self { data, links })
    }
}

/// The CID of a link.
fn hash(link: &[u8]) -> Option<Cid> {
    for field in Fields(link) {
        if let (LINK_HASH, Value::Bytes(bytes)) = field? {
            return Cid::from_bytes(bytes).ok();
        }
    }
    None
}

/// The value of a protobuf field, of the two kinds in use here.
enum Value<'a> {
    Number(u64),
    Bytes(&'a [u8]),
}

/// The fields of a protobuf message by their tags; `None` once it is malformed.
struct Fields<'a>(&'a [u8]);

impl<'a> Fields<'a> {
    fn field(&mut self) -> Option<(u8, Value<'a>)> {
        let (&tag, rest) = self.0.split_first()?;
        let (number, rest) = varint::read(rest).ok()?;
        match tag & 7 {
            0 => {
                self.0 = rest;
                Some((tag, Value::Number(number)))
            }
            2 => {
                let (bytes, rest) = rest.split_at_checked(usize::try_from(number).ok()?)?;
                self.0 = rest;
                Some((tag, Value::Bytes(bytes)))
            }
            _ => None,
        }
    }
}

impl<'a> Iterator for Fields<'a> {
    type Item = Option<(u8, Value<'a>)>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.0.is_empty() {
            return None;
        }
        let field = self.field();
        if field.is_none() {
            self.0 = &[];
        }
        Some(field)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_leaf_gives_its_bytes() {
        // `echo hello world | ipfs add`: the block of kubo's documentation, type File.
        let block = b"\x0a\x12\x08\x02\x12\x0chello world\n\x18\x0c";
        let node = Node::decode(block).unwrap();
        assert_eq!(node.data, b"hello world\n");
        assert!(node.links.is_empty());
    }

    #[test]
    fn what_is_no_file_is_refused() {
        // The empty UnixFS directory, QmUNLLsPACCz1vLxQVkXqqLX5R1X345qqfHbsf67hvA3Nn.
        assert_eq!(Node::decode(&[0x0a, 0x02, 0x08, 0x01]), None);
        // No UnixFS at all, cut in the middle, and of an unknown wire type.
        assert_eq!(Node::decode(&[]), None);
        assert_eq!(Node::decode(&[0x0a, 0x04, 0x08]), None);
        assert_eq!(Node::decode(&[0x0d, 0, 0, 0, 0]), None);
    }
}
