import { createHash } from 'node:crypto'
import * as dagPb from '@ipld/dag-pb'
import { FsBlockstore } from 'blockstore-fs'
import { UnixFS } from 'ipfs-unixfs'
import { importBytes } from 'ipfs-unixfs-importer'
import { fixedSize } from 'ipfs-unixfs-importer/chunker'
import { balanced } from 'ipfs-unixfs-importer/layout'
import * as raw from 'multiformats/codecs/raw'
import { identity } from 'multiformats/hashes/identity'
import { sha256 } from 'multiformats/hashes/sha2'
import { MAX_FILE_SIZE } from './limits.js'

const CHUNK_SIZE = 262_144

/** The blocks of the largest file: its leaves and one root. */
const MAX_BLOCKS = Math.ceil(MAX_FILE_SIZE / CHUNK_SIZE) + 1

/** Files as UnixFS blocks in a folder. */
export class Store {
  #blocks
  #imports = Promise.resolve()

  /** @param {string} dir created if missing; one store per folder */
  constructor(dir) {
    this.#blocks = new FsBlockstore(dir)
  }

  /** Creates the folder. Rejects if it is not writable. */
  open() {
    return this.#blocks.open()
  }

  /** Settles when every import that was begun has ended. */
  close() {
    return this.#imports
  }

  /**
   * Imports a file as `ipfs add --cid-version=0|1` does.
   *
   * @param {Uint8Array} bytes
   * @param {{ version: 0 | 1, pin: boolean }} options without `pin` nothing is stored
   * @returns {Promise<import('multiformats').CID>}
   */
  async import(bytes, { version, pin }) {
    const target = pin ? this.#blocks : { put: (cid) => cid }
    const result = this.#imports.then(() =>
      importBytes(bytes, target, {
        cidVersion: version,
        rawLeaves: version === 1,
        chunker: fixedSize({ chunkSize: CHUNK_SIZE }),
        layout: balanced({ maxChildrenPerNode: 174 }),
        // The blockstore writes each block to one temporary file and renames it, so two writers of
        // the same block would conflict. One block at a time.
        blockWriteConcurrency: 1,
      }),
    )
    this.#imports = result.catch(() => {})
    return (await result).cid
  }

  /**
   * One block, checked by its hash, so that a block that was partly written counts as missing.
   *
   * @param {import('multiformats').CID} cid
   * @returns {Promise<Buffer | undefined>} `undefined` if it is missing
   */
  async block(cid) {
    const { code, digest } = cid.multihash
    if (code === identity.code) return Buffer.from(digest)
    if (code !== sha256.code) return undefined
    try {
      const chunks = []
      for await (const chunk of this.#blocks.get(cid)) chunks.push(chunk)
      const bytes = Buffer.concat(chunks)
      return createHash('sha256').update(bytes).digest().equals(digest) ? bytes : undefined
    } catch (error) {
      if (error.name === 'NotFoundError') return undefined
      throw error
    }
  }

  /**
   * A whole file. Any block can be requested as a root, with any links, so the walk ends at the size
   * of the largest file that can be pinned.
   *
   * @param {import('multiformats').CID} cid
   * @returns {Promise<Buffer | undefined>} `undefined` if a block is missing or it is not a file
   */
  async file(cid) {
    const parts = []
    const waiting = [cid]
    let size = 0
    for (let blocks = 0; waiting.length > 0; blocks += 1) {
      const next = waiting.pop()
      const node = blocks < MAX_BLOCKS && decode(next, await this.block(next))
      if (!node) return undefined
      size += node.data.length
      if (size > MAX_FILE_SIZE) return undefined
      parts.push(node.data)
      waiting.push(...node.links.reverse())
    }
    return Buffer.concat(parts)
  }
}

/** The part of a file that a block holds: its own bytes, then those of its links in order. */
function decode(cid, block) {
  if (!block) return undefined
  if (cid.code === raw.code) return { data: block, links: [] }
  if (cid.code !== dagPb.code) return undefined
  try {
    const { Data, Links } = dagPb.decode(block)
    const { type, data = new Uint8Array() } = UnixFS.unmarshal(Data)
    return ['file', 'raw'].includes(type) && { data, links: Links.map((link) => link.Hash) }
  } catch {
    return undefined
  }
}
