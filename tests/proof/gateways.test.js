import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { download, locate } from '../../pkg/index.js'
import { failure } from '../support/failure.js'
import { LIMIT } from '../support/limit.js'
import { patterned } from '../support/content.js'
import { serve } from '../support/server.js'
import { vectorOf } from '../support/vectors.js'

const BYTES = patterned('p31', 1000)
const CID = vectorOf('p31', 1000, 'kubo-cid-v1')

const sends = (bytes) => (request, response) => response.end(bytes)
const respondsWith = (status) => (request, response) => response.writeHead(status).end()
const isSilent = () => {}

/** Starts a gateway for each response. */
async function gateways(t, answers) {
  const servers = []
  for (const answer of answers) servers.push(await serve(t, answer))
  return servers
}

/** The timers of shares of `LIMIT`; the latest one expires when the test calls `reachShare`. */
function shares(t) {
  const { setTimeout } = globalThis
  const waiting = []
  t.mock.method(globalThis, 'setTimeout', (run, ms, ...args) => {
    const isShare = ms > LIMIT / 4 && ms < LIMIT / 1.5
    return isShare ? { place: waiting.push(run) } : setTimeout(run, ms, ...args)
  })
  return { timeout: LIMIT, reachShare: () => waiting.pop()() }
}

const urlsOf = (servers) => servers.map(({ url }) => url)

suite('several gateways', { timeout: 60_000 }, () => {
  test('are tried in order until one sends verified bytes', async (t) => {
    const answers = [respondsWith(404), sends(BYTES.with(0, 1)), sends(BYTES), sends(BYTES)]
    const servers = await gateways(t, answers)
    const blob = await download(CID, { gateway: urlsOf(servers) })
    assert.equal(Buffer.compare(Buffer.from(await blob.arrayBuffer()), BYTES), 0)
    const counts = servers.map(({ requests }) => requests.length)
    // A gateway that sends other bytes is asked for the raw block too.
    assert.deepEqual(counts, [1, 2, 1, 0])
  })

  test('may be URLs or strings, and a list of one', async (t) => {
    const [{ url }] = await gateways(t, [sends(BYTES)])
    for (const gateway of [[url], [new URL(url)], [`${url}/ipfs/`]]) {
      assert.equal((await download(CID, { gateway })).size, 1000)
      assert.equal(await locate(CID, { gateway }), 'present')
    }
  })

  test('that stall are abandoned after their share of the timeout', async (t) => {
    const { timeout, reachShare } = shares(t)
    const isSilent = () => reachShare()
    const stalls = (request, response) => {
      response.writeHead(200).write(BYTES.subarray(0, 10))
      reachShare()
    }
    const servers = await gateways(t, [isSilent, stalls, sends(BYTES)])
    const gateway = urlsOf(servers)
    assert.equal((await download(CID, { gateway, timeout })).size, 1000)
    await Promise.all([servers[0].hungUp, servers[1].hungUp])
    const asked = await gateways(t, [isSilent, respondsWith(200)])
    assert.equal(await locate(CID, { gateway: urlsOf(asked), timeout }), 'present')
  })

  test('respect the caller’s timeout and signal', async (t) => {
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
    ['all respond with not found', [respondsWith(404), respondsWith(410)], 'not-found', 404],
    ['one responds with 503', [respondsWith(404), respondsWith(503)], 'server', 503],
    ['one responds with 429', [respondsWith(500), respondsWith(429)], 'rate-limited', 429],
    [
      'one sends wrong bytes',
      [respondsWith(404), sends(BYTES.with(0, 1)), respondsWith(500)],
      'mismatch',
      undefined,
    ],
    [
      'one closes the connection',
      [({ socket }) => socket.destroy(), respondsWith(404)],
      'network',
      undefined,
    ],
  ])
    test(`list each error and reject with the most serious: ${name}`, async (t) => {
      const gateway = urlsOf(await gateways(t, answers))
      const error = await failure(download(CID, { gateway }))
      assert.deepEqual([error.code, error.status, error.outcome], [code, status, 'not-sent'])
      for (const url of gateway) assert.ok(error.message.includes(url), error.message)
      assert.ok(error.message.length < 4000)
    })

  test('keep the message short, even if there are many long URLs', async (t) => {
    const [{ url }] = await gateways(t, [respondsWith(404)])
    const gateway = Array(20).fill(`${url}/${'a'.repeat(2000)}`)
    const { message } = await failure(download(CID, { gateway }))
    assert.ok(message.length < 4000, message.length)
  })

  for (const [name, answers, found] of [
    ['present if one has it', [respondsWith(404), respondsWith(500), respondsWith(200)], 'present'],
    ['absent if all respond 404 or 410', [respondsWith(404), respondsWith(410)], 'absent'],
    [
      'unknown if one responds with 500',
      [respondsWith(404), respondsWith(500), respondsWith(404)],
      'unknown',
    ],
    [
      'unknown if one closes the connection',
      [({ socket }) => socket.destroy(), respondsWith(404)],
      'unknown',
    ],
  ])
    test(`locate a CID as ${name}`, async (t) => {
      const gateway = urlsOf(await gateways(t, answers))
      assert.equal(await locate(CID, { gateway }), found)
    })

  test('are rejected as an empty, long or invalid list, before any request', async (t) => {
    const [{ url, requests }] = await gateways(t, [sends(BYTES)])
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

  test('are copied when called', async (t) => {
    const [{ url }] = await gateways(t, [sends(BYTES)])
    const gateway = [url]
    const call = download(CID, { gateway })
    gateway[0] = 'changed'
    assert.equal((await call).size, 1000)
  })

  test('never decrease the progress', async (t) => {
    const large = patterned('p31', 3_158_073)
    const breaks = (request, response) => {
      response.writeHead(200, { 'Content-Length': large.length })
      response.write(large.subarray(0, 2_000_000), () => response.destroy())
    }
    const gateway = urlsOf(await gateways(t, [breaks, sends(large)]))
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
