import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { appendFile, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { promisify } from 'node:util'
import { answer, json } from '../support/faults/answers.js'
import { localGateway, pinned } from '../support/gateway.js'
import { serve } from '../support/server.js'
import { RECEIPT, service } from '../support/service.js'
import { entries, folder } from './files.js'
import { run } from './run.js'

/** Starts a gateway that has these bytes, and no others. */
async function gatewayWith(t, ...contents) {
  const gateway = await localGateway(t)
  for (const content of contents) await pinned(gateway.endpoint, new TextEncoder().encode(content))
  return gateway.url
}

suite('an order that may have been charged', { timeout: 300_000 }, () => {
  test('remembers an order without a result after a later rejection', async (t) => {
    const cwd = await folder(t, { a: 'one' })
    const { options } = await service(t, ({ nth, ...exchange }) =>
      (nth < 4 ? answer(401) : json(RECEIPT))(exchange),
    )
    const args = ['a', '--log', 'log', '--again', '--endpoint', options.endpoint]
    const call = () => run(args, { cwd })
    const warns = async () => (await call()).stderr.includes('may have been ordered')
    assert.equal(await warns(), false)
    const [ordering] = (await readFile(join(cwd, 'log'), 'utf8')).split('\n')
    await appendFile(join(cwd, 'log'), `${ordering}\n`)
    assert.deepEqual(
      [await warns(), await warns(), await warns(), await warns()],
      [true, true, true, false],
    )
  })

  test('remembers an unknown outcome after a later rejection', async (t) => {
    const cwd = await folder(t, { a: 'one' })
    const { options } = await service(t, ({ nth, ...exchange }) =>
      ([answer(500), answer(401)][nth - 1] ?? json(RECEIPT))(exchange),
    )
    const args = ['a', '--log', 'log', '--again', '--endpoint', options.endpoint]
    const call = () => run(args, { cwd })
    const warns = async () => (await call()).stderr.includes('may have been ordered')
    assert.deepEqual(
      [await warns(), await warns(), await warns(), await warns()],
      [false, true, true, false],
    )
  })

  test('sends a rejected order again, and warns if one may have been processed', async (t) => {
    for (const [status, isUnknown] of [
      [401, false],
      [500, true],
    ]) {
      const cwd = await folder(t, { a: 'one' })
      const { options } = await service(t, (exchange) =>
        (exchange.nth === 1 ? answer(status) : json(RECEIPT))(exchange),
      )
      const args = ['a', '--log', 'log', '--again', '--endpoint', options.endpoint]
      assert.equal((await run(args, { cwd })).status, 1)
      const { status: good, stderr } = await run(args, { cwd })
      assert.equal(good, 0)
      assert.equal(stderr.includes('may have been ordered'), isUnknown)
    }
  })

  test('records a file that the gateway has as found, and does not order it', async (t) => {
    const gateway = await gatewayWith(t, 'one')
    const cwd = await folder(t, { a: 'one', copy: 'one' })
    const { options, posts } = await service(t, answer(500))
    const order = (name, ...more) =>
      run([name, '--log', 'log', '--gateway', gateway, '--endpoint', options.endpoint, ...more], {
        cwd,
      })
    assert.equal((await order('a')).status, 1)
    const found = await order('a', '--json')
    assert.equal(found.status, 0)
    assert.match(
      found.stderr,
      /^a: may have been ordered on .*; the gateway has it, so it is not ordered again$/m,
    )
    const [{ content }, , entry] = await entries(join(cwd, 'log'))
    assert.deepEqual(JSON.parse(found.stdout), { cid: content, source: 'a' })
    assert.deepEqual([entry.event, entry.receipt], ['found', { cid: content }])
    const copy = await order('copy')
    assert.match(copy.stdout, new RegExp(`^in the log +${content} +copy\n$`))
    assert.equal((await order('a', '--again')).status, 0)
    assert.equal(posts.length, 1)
  })

  test('does not order a file that the gateway lacks, unless --again is set', async (t) => {
    const broken = await serve(t, (_, response) => response.writeHead(500).end())
    for (const [gateway, presence] of [
      [await gatewayWith(t), 'absent'],
      [broken.url, 'unknown'],
    ]) {
      const cwd = await folder(t, { a: 'one', b: 'two' })
      const { options, posts } = await service(t, (exchange) =>
        (exchange.nth === 1 ? answer(500) : json(RECEIPT))(exchange),
      )
      const order = (...args) =>
        run([...args, '--log', 'log', '--gateway', gateway, '--endpoint', options.endpoint], {
          cwd,
        })
      await order('a')
      const { status, stderr, stdout } = await order('a', 'b')
      assert.equal(status, 1)
      assert.match(
        stderr,
        new RegExp(`^numbers-pin: a: .*"${presence}"\\. .* account; .*--again$`, 'm'),
      )
      assert.match(stdout, /^unverified .* b\n$/)
      assert.equal(posts.length, 2)
      const again = await order('a', '--again')
      assert.deepEqual([again.status, posts.length], [0, 3])
    }
  })

  test('takes an order of the account from a line that a user appends', async (t) => {
    const gateway = await gatewayWith(t)
    const cwd = await folder(t, {})
    await mkdir(join(cwd, 'photos'))
    await writeFile(join(cwd, 'photos/a.jpg'), 'one')
    const url = 'http://files.example/a'
    const { options, posts } = await service(t, answer(500))
    const names = ['photos/a.jpg', url]
    const more = ['--log', 'pins.log', '--gateway', gateway, '--endpoint', options.endpoint]
    const nightly = () => run([...names, ...more], { cwd })
    for (let night = 1; night <= 2; night += 1) assert.equal((await nightly()).status, 1)
    assert.equal(posts.length, 2)

    const readme = await readFile(new URL('../../pkg/cli/README.md', import.meta.url), 'utf8')
    const [command] = /^grep .*"found".*$/m.exec(readme)
    const receipt = `,"receipt":{"cid":"${RECEIPT.cid}"}}`
    for (const line of [
      command,
      command.replace('photos/a.jpg', url).replace(' >>', ` | sed 's|}$|${receipt}|' >>`),
    ])
      await promisify(execFile)('sh', ['-c', line], { cwd })

    const { status, stdout, stderr } = await nightly()
    const log = await entries(join(cwd, 'pins.log'))
    const { content } = log.find(({ source }) => source === names[0])
    assert.deepEqual([status, stderr, posts.length], [0, '', 2])
    assert.match(stdout, new RegExp(`^in the log +${content} +photos/a.jpg$`, 'm'))
    assert.match(stdout, new RegExp(`^in the log +${RECEIPT.cid} +${url}$`, 'm'))
  })

  test('does not order a URL again, which cannot be looked up', async (t) => {
    const { options, posts } = await service(t, answer(500))
    const cwd = await folder(t, {})
    const url = 'http://files.example/a'
    for (const name of [url, url, 'HTTP://files.example:80/a#part']) {
      const args = [name, '--log', 'log', '--endpoint', options.endpoint]
      assert.equal((await run(args, { cwd })).status, 1)
    }
    assert.equal(posts.length, 1)
  })
})
