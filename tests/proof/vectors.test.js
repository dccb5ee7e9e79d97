import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cidOf, verify } from '../../pkg/index.js'
import { CHECKS, check } from './check.js'
import { bytesOf, patterned } from '../support/content.js'
import { keystream, keystreamBytes } from './keystream.js'
import { HELLO_WORLD, VECTORS, vectorOf } from '../support/vectors.js'

const SMALL = 4_194_304
const LARGE = 200_000_000

const between = (least, most) => VECTORS.filter(({ size }) => least < size && size <= most)

test('has all vectors', () => {
  const rows = VECTORS.flatMap((vector) => vector.rows)
  const reEncoded = rows.filter(({ profile }) => profile === 'unixfs-v0-2015-as-v1')
  assert.equal(reEncoded.length, 44)
  assert.equal(rows.length - reEncoded.length, 35 + 364)
  // The chunk size is not an option: these 98 are only verified, and must not match a known profile.
  // The native tests reproduce them.
  assert.equal(rows.filter(({ profile }) => !profile).length, 2 + 96)
})

test('small files have the CIDs of other implementations, from every source', async () => {
  for (const vector of between(-1, SMALL)) {
    const bytes = await bytesOf(vector.content, vector.size, keystreamBytes)
    assert.deepEqual(await check(vector, bytes, true), [])
  }
})

test('large files have the CIDs of other implementations', async () => {
  for (const vector of between(SMALL, LARGE)) {
    const bytes = await bytesOf(vector.content, vector.size, keystreamBytes)
    assert.deepEqual(await check(vector, bytes), [])
  }
})

test('very large files, as streams, have the CIDs of kubo', async () => {
  const [gib, more, custom] = between(LARGE, Infinity).map(({ content, size, rows }) => ({
    row: rows[0],
    source: keystream(content.seed, size),
  }))
  assert.deepEqual(await CHECKS.cidOf(gib.row, gib.source), [])
  assert.deepEqual(await CHECKS.verify(more.row, more.source), [])
  assert.deepEqual(await CHECKS.verify(custom.row, custom.source), [])
})

test('the option `version` selects the version of the CID, by default 1', async () => {
  // From IPIP-0499's fixtures and kubo's tests.
  const source = new Blob(['hello world'])
  const v0 = 'Qmf412jQZiuVUtdgnB36FXFX7xg5V6KEbSJ4dpQuhkLyfD'
  const v1 = 'bafkreifzjut3te2nhyekklss27nh3k72ysco7y32koao5eei66wof36n5e'
  assert.equal(await cidOf(source, { version: 0 }), v0)
  assert.equal(await cidOf(source, { version: 1 }), v1)
  assert.equal(await cidOf(source), v1)
})

test('a CID is verified in every base', async () => {
  const source = new Blob(['hello world'])
  const [raw, node] = HELLO_WORLD
  assert.ok(raw.length >= 5 && node.length >= 5)
  for (const cid of [...raw, ...node]) assert.equal((await verify(source, cid)).verified, true, cid)
})

test('a mismatch returns the CID of the bytes', async () => {
  const bytes = patterned('p31', 3_158_073)
  for (const profile of ['unixfs-v0-2015', 'kubo-cid-v1'])
    assert.deepEqual(await verify(bytes, vectorOf('p31', 1_048_577, profile)), {
      verified: false,
      profile: null,
      computed: vectorOf('p31', bytes.length, profile),
    })
  const raw = await verify(patterned('p31', 1000), vectorOf('p31', 255, 'kubo-cid-v1'))
  assert.equal(raw.computed, vectorOf('p31', 1000, 'kubo-cid-v1'))
  // dag-cbor, which is never a file.
  const cbor = await verify(bytes, `f01711220${'11'.repeat(32)}`)
  assert.deepEqual(cbor, { verified: false, profile: null, computed: null })
})
