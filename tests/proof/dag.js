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
 * A DAG: the CID of its root, and its blocks by their CIDs.
 *
 * @typedef {{ cid: string, blocks: Map<string, Uint8Array> }} Dag
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
  return { cid: String(cid), blocks }
}

/**
 * A UnixFS node that no importer would write: with as many links to other DAGs as is wished.
 *
 * @param {{ type?: number, data?: string, links?: Dag[] }} parts the type is that of a file
 * @returns {Dag}
 */
export function nodeOf({ type = 2, data = '', links = [] }) {
  const entries = links.map(({ cid }) => field(2, field(1, CID.parse(cid).bytes)))
  const unixfs = Buffer.concat([Buffer.of(0x08, type), field(2, Buffer.from(data))])
  const block = Buffer.concat([...entries, field(1, unixfs)])
  const digest = createHash('sha256').update(block).digest()
  const cid = String(CID.createV1(DAG_PB, multihash(SHA2_256, digest)))
  return { cid, blocks: new Map([...links.flatMap((link) => [...link.blocks]), [cid, block]]) }
}

/** A field of bytes in protobuf. */
function field(number, bytes) {
  const head = [(number << 3) | 2]
  let length = bytes.length
  for (; length > 127; length >>>= 7) head.push((length & 127) | 128)
  return Buffer.concat([Buffer.of(...head, length), bytes])
}

/** A raw block that is named by its SHA-512. */
export function bySha512(bytes) {
  const digest = createHash('sha512').update(bytes).digest()
  const cid = CID.createV1(RAW, multihash(SHA2_512, digest)).toString()
  return { cid, blocks: new Map([[cid, bytes]]) }
}
