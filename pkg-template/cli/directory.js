import { gatewayBase } from './url.js'

/** The maximum size of a block in bytes: IPFS does not exchange larger ones. */
const MAX_BLOCK_BYTES = 2_097_152

/** The types of UnixFS that are directories: a plain one, and one in shards. */
const DIRECTORY = [1, 5]

/**
 * Whether a CID is a directory, by the first gateway that gives its block. It is the gateway's word: it says
 * why a CID cannot be moved, and decides nothing else.
 *
 * @param {string} cid
 * @param {string[]} gateways
 * @param {AbortSignal} signal
 */
export async function isDirectory(cid, gateways, signal) {
  for (const gateway of gateways) {
    const block = await readBlock(cid, gateway, signal).catch(() => undefined)
    const node = block && field(block, 1)
    if (node) return DIRECTORY.includes(field(node, 1))
  }
  return false
}

async function readBlock(cid, gateway, signal) {
  const response = await fetch(`${gatewayBase(gateway)}/ipfs/${cid}?format=raw`, { signal })
  if (!response.ok) throw new Error(`Status ${response.status}`)
  const chunks = []
  let size = 0
  for await (const chunk of response.body) {
    chunks.push(chunk)
    size += chunk.length
    if (size > MAX_BLOCK_BYTES) throw new Error('Too large for a block')
  }
  return Buffer.concat(chunks)
}

/**
 * The first value of a field of a message of Protocol Buffers: a number or bytes, `undefined` if the message
 * has none or is not one. In the block of a directory field 1 is its UnixFS node, whose field 1 is its type.
 */
function field(message, number) {
  let offset = 0
  const varint = () => {
    let value = 0
    for (let scale = 1; ; scale *= 128) {
      const byte = message[offset++]
      if (byte === undefined || scale > 2 ** 49) return NaN
      value += (byte % 128) * scale
      if (byte < 128) return value
    }
  }
  while (offset < message.length) {
    const key = varint()
    const value = varint()
    const isBytes = key % 8 === 2
    if (Number.isNaN(value) || (!isBytes && key % 8 !== 0)) return undefined
    const start = offset
    if (isBytes) offset += value
    if (Math.floor(key / 8) === number) return isBytes ? message.subarray(start, offset) : value
  }
  return undefined
}
