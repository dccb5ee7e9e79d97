import { importByteStream, importBytes } from 'ipfs-unixfs-importer'
import { fixedSize } from 'ipfs-unixfs-importer/chunker'
import { balanced } from 'ipfs-unixfs-importer/layout'

const NOWHERE = { put: (cid) => cid }

/**
 * The CID by `ipfs-unixfs-importer`, with the parameters that `cidOf` has by default. Blocks are kept
 * nowhere.
 *
 * @param {Blob | Uint8Array | ReadableStream<Uint8Array>} source
 * @param {0 | 1} version
 */
export async function importerCid(source, version) {
  const options = {
    cidVersion: version,
    rawLeaves: version === 1,
    chunker: fixedSize({ chunkSize: 262_144 }),
    layout: balanced({ maxChildrenPerNode: 174 }),
  }
  const { cid } = await (source instanceof Uint8Array
    ? importBytes(source, NOWHERE, options)
    : importByteStream(source.stream?.() ?? source, NOWHERE, options))
  return String(cid)
}
