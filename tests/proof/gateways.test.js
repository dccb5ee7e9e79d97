import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { download, locate } from '../../pkg/index.js'
import { failure } from '../support/failure.js'
import { patterned } from '../support/content.js'
import { serve } from '../support/server.js'
import { vectorOf } from '../support/vectors.js'

const BYTES = patterned('p31', 1000)
const CID = vectorOf('p31', 1000, 'kubo-cid-v1')

const gives = (bytes) => (request, response) => response.end(bytes)
const says = (status) => (request, response) => response.writeHead(status).end()
const isSilent = () => {}

/** A gateway for each answer. */
async function gateways(t, answers) {
  const servers = []
  for (const answer of answers) servers.push(await serve(t, answer))
  return servers
}

const urlsOf = (servers) => servers.map(({ url }) => url)

suite('several gateways', { timeout: 60_000 }, () => {
  test('are tried in order until one gives proven bytes', async (t) => {
    const answers = [says(404), gives(BYTES.with(0, 1)), gives(BYTES), gives(BYTES)]
    const servers = await gateways(t, answers)
    const blob = await download(CID, { gateway: urlsOf(servers) })
    assert.equal(Buffer.compare(Buffer.from(await blob.arrayBuffer()), BYTES), 0)
    const counts = servers.map(({ requests }) => requests.length)
    // One that sends other bytes is asked for the block too.
    assert.deepEqual(counts, [1, 2, 1, 0])
  })

  test('are URLs or strings, and a list of one is one gateway', async (t) => {
    const [{ url }] = await gateways(t, [gives(BYTES)])
    for (const gateway of [[url], [new URL(url)], [`${url}/ipfs/`]]) {
      assert.equal((await download(CID, { gateway })).size, 1000)
      assert.equal(await locate(CID, { gateway }), 'present')
    }
  })

  test('that stall are left after their share of the time', async (t) => {
    const stalls = (request, response) => response.writeHead(200).write(BYTES.subarray(0, 10))
    const servers = await gateways(t, [isSilent, stalls, gives(BYTES)])
    const gateway = urlsOf(servers)
    assert.equal((await download(CID, { gateway, timeout: 9000 })).size, 1000)
    await Promise.all([servers[0].hungUp, servers[1].hungUp])
    const asked = await gateways(t, [isSilent, says(200)])
    assert.equal(await locate(CID, { gateway: urlsOf(asked), timeout: 4000 }), 'present')
  })

  test('leave the caller’s time limit and signal as they are', async (t) => {
    const gateway = urlsOf(await gateways(t, [isSilent, isSilent]))
    const late = await failure(download(CID, { gateway, timeout: 500 }))
    assert.deepEqual([late.name, late.code], ['TimeoutError', 'timeout'])
    for (const url of gateway) assert.ok(late.message.includes(url), late.message)
    const controller = new AbortController()
    const [{ url, hungUp }] = await gateways(t, [() => controller.abort()])
    const call = download(CID, { gateway: [url, url], signal: controller.signal })
    assert.equal((await failure(call)).code, 'aborted')
    await hungUp
  })

  for (const [name, answers, code, status] of [
    ['all have not', [says(404), says(410)], 'not-found', 404],
    ['one is out of order', [says(404), says(503)], 'server', 503],
    ['one asks to wait', [says(500), says(429)], 'rate-limited', 429],
    ['one lies', [says(404), gives(BYTES.with(0, 1)), says(500)], 'mismatch', undefined],
    ['one is not there', [({ socket }) => socket.destroy(), says(404)], 'network', undefined],
  ])
    test(`say what was tried, and what says most, where ${name}`, async (t) => {
      const gateway = urlsOf(await gateways(t, answers))
      const error = await failure(download(CID, { gateway }))
      assert.deepEqual([error.code, error.status, error.outcome], [code, status, 'not-sent'])
      for (const url of gateway) assert.ok(error.message.includes(url), error.message)
      assert.ok(error.message.length < 4000)
    })

  test('bound the message, however many and however long they are', async (t) => {
    const [{ url }] = await gateways(t, [says(404)])
    const gateway = Array(20).fill(`${url}/${'a'.repeat(2000)}`)
    const { message } = await failure(download(CID, { gateway }))
    assert.ok(message.length < 4000, message.length)
  })

  for (const [name, answers, found] of [
    ['present if one has it', [says(404), says(500), says(200)], 'present'],
    ['absent if all respond 404 or 410', [says(404), says(410)], 'absent'],
    ['unknown if one failed', [says(404), says(500), says(404)], 'unknown'],
    ['unknown if one hung up', [({ socket }) => socket.destroy(), says(404)], 'unknown'],
  ])
    test(`locate a CID as ${name}`, async (t) => {
      const gateway = urlsOf(await gateways(t, answers))
      assert.equal(await locate(CID, { gateway }), found)
    })

  test('are refused as an empty, long or wrong list, before anybody is asked', async (t) => {
    const [{ url, requests }] = await gateways(t, [gives(BYTES)])
    const revoked = Proxy.revocable([], {})
    revoked.revoke()
    const throws = new Proxy([url], {
      get() {
        throw new Error('of the caller')
      },
    })
    const lists = [[], Array(21).fill(url), [url, 'gateway'], [url, undefined], [[url]], [, url]]
    for (const gateway of [...lists, new Set([url]), revoked.proxy, throws])
      for (const call of [download, locate]) {
        const { code, message } = await failure(call(CID, { gateway }))
        assert.equal(code, 'invalid-input')
        assert.match(message, /`gateway`/)
      }
    assert.equal(requests.length, 0)
  })

  test('are those of the moment of the call', async (t) => {
    const [{ url }] = await gateways(t, [gives(BYTES)])
    const gateway = [url]
    const call = download(CID, { gateway })
    gateway[0] = 'changed'
    assert.equal((await call).size, 1000)
  })

  test('never let the progress go back', async (t) => {
    const large = patterned('p31', 3_158_073)
    const breaks = (request, response) => {
      response.writeHead(200, { 'Content-Length': large.length })
      response.write(large.subarray(0, 2_000_000), () => response.destroy())
    }
    const gateway = urlsOf(await gateways(t, [breaks, gives(large)]))
    const reports = []
    const onProgress = ({ loaded }) => reports.push(loaded)
    await download(vectorOf('p31', large.length, 'kubo-cid-v1'), { gateway, onProgress })
    assert.deepEqual(
      reports,
      reports.toSorted((a, b) => a - b),
    )
    assert.equal(reports.at(-1), large.length)
  })
})
