import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { download } from '../../pkg/index.js'
import { failure } from '../support/failure.js'
import { balanced, bySha512, dagOf, fixedSize, inline, nodeOf, trickle } from './dag.js'
import { bytesOf } from '../support/content.js'
import { keystreamBytes } from './keystream.js'
import { serve } from '../support/server.js'
import { VECTORS } from '../support/vectors.js'

const RAW_BLOCK = 'application/vnd.ipld.raw'
const BYTES = await keystreamBytes('dags', 1_000_000)

/** Parameters for DAGs of these bytes that no known profile has. */
const UNUSUAL = {
  'an odd chunk size': { chunker: fixedSize({ chunkSize: 99_999 }) },
  'a narrow tree': { layout: balanced({ maxChildrenPerNode: 3 }) },
  'a trickle layout': { layout: trickle({ layerRepeat: 2, maxChildrenPerNode: 3 }) },
  'leaves of type Raw': { rawLeaves: false, leafType: 'raw', cidVersion: 0 },
  'a root with its own data': undefined,
}

async function unusual(options) {
  const chunker = fixedSize({ chunkSize: 65_536 })
  if (options) return dagOf(BYTES, { chunker, rawLeaves: true, cidVersion: 1, ...options })
  const rest = await dagOf(BYTES.subarray(3), { chunker, rawLeaves: true, cidVersion: 1 })
  return nodeOf({ data: BYTES.subarray(0, 3), links: [rest] })
}

/** A gateway that serves a file, and its blocks if it has them. */
function gateway(t, file, blocks) {
  return serve(t, (request, response) => {
    const { pathname, searchParams } = new URL(request.url, 'http://127.0.0.1')
    const isBlock = blocks && searchParams.get('format') === 'raw'
    const body = isBlock ? blocks.get(pathname.replace('/ipfs/', '')) : file
    response.writeHead(body === undefined ? 404 : 200, {
      'Content-Type': isBlock ? RAW_BLOCK : 'image/png',
    })
    response.end(body)
  })
}

/** Downloads from such a gateway. */
async function fetchFrom(t, { cid, blocks }, { file = '', ...options } = {}) {
  const { url } = await gateway(t, file, blocks)
  return download(cid, { gateway: url, ...options })
}

const sameBytes = async (blob, bytes) =>
  assert.equal(Buffer.compare(Buffer.from(await blob.arrayBuffer()), bytes), 0)

suite('a file of unknown parameters', { timeout: 60_000 }, () => {
  for (const [name, options] of Object.entries(UNUSUAL)) {
    test(`is verified block by block: ${name}`, async (t) => {
      const dag = await unusual(options)
      assert.ok(dag.blocks.size > 1)
      const blob = await fetchFrom(t, dag, { file: BYTES })
      await sameBytes(blob, BYTES)
      assert.equal(blob.type, 'image/png')
    })

    test(`is not returned if the gateway serves no blocks: ${name}`, async (t) => {
      const { cid } = await unusual(options)
      // The gateway ignores `format=raw`, or responds with 404.
      for (const blocks of [undefined, new Map()]) {
        const error = await failure(fetchFrom(t, { cid, blocks }, { file: BYTES }))
        assert.equal(error.code, 'bad-response')
      }
    })
  }

  test('has the bytes of the blocks, even if the gateway sends another file', async (t) => {
    for (const file of ['', '<html>', BYTES.subarray(1)]) {
      const dag = await unusual(UNUSUAL['a narrow tree'])
      await sameBytes(await fetchFrom(t, dag, { file }), BYTES)
    }
  })

  test('has the root CID of the UnixFS specification', async (t) => {
    // multiblock.txt of the UnixFS specification: chunks of 256 bytes.
    const vector = VECTORS.find(({ content }) => content.base64)
    const bytes = await bytesOf(vector.content)
    const chunker = fixedSize({ chunkSize: 256 })
    const dag = await dagOf(bytes, { chunker, rawLeaves: true, cidVersion: 1 })
    assert.equal(dag.cid, vector.rows[0].cid)
    await sameBytes(await fetchFrom(t, dag), bytes)
  })

  test('is requested once as a file, and once per block', async (t) => {
    const dag = await unusual(UNUSUAL['a narrow tree'])
    const { url, requests } = await gateway(t, BYTES, dag.blocks)
    await download(dag.cid, { gateway: url })
    const asked = requests.map((request) => request.url)
    assert.equal(asked.shift(), `/ipfs/${dag.cid}`)
    const blocks = [...dag.blocks.keys()].map((cid) => `/ipfs/${cid}?format=raw`)
    assert.deepEqual(asked.sort(), blocks.sort())
  })
})

