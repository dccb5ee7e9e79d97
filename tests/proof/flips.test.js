import assert from 'node:assert/strict'
import { randomInt } from 'node:crypto'
import { suite, test } from 'node:test'
import { download, verify } from '../../pkg/index.js'
import { pinned, localGateway } from '../support/gateway.js'
import { failure } from '../support/failure.js'
import { keystreamBytes } from './keystream.js'
import { randomFrom } from '../support/random.js'
import { serve } from '../support/server.js'

const SIZE = 3_145_728
const CHUNK = 262_144
const FLIPS = 500
const SEED = Number(process.env.FLIPS_SEED ?? randomInt(2 ** 32))

/** Positions of single bits: at the edges of chunks, and anywhere. */
function* flips(size) {
  const random = randomFrom(SEED)
  const edges = new Set([0, 1, size - 2, size - 1])
  for (let edge = CHUNK; edge < size; edge += CHUNK)
    for (const at of [edge - 1, edge, edge + 1]) edges.add(at)
  for (const at of edges) yield { at, bit: 1 << random(8) }
  for (let n = edges.size; n < FLIPS; n += 1) yield { at: random(size), bit: 1 << random(8) }
}

suite(`one flipped bit (FLIPS_SEED=${SEED})`, { timeout: 300_000 }, () => {
  for (const [name, size, versions, code] of [
    // The root of a tree proves no mismatch: it may be of unknown parameters.
    ['a file of many blocks', SIZE, ['0', '1'], 'bad-response'],
    ['a file of one raw block', 1000, ['1'], 'mismatch'],
  ]) {
    test(`in ${name} is always detected`, async (t) => {
      const bytes = await keystreamBytes(name, size)
      const { endpoint } = await localGateway(t)
      const cids = []
      for (const version of versions)
        cids.push((await pinned(endpoint, bytes, [['version', version]])).cid)
      const { url: gateway } = await serve(t, (request, response) => response.end(bytes))

      let turn = 0
      for (const { at, bit } of flips(size)) {
        const place = `bit ${bit} of byte ${at}`
        const cid = cids[turn++ % cids.length]
        bytes[at] ^= bit
        assert.equal((await verify(bytes, cid)).verified, false, place)
        assert.equal((await failure(download(cid, { gateway }))).code, code, place)
        bytes[at] ^= bit
      }
      for (const cid of cids) {
        assert.equal((await verify(bytes, cid)).verified, true)
        assert.equal((await download(cid, { gateway })).size, size)
      }
    })
  }
})
