import assert from 'node:assert/strict'
import { once } from 'node:events'
import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { cidOf } from '../../pkg/index.js'
import { localGateway } from '../support/gateway.js'
import { serve } from '../support/server.js'
import { entries, folder } from './files.js'
import { run, start } from './run.js'

/** An empty directory, as `ipfs object new unixfs-dir` creates it: its CID and its block. */
const DIRECTORY = 'QmUNLLsPACCz1vLxQVkXqqLX5R1X345qqfHbsf67hvA3Nn'
const DIRECTORY_BLOCK = Uint8Array.of(10, 2, 8, 1)

/** More than one chunk of 256 KiB, and less than one of 1 MiB. */
const LARGE = 300_000

/** A gateway that has these files, by their CIDs: bytes, or a request handler. */
async function gatewayOf(t, files) {
  const gateway = await serve(t, (request, response) => {
    const { pathname } = new URL(request.url, 'http://gateway')
    const found = files[pathname.slice('/ipfs/'.length)]
    if (typeof found === 'function') found(request, response)
    else if (found) response.end(found)
    else response.writeHead(404).end()
  })
  return gateway.url
}

/** Files by their CIDs. */
async function filesOf(profile, size, count, mark) {
  const files = {}
  for (let i = 0; i < count; i += 1) {
    const bytes = new Uint8Array(size).fill(i)
    bytes.set(new TextEncoder().encode(`${mark} ${i}`))
    files[await cidOf(bytes, { profile })] = bytes
  }
  return files
}

const directory = (request, response) =>
  request.url.endsWith('?format=raw')
    ? response.end(DIRECTORY_BLOCK)
    : response.end('<title>Index</title>')

/** The API of a local gateway, which responds to the first `count` orders, and to others once released. */
async function orderDesk(t, count) {
  const gateway = await localGateway(t)
  let reach, isReleased
  const reached = new Promise((resolve) => (reach = resolve))
  const desk = await serve(t, async (request, response) => {
    const body = Buffer.concat(await request.toArray())
    if (desk.requests.length > count && !isReleased) return reach()
    const { authorization, 'content-type': type } = request.headers
    const headers = { authorization, 'content-type': type }
    const answer = await fetch(gateway.endpoint, { method: 'POST', headers, body })
    response.writeHead(answer.status, { 'content-type': 'application/json' })
    response.end(await answer.text())
  })
  return { url: desk.url, orders: gateway.orders, reached, release: () => (isReleased = true) }
}

const lines = (text) => text.split('\n').slice(0, -1)

