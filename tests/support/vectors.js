import { readFileSync } from 'node:fs'

const {
  published,
  generated,
  cid_forms: forms,
} = JSON.parse(readFileSync(new URL('../vectors/unixfs.json', import.meta.url), 'utf8'))

/** The package's names of the profiles in the file. */
const NAMES = {
  'v0-256k-dagpb-174': 'unixfs-v0-2015',
  'v0root-256k-raw-174': 'kubo-cid-v0-raw-leaves',
  'v1-256k-raw-174': 'kubo-cid-v1',
  'v1-1m-raw-1024': 'unixfs-v1-2025',
  'v1-1m-raw-174': 'kubo-test-cid-v1',
  'v1-256k-dagpb-174': 'kubo-cid-v1-dag-pb-leaves',
}

/** Profiles with the same CID for files of up to this many bytes. */
const ALIKE = [
  { names: ['unixfs-v1-2025', 'kubo-test-cid-v1'], upTo: 174 * 1_048_576 },
  { names: ['unixfs-v0-2015-as-v1', 'kubo-cid-v1-dag-pb-leaves'], upTo: 262_144 },
]

/**
 * A content, and its CIDs by other implementations.
 *
 * @typedef {object} Vector
 * @property {object} content for `bytesOf`
 * @property {number} size
 * @property {Row[]} rows
 */

/**
 * @typedef {object} Row
 * @property {string} cid
 * @property {string} [profile] the package's name; undefined if it has no such profile
 * @property {string[]} verifiedAs the names that `verify` may return; empty if it must return null
 */

/** @type {Vector[]} every row of the file */
export const VECTORS = [...groupByContent([...published, ...generated]).values()]

function groupByContent(all) {
  const vectors = new Map()
  for (const row of all) {
    const content = contentOf(row)
    const size = sizeOf(row)
    const key = JSON.stringify([content, size])
    if (!vectors.has(key)) vectors.set(key, { content, size, rows: [] })
    vectors.get(key).rows.push(...rowsOf(row, size))
  }
  return vectors
}

function contentOf({ pattern, content }) {
  if (pattern) return { pattern }
  if ('zero' in content) return { pattern: 'zero' }
  return 'chacha20_seed' in content ? { seed: content.chacha20_seed } : content
}

function sizeOf({ size, content }) {
  if (content && 'utf8' in content) return Buffer.byteLength(content.utf8)
  if (content && 'base64' in content) return Buffer.from(content.base64, 'base64').length
  return size ?? content.size ?? content.zero
}

function rowsOf({ profile, params, cid, cid_as_v1: asV1 }, size) {
  const name = NAMES[profile]
  if (!name) return [{ cid, verifiedAs: custom(params, cid, size) }]
  const rows = [{ profile: name, cid, verifiedAs: like(name, cid, size) }]
  if (name === 'unixfs-v0-2015' && asV1) {
    const other = 'unixfs-v0-2015-as-v1'
    rows.push({ profile: other, cid: asV1, verifiedAs: like(other, asV1, size) })
  }
  return rows
}

function like(name, cid, size) {
  if (isRaw(cid)) return ['raw-block']
  const alike = ALIKE.find(({ names, upTo }) => names.includes(name) && size <= upTo)
  return alike?.names ?? [name]
}

/** A file of one block has a known CID, whatever the chunk size. */
function custom({ chunk_size: chunkSize }, cid, size) {
  if (size > chunkSize) return []
  return isRaw(cid) ? ['raw-block'] : ['unixfs-v0-2015']
}

function isRaw(cid) {
  return cid.startsWith('bafkrei')
}

/** The CIDs of "hello world", of a raw block and of a dag-pb one, each in every base. */
export const HELLO_WORLD = forms
  .filter(({ what }) => what.endsWith('hello world'))
  .map((form) =>
    ['base32', 'base32upper', 'base16', 'base58btc', 'base36', 'cidv0']
      .map((base) => form[base])
      .filter(Boolean),
  )

/** The CID of a pattern by a profile. */
export function vectorOf(pattern, size, profile) {
  const found = VECTORS.find((each) => each.content.pattern === pattern && each.size === size)
  return found.rows.find((row) => row.profile === profile).cid
}