suite('a block is rejected', { timeout: 60_000 }, () => {
  test('if any bit is flipped', async (t) => {
    const dag = await unusual(UNUSUAL['a narrow tree'])
    for (const [cid, block] of dag.blocks)
      for (const at of [0, block.length >> 1, block.length - 1]) {
        const blocks = new Map(dag.blocks).set(cid, block.slice())
        blocks.get(cid)[at] ^= 1
        const error = await failure(fetchFrom(t, { ...dag, blocks }, { file: BYTES }))
        assert.equal(error.code, 'mismatch', `byte ${at} of ${cid}`)
      }
  })

  test('if it is another block of the same file', async (t) => {
    const dag = await unusual(UNUSUAL['an odd chunk size'])
    const [[first, block], [second, other]] = dag.blocks
    const blocks = new Map(dag.blocks).set(first, other).set(second, block)
    assert.equal((await failure(fetchFrom(t, { ...dag, blocks }))).code, 'mismatch')
  })

  test('if the gateway lacks it, even if it has the file', async (t) => {
    const dag = await unusual(UNUSUAL['an odd chunk size'])
    const blocks = new Map([...dag.blocks].slice(1))
    assert.equal((await failure(fetchFrom(t, { ...dag, blocks }))).code, 'bad-response')
  })

  test('if it is larger than 2 MiB', async (t) => {
    const large = await dagOf(new Uint8Array(2_097_153), {
      chunker: fixedSize({ chunkSize: 4_194_304 }),
      rawLeaves: false,
      cidVersion: 1,
    })
    const root = nodeOf({ data: 'x', links: [large] })
    assert.equal((await failure(fetchFrom(t, root))).code, 'too-large')
  })

  test('if it is a directory, a symbolic link or not UnixFS', async (t) => {
    const file = await unusual(UNUSUAL['an odd chunk size'])
    for (const type of [1, 3, 4, 5]) {
      const root = nodeOf({ type, data: '/etc/passwd', links: [file] })
      for (const dag of [root, nodeOf({ links: [file, root] })])
        for (const body of ['', '<html>Index of', BYTES])
          assert.equal((await failure(fetchFrom(t, dag, { file: body }))).code, 'bad-response')
    }
  })
})

test('rejects the empty directory of kubo', async (t) => {
  const blocks = new Map()
  for (const cid of [
    'QmUNLLsPACCz1vLxQVkXqqLX5R1X345qqfHbsf67hvA3Nn',
    'bafybeiczsscdsbs7ffqz55asqdf3smv6klcw3gofszvwlyarci47bgf354',
  ]) {
    blocks.set(cid, Buffer.of(0x0a, 0x02, 0x08, 0x01))
    for (const file of ['', '<html>Index of'])
      assert.equal((await failure(fetchFrom(t, { cid, blocks }, { file }))).code, 'bad-response')
  }
})

test('a block with another hash than SHA-256 is not verified, and not a mismatch', async (t) => {
  const { code, message } = await failure(fetchFrom(t, bySha512(BYTES), { file: BYTES }))
  assert.equal(code, 'bad-response')
  assert.match(message, /no SHA-256 hash/)
})

suite('a huge DAG is rejected', { timeout: 60_000 }, () => {
  /** A DAG in which every node links to the one below it several times. */
  function repeated(leaf, times, depth) {
    let dag = leaf
    for (let level = 0; level < depth; level += 1) dag = nodeOf({ links: Array(times).fill(dag) })
    return dag
  }

  test('by its size', async (t) => {
    const leaf = await dagOf(BYTES, {
      chunker: fixedSize({ chunkSize: 1_000_000 }),
      rawLeaves: true,
      cidVersion: 1,
    })
    // 15 625 TB
    const dag = repeated(leaf, 125, 5)
    const { url, requests } = await gateway(t, '', dag.blocks)
    const error = await failure(download(dag.cid, { gateway: url }))
    assert.equal(error.code, 'too-large')
    // The file, and the root, which states the size.
    assert.equal(requests.length, 1 + 1)
  })

  test('by its number of blocks, if they are empty', async (t) => {
    for (const [times, depth] of [
      [10_001, 1],
      [2500, 20],
    ]) {
      const dag = repeated(nodeOf({}), times, depth)
      const error = await failure(fetchFrom(t, dag))
      assert.equal(error.code, 'bad-response')
    }
  })
})

