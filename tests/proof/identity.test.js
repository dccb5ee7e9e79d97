import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { download, verify } from '../../pkg/index.js'
import { failure } from '../support/failure.js'
import { balanced, dagOf, fixedSize, inline, nodeOf } from './dag.js'
import { serve } from '../support/server.js'

const encoder = new TextEncoder()

/** From kubo's sharness test t0082, and the empty file of the specification of gateways. */
const INLINE = [
  ['bafkqaedknncdsodknncdsnzvnbvuioak', 'jkD98jkD975hkD8\n'],
  ['bafkqaaa', ''],
]

/** A gateway that has these blocks. */
const gateway = (t, blocks) =>
  serve(t, (request, response) => {
    const { pathname, searchParams } = new URL(request.url, 'http://127.0.0.1')
    const block = searchParams.has('format') && blocks.get(pathname.slice('/ipfs/'.length))
    response.setHeader('Content-Type', block ? 'application/vnd.ipld.raw' : 'text/plain')
    response.end(block || 'whatever')
  })

suite('a CID that contains the content', { timeout: 60_000 }, () => {
  const node = inline(nodeOf({ data: 'hello' }))
  for (const [cid, text] of [...INLINE, [node.cid, 'hello']]) {
    test(`is downloaded without a request: ${cid}`, async (t) => {
      const { url, requests } = await gateway(t, new Map())
      const reports = []
      const options = { gateway: url, onProgress: (progress) => reports.push(progress) }
      for (const verify of [true, false])
        assert.equal(await (await download(cid, { ...options, verify })).text(), text)
      assert.equal(requests.length, 0)
      assert.equal(reports.at(-1).phase, 'done')
      if (text) assert.equal((await failure(download(cid, { maxSize: 1 }))).code, 'too-large')
    })

    test(`is verified: ${cid}`, async () => {
      const found = await verify(encoder.encode(text), cid)
      assert.deepEqual(found, { verified: true, profile: 'raw-block', computed: cid })
      const other = await verify(encoder.encode(`${text}!`), cid)
      assert.deepEqual([other.verified, other.profile], [false, null])
    })
  }

  test('may contain 128 bytes, as kubo allows', async () => {
    const cid = inline({ raw: Buffer.alloc(128, 'a') }).cid
    assert.equal((await download(cid)).size, 128)
  })

  test('may be a leaf of a tree, and is not requested', async (t) => {
    const bytes = encoder.encode('a file of some bytes')
    const head = await dagOf(bytes.subarray(0, 15), {
      chunker: fixedSize({ chunkSize: 4 }),
      layout: balanced({ maxChildrenPerNode: 2 }),
      rawLeaves: true,
      cidVersion: 1,
    })
    const tail = inline({ raw: bytes.subarray(15) })
    const root = nodeOf({ links: [head, tail] })
    const { url, requests } = await gateway(t, root.blocks)
    const blob = await download(root.cid, { gateway: url })
    assert.equal(await blob.text(), 'a file of some bytes')
    assert.ok(!requests.some((request) => request.url.includes(tail.cid)))
  })

  test('is rejected if it is a directory or malformed', async (t) => {
    const { url } = await gateway(t, new Map())
    for (const cid of ['f017000040a020801', 'f0170000108']) {
      const error = await failure(download(cid, { gateway: url }))
      assert.equal(error.code, 'bad-response')
      assert.equal((await verify(new Uint8Array(2), cid)).verified, false)
    }
  })
})
