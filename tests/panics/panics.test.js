import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { suite, test } from 'node:test'
import * as numbersPin from '../../var/drill/index.js'
import { functionsOf } from '../support/functions.js'

const { PinError, cidOf, download, locate, pin, pinAll, verify } = numbersPin

/** The CID of three zero bytes, by kubo's `ipfs add --only-hash --cid-version=1`. */
const ZEROS = 'bafkreidqt2amrbehujar4hxe3647ekugcsjnedchmukqyddzjk6xb6aupq'

const CALLS = {
  pin: (url) => pin('https://example.org/', { token: 'token', endpoint: url }),
  pinAll: (url) => pinAll([new Blob(['x'])], { token: 'token', endpoint: url }),
  cidOf: () => cidOf(new Uint8Array(3)),
  verify: () => verify(new Uint8Array(3), ZEROS),
  download: (url) => download(ZEROS, { gateway: url }),
  locate: (url) => locate(ZEROS, { gateway: url }),
}

test('every function is called', () =>
  assert.deepEqual(Object.keys(CALLS).sort(), functionsOf(numbersPin).sort()))

/** A server that never responds. */
async function silent(t) {
  const open = []
  const server = createServer((request, response) => {
    request.resume()
    open.push(response)
    server.emit('asked')
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.after(() => {
    server.close()
    server.closeAllConnections()
  })
  return {
    url: `http://127.0.0.1:${server.address().port}/`,
    asked: async (count) => {
      while (open.length < count) await once(server, 'asked')
    },
    /** Resolves when all clients have disconnected. */
    cut: () =>
      Promise.all(open.splice(0).map((response) => response.closed || once(response, 'close'))),
  }
}

/** Makes calls panic until `end` is called, before or after their first await. */
function drill(when) {
  globalThis.numbersPinDrill = when
  return { end: () => delete globalThis.numbersPinDrill }
}

const settled = async (call) => (await Promise.allSettled([call]))[0]

for (const when of ['before', 'after'])
  suite(`a panic ${when} the first await`, { timeout: 60_000 }, () => {
    test('of one call rejects another that starts at any moment of it', async () => {
      for (let moment = 0; moment < 30; moment += 1) {
        const panic = drill(when)
        const first = settled(cidOf(new Uint8Array(3)))
        for (let turn = 0; turn < moment; turn += 1) await undefined
        const second = settled(cidOf(new Uint8Array(3)))
        for (const { reason } of await Promise.all([first, second]))
          assert.equal(reason.code, 'internal')
        panic.end()
        assert.equal(await cidOf(new Uint8Array(3)), ZEROS)
      }
    })

    for (const [name, call] of Object.entries(CALLS))
      test(`of ${name} rejects all pending calls and no later one, ten times in a row`, async (t) => {
        const stray = []
        const note = (error) => stray.push(error)
        process.on('unhandledRejection', note)
        t.after(() => process.off('unhandledRejection', note))
        const server = await silent(t)
        for (let round = 0; round < 10; round++) {
          const waiting = [
            pin(new Blob(['x']), { token: 'token', endpoint: server.url, timeout: 0 }),
            locate(ZEROS, { gateway: server.url, timeout: 0 }),
          ].map(settled)
          await server.asked(2)

          const panic = drill(when)
          const { reason } = await settled(call(server.url))
          panic.end()
          assert.ok(reason instanceof PinError)
          assert.equal(reason.code, 'internal')
          assert.equal(reason.outcome, name.startsWith('pin') ? 'unknown' : 'not-sent')
          assert.match(reason.message, /drill/)

          const [pinned, located] = await Promise.all(waiting)
          assert.equal(pinned.reason.code, 'internal')
          assert.equal(pinned.reason.outcome, 'unknown')
          assert.equal(located.reason.code, 'internal')
          assert.equal(located.reason.outcome, 'not-sent')

          // No instance is left that could receive their responses.
          await server.cut()
          assert.equal(await cidOf(new Uint8Array(3)), ZEROS)
        }
        assert.deepEqual(stray, [])
      })
  })