suite('maxSize limits the bytes downloaded', { timeout: 60_000 }, () => {
  /** Counts the bytes of bodies that are sent. */
  async function counted(t, dag, options) {
    let sent = 0
    const { url } = await serve(t, (request, response) => {
      const { pathname, searchParams } = new URL(request.url, 'http://127.0.0.1')
      const block = searchParams.has('format') && dag.blocks.get(pathname.slice('/ipfs/'.length))
      sent += block ? block.length : 0
      response.setHeader('Content-Type', block ? RAW_BLOCK : 'text/plain')
      response.end(block || '')
    })
    const error = await failure(download(dag.cid, { gateway: url, ...options }))
    return { ...error, code: error.code, sent }
  }

  /** A node whose block has this many bytes that are not part of the file. */
  const padded = (dag, bytes, sizes) => {
    const { cid, blocks } = nodeOf({ links: [dag], sizes, padding: bytes })
    return { cid, size: sizes[0], blocks }
  }

  test('in a chain of nodes without data', async (t) => {
    let dag = nodeOf({ data: 'x' })
    for (let level = 0; level < 60; level += 1) dag = padded(dag, 1_900_000, [1])
    const { code, sent } = await counted(t, dag, { maxSize: 1000 })
    assert.equal(code, 'too-large')
    assert.ok(sent <= 2_000_000, sent)
  })

  test('in many empty leaves', async (t) => {
    const leaves = Array.from({ length: 2000 }, (_, at) => inline({ raw: Buffer.alloc(at % 7) }))
    const empty = Array.from({ length: 2000 }, (_, at) => padded(nodeOf({}), 10_000 + at, [0]))
    const dag = nodeOf({ links: [...leaves, ...empty] })
    const { code, sent } = await counted(t, dag, { maxSize: 10_000 })
    assert.equal(code, 'too-large')
    assert.ok(sent <= 2_000_000, sent)
  })

  test('if the root states more, before its blocks are requested', async (t) => {
    const leaf = await dagOf(BYTES, {
      chunker: fixedSize({ chunkSize: 1_000_000 }),
      rawLeaves: true,
      cidVersion: 1,
    })
    const dag = nodeOf({ links: [leaf] })
    const { code, sent } = await counted(t, dag, { maxSize: 999_999 })
    assert.equal(code, 'too-large')
    assert.ok(sent < 1000, sent)
  })
})

test('a block that is linked 9 000 times is fetched once', { timeout: 60_000 }, async (t) => {
  const leaf = await dagOf(BYTES.subarray(0, 100), { rawLeaves: true, cidVersion: 1 })
  const dag = nodeOf({ links: Array(9000).fill(leaf) })
  const { url, requests } = await gateway(t, '', dag.blocks)
  const blob = await download(dag.cid, { gateway: url, maxSize: 900_000 })
  assert.equal(blob.size, 900_000)
  assert.equal(requests.length, 1 + 2)
})

suite('sizes that contradict the blocks are rejected:', { timeout: 60_000 }, () => {
  const leaf = nodeOf({ data: 'abc' })
  for (const [name, links, sizes] of [
    ['too large', [leaf, leaf], [3, 4]],
    ['too small', [leaf, leaf], [2, 3]],
    ['in the wrong order', [leaf, nodeOf({ data: 'de' })], [2, 3]],
    ['one missing', [leaf, leaf], [3]],
    ['one too many', [leaf], [3, 3]],
    ['all missing', [leaf], []],
  ])
    test(name, async (t) => {
      assert.equal((await failure(fetchFrom(t, nodeOf({ links, sizes })))).code, 'bad-response')
    })
})

test('2 500 blocks print no warning', { timeout: 60_000 }, async (t) => {
  const warnings = []
  const note = (warning) => warnings.push(String(warning))
  process.on('warning', note)
  t.after(() => process.off('warning', note))
  const dag = await dagOf(BYTES.subarray(0, 250_000), {
    chunker: fixedSize({ chunkSize: 100 }),
    rawLeaves: true,
    cidVersion: 1,
  })
  assert.ok(dag.blocks.size > 2400)
  const { url } = await gateway(t, '', dag.blocks)
  const { signal } = new AbortController()
  assert.equal((await download(dag.cid, { gateway: url, signal })).size, 250_000)
  assert.deepEqual(warnings, [])
})