suite('numbers-pin move', { timeout: 300_000 }, () => {
  test('moves the files of another service: the recipe "Move your files here"', async (t) => {
    const kept = await filesOf('unixfs-v0-2015', LARGE, 15, 'kubo')
    const changed = await filesOf('unixfs-v1-2025', LARGE, 15, 'other')
    const liar = await cidOf(new TextEncoder().encode('the truth'))
    const stalled = await cidOf(new TextEncoder().encode('nothing comes'))
    const tooLarge = await cidOf(new Uint8Array(26_214_401))
    const gateway = await gatewayOf(t, {
      ...kept,
      ...changed,
      [liar]: 'a lie',
      [stalled]: () => {},
      [tooLarge]: new Uint8Array(26_214_401),
      [DIRECTORY]: directory,
    })
    const missing = await cidOf(new TextEncoder().encode('nobody has it'))
    const bad = [liar, stalled, tooLarge, DIRECTORY, missing]
    const cwd = await folder(t, {
      good: Object.keys({ ...kept, ...changed }).join('\n'),
      bad: ['# of all kinds', '', ...bad].join('\n'),
    })
    const desk = await orderDesk(t, 12)
    const args = ['move', 'good', '--gateway', gateway, '--endpoint', desk.url]
    args.push('--log', 'log', '--accept-new-cid', '--csv', '--yes')
    const { child, end } = start([...args, 'bad', '--timeout', '10', '--concurrency', '3'], { cwd })
    await desk.reached
    child.kill('SIGKILL')
    const { stderr } = await end
    const finding = (cid) => lines(stderr).find((line) => line.includes(cid))
    for (const cid of Object.keys(kept)) assert.match(finding(cid), /^same CID /)
    for (const cid of Object.keys(changed)) assert.match(finding(cid), /^new CID .* -> bafybei/)
    assert.match(finding(liar), /^failed .*bytes of another CID/)
    assert.match(finding(stalled), /^failed /)
    assert.match(finding(tooLarge), /^too large /)
    assert.match(finding(DIRECTORY), /^directory /)
    assert.match(finding(missing), /^not found /)
    assert.match(stderr, /^30 orders to pay: 0\.75 NUM/m)
    assert.deepEqual((await readdir(cwd)).sort(), ['bad', 'good', 'log', 'log.lock'])

    desk.release()
    const resumed = await run(args, { cwd })
    assert.equal(resumed.status, 1)
    const inFlight = lines(resumed.stderr)
      .map((line) => /^numbers-pin: (\w+): .* use --again$/.exec(line)?.[1])
      .filter(Boolean)
    assert.ok(inFlight.length >= 1 && inFlight.length <= 3)
    const sold = desk.orders.length
    const last = await run([...args, '--again'], { cwd })
    assert.equal(last.status, 0)
    const [header, ...rows] = lines(last.stdout)
    assert.equal(header, 'from,cid')
    const moved = new Map(rows.map((line) => line.split(',')))
    assert.deepEqual([...moved.keys()].sort(), Object.keys({ ...kept, ...changed }).sort())
    for (const cid of Object.keys(kept)) assert.equal(moved.get(cid), cid)
    for (const [cid, bytes] of Object.entries(changed))
      assert.equal(moved.get(cid), await cidOf(bytes))
    // Only the orders that were in flight were sent again.
    assert.equal(desk.orders.length, sold + inFlight.length)
    const once = new Set(desk.orders.map(({ cid }) => cid))
    assert.deepEqual([...once].sort(), [...moved.values()].sort())
  })

  test('does not need the old gateway for files in the journal', async (t) => {
    const files = {
      ...(await filesOf('kubo-cid-v1', 10, 1, 'same')),
      ...(await filesOf('unixfs-v1-2025', LARGE, 1, 'other')),
    }
    const cids = Object.keys(files)
    const gateway = await gatewayOf(t, files)
    const gone = await gatewayOf(t, {})
    const { endpoint, orders } = await localGateway(t)
    const cwd = await folder(t, {})
    const args = ['move', ...cids, '--endpoint', endpoint, '--log', 'log', '--accept-new-cid']
    const first = await run([...args, '--yes', '--json', '--gateway', gateway], { cwd })
    assert.equal(first.status, 0)
    const receipts = lines(first.stdout).map((line) => JSON.parse(line))
    assert.deepEqual(receipts.map(({ from }) => from).sort(), [...cids].sort())
    const last = await run([...args, '--yes', '--gateway', gone], { cwd })
    assert.equal(last.status, 0)
    for (const { from, cid } of receipts)
      assert.match(last.stdout, new RegExp(`^in the log +${from} +${cid}$`, 'm'))
    assert.equal(orders.length, 2)
    const [{ from, content }] = (await entries(join(cwd, 'log'))).filter(
      ({ event, from, content }) => event === 'pinned' && from !== content,
    )
    assert.deepEqual([from, content], [cids[1], await cidOf(files[cids[1]])])
  })

  test('downloads each file from the first gateway that has it', async (t) => {
    const [[a, bytes], [b, others]] = Object.entries(await filesOf('kubo-cid-v1', 10, 2, 'list'))
    const one = await gatewayOf(t, { [a]: 'a lie', [b]: others, [DIRECTORY]: 'nothing' })
    const two = await gatewayOf(t, { [a]: bytes, [DIRECTORY]: directory })
    const args = ['move', a, b, DIRECTORY, '--gateway', one, '--gateway', two, '--dry-run']
    const { status, stdout } = await run(args)
    assert.equal(status, 1)
    for (const cid of [a, b]) assert.match(stdout, new RegExp(`^same CID .*${cid}$`, 'm'))
    assert.match(stdout, new RegExp(`^(failed|directory) .*${DIRECTORY}`, 'm'))
  })

  test('that may have been ordered is not found by pin at the old service', async (t) => {
    const bytes = new TextEncoder().encode('moved')
    const cid = await cidOf(bytes)
    const gateway = await gatewayOf(t, { [cid]: bytes })
    const { url: endpoint, requests } = await serve(t, ({ socket }) => socket.destroy())
    const cwd = await folder(t, { a: bytes })
    const more = ['--log', 'log', '--gateway', gateway, '--endpoint', endpoint]
    assert.equal((await run(['move', cid, '--yes', ...more], { cwd })).status, 1)
    const { status, stderr } = await run(['a', ...more], { cwd })
    assert.equal(status, 1)
    assert.match(stderr, /may have been ordered on .*; gateways have a moved file/)
    assert.equal(requests.length, 1)
  })

  test('does not order a file whose CID would change without --accept-new-cid', async (t) => {
    const [[cid, bytes]] = Object.entries(await filesOf('unixfs-v1-2025', LARGE, 1, 'a'))
    const gateway = await gatewayOf(t, { [cid]: bytes })
    const { endpoint, orders } = await localGateway(t)
    const args = ['move', cid, '--gateway', gateway, '--endpoint', endpoint, '--yes']
    const { status, stdout, stderr } = await run(args)
    assert.deepEqual([status, stdout, orders.length], [1, '', 0])
    assert.match(stderr, new RegExp(`^new CID .*${await cidOf(bytes)}.*--accept-new-cid`))
  })

  test('prints what would happen with --dry-run, and needs no token', async (t) => {
    const [[cid, bytes]] = Object.entries(await filesOf('unixfs-v1-2025', LARGE, 1, 'a'))
    const gateway = await gatewayOf(t, { [cid]: bytes })
    const cwd = await folder(t, {})
    const args = [
      'move',
      cid,
      '--gateway',
      gateway,
      '--dry-run',
      '--accept-new-cid',
      '--log',
      'log',
    ]
    const env = { CAPTURE_TOKEN: '' }
    const { status, stdout, stderr } = await run([...args, '--json'], { cwd, env })
    assert.deepEqual([status, stderr], [0, ''])
    const [order, price] = lines(stdout).map((line) => JSON.parse(line))
    assert.deepEqual(order, {
      from: cid,
      cid: await cidOf(bytes),
      size: LARGE,
      finding: 'new CID',
      action: 'order',
    })
    assert.deepEqual([price.orders, price.price.num], [1, 0.025])
    assert.deepEqual(await readdir(cwd), [])
    assert.equal((await run([...args, '--max-price', '0.01'], { cwd, env })).status, 1)
  })

  test('reads lists with comments, ipfs:// and gateway URLs', async (t) => {
    const files = await filesOf('kubo-cid-v1', 10, 4, 'listed')
    const [a, b, c, d] = Object.keys(files)
    const gateway = await gatewayOf(t, files)
    const list = `\ufeff# mine\r\n\r\n${a}\r\nipfs://${b}\nhttps://gateway.example/ipfs/${c}?filename=x\n  https://${d}.ipfs.dweb.link/ \n${a}\n`
    const args = ['move', '-', '--gateway', gateway, '--dry-run', '--quiet']
    const { status, stdout } = await run(args, { input: list })
    assert.equal(status, 0)
    assert.deepEqual(lines(stdout), [a, b, c, d])
  })

  for (const [list, problem] of [
    ['\n# a\nnonsense', /Line 3 of list: "nonsense": .*CID/],
    [
      `ipfs://${DIRECTORY}/photo.jpg`,
      /Line 1 of list: .* is a path in a directory: expected the CID/,
    ],
    ['https://example.org/photo.jpg', /Line 1 of list: .* is not a CID/],
    ['# nothing', /The list has no CID/],
  ])
    test(`orders nothing for a list with ${JSON.stringify(list)}`, async (t) => {
      const cwd = await folder(t, { list })
      const { status, stderr } = await run(['move', 'list', '--yes', '--log', 'log'], { cwd })
      assert.equal(status, 2)
      assert.match(stderr, problem)
      assert.deepEqual(await readdir(cwd), ['list'])
    })

  test('does not print a token that is passed instead of a list', async (t) => {
    const cwd = await folder(t, { list: 'my-capture-token-0123456789' })
    const { status, stderr } = await run(['move', 'list', '--yes'], { cwd })
    assert.equal(status, 2)
    assert.doesNotMatch(stderr, /my-capture|456789/)
  })

  test('orders nothing without --yes if there is no terminal', async (t) => {
    const cwd = await folder(t, {})
    await writeFile(join(cwd, 'list'), DIRECTORY)
    for (const args of [['list'], ['-']]) {
      const { status, stderr } = await run(['move', ...args], { cwd, input: DIRECTORY })
      assert.equal(status, 2)
      assert.match(stderr, /nothing was ordered.*--yes.*--dry-run/)
    }
  })

  test('rejects a run that would cost more than --max-price', async (t) => {
    const files = await filesOf('kubo-cid-v1', 10, 2, 'dear')
    const gateway = await gatewayOf(t, files)
    const { endpoint, orders } = await localGateway(t)
    const args = ['move', ...Object.keys(files), '--gateway', gateway, '--endpoint', endpoint]
    const refused = await run([...args, '--yes', '--max-price', '0.057'])
    assert.equal(refused.status, 1)
    assert.match(refused.stderr, /0\.058 NUM, more than --max-price 0\.057: nothing was ordered/)
    assert.equal(orders.length, 0)
    assert.equal((await run([...args, '--yes', '--max-price', '0.058'])).status, 0)
  })

  test('stops at Ctrl-C while it downloads', async (t) => {
    const cid = await cidOf(new TextEncoder().encode('slow'))
    let reach
    const reached = new Promise((resolve) => (reach = resolve))
    const gateway = await gatewayOf(t, { [cid]: () => reach() })
    const { child } = start(['move', cid, '--gateway', gateway, '--yes'])
    await reached
    child.kill('SIGINT')
    assert.equal((await once(child, 'exit'))[0], 130)
  })
})
