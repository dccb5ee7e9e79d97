import { createHash } from 'node:crypto'
import { createRequire } from 'node:module'

// The gateway's own implementation, which shares no code with the package.
const require = createRequire(new URL('../../www/gateway/server.js', import.meta.url))
const { importBytes } = require('ipfs-unixfs-importer')
const { fixedSize } = require('ipfs-unixfs-importer/chunker')
const { balanced, trickle } = require('ipfs-unixfs-importer/layout')
const { CID } = require('multiformats/cid')
const { create: multihash } = require('multiformats/hashes/digest')

export { balanced, fixedSize, trickle }

const DAG_PB = 0x70
const RAW = 0x55
const SHA2_256 = 0x12
const SHA2_512 = 0x13

/**
 * A DAG: the CID of its root, the bytes of the file, and its blocks by their CIDs.
 *
 * @typedef {{ cid: string, size: number, blocks: Map<string, Uint8Array> }} Dag
 */

/**
 * The DAG of a file, by any parameters of `ipfs-unixfs-importer`.
 *
 * @returns {Promise<Dag>}
 */
export async function dagOf(bytes, options) {
  const blocks = new Map()
  const put = (cid, block) => {
    blocks.set(String(cid), block)
    return cid
  }
  const { cid } = await importBytes(bytes, { put }, options)
  return { cid: String(cid), size: bytes.length, blocks }
}

/**
 * A UnixFS node that no importer would write, with any links to other DAGs.
 *
 * @param {{ type?: number, data?: string, links?: Dag[], sizes?: number[], padding?: number }} parts
 *   by default the type of a file, and the sizes of the linked DAGs. `padding` is a number of meaningless bytes
 * @returns {Dag}
 */
export function nodeOf({
  type = 2,
  data = '',
  links = [],
  sizes = links.map(({ size }) => size),
  padding = 0,
}) {
  const entries = links.map(({ cid }) => field(2, field(1, CID.parse(cid).bytes)))
  const content = field(2, Buffer.from(data))
  const blockSizes = sizes.map((size) => Buffer.from([0x20, ...varint(size)]))
  const unknown = padding > 0 ? [field(15, Buffer.alloc(padding))] : []
  const unixfs = Buffer.concat([Buffer.of(0x08, type), content, ...blockSizes, ...unknown])
  const block = Buffer.concat([...entries, field(1, unixfs)])
  const digest = createHash('sha256').update(block).digest()
  const cid = String(CID.createV1(DAG_PB, multihash(SHA2_256, digest)))
  const size = sizes.reduce((sum, size) => sum + size, Buffer.byteLength(data))
  return {
    cid,
    size,
    blocks: new Map([...links.flatMap((link) => [...link.blocks]), [cid, block]]),
  }
}

/** A field of bytes in protobuf. */
function field(number, bytes) {
  return Buffer.concat([Buffer.of((number << 3) | 2, ...varint(bytes.length)), bytes])
}

function varint(number) {
  const bytes = []
  for (; number > 127; number = Math.floor(number / 128)) bytes.push((number % 128) | 128)
  return [...bytes, number]
}

/** A raw block whose CID has its SHA-512. */
export function bySha512(bytes) {
  const digest = createHash('sha512').update(bytes).digest()
  const cid = CID.createV1(RAW, multihash(SHA2_512, digest)).toString()
  return { cid, size: bytes.length, blocks: new Map([[cid, bytes]]) }
}

/** A DAG of one block, or a `raw` block, whose CID contains it instead of its digest. */
export function inline({ raw, cid, size, blocks }) {
  const block = raw ?? blocks.get(cid)
  const inlined = CID.createV1(raw ? RAW : DAG_PB, multihash(0, block))
  return { cid: String(inlined), size: size ?? block.length, blocks: new Map() }
}
