import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { chmod, mkdir, readFile, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { promisify } from 'node:util'
import { Journal } from '../../pkg-template/cli/journal.js'
import { PRICE } from '../../pkg/index.js'
import { SMALL, answer, json } from '../support/faults/answers.js'
import { RECEIPT, service } from '../support/service.js'
import { folder } from './files.js'
import { run } from './run.js'

const lines = (text) => text.split('\n').slice(0, -1)
const nowhere = ['--endpoint', 'http://127.0.0.1:9/']
const withoutToken = { CAPTURE_TOKEN: '' }

suite('numbers-pin --dry-run', { timeout: 120_000 }, () => {
  test('prints CIDs, what would happen and the price, and needs no token', async (t) => {
    const cwd = await folder(t, { 'a.txt': 'hello world', copy: 'hello world', b: 'two' })
    const args = ['a.txt', 'copy', 'b', 'http://files.example/x', '--dry-run', ...nowhere]
    const { status, stdout, stderr } = await run(args, { cwd, env: withoutToken })
    assert.deepEqual([status, stderr], [0, ''])
    const [a, copy, b, url, price] = lines(stdout)
    assert.match(a, new RegExp(`^order +${SMALL.cid} +11 B +a\\.txt$`))
    assert.match(copy, new RegExp(`^duplicate +${SMALL.cid} +11 B +copy$`))
    assert.match(b, /^order +bafkrei\w+ +3 B +b$/)
    assert.match(url, /^order +http:\/\/files\.example\/x$/)
    const [num, gas] = [3 * PRICE.num, 3 * PRICE.gas].map((sum) => Number(sum.toFixed(3)))
    assert.ok(
      price.startsWith(`3 orders to pay: ${num} NUM every ${PRICE.days} days, and about ${gas}`),
    )
  })

  test('exits with 1 if something cannot be ordered', async (t) => {
    const cwd = await folder(t, { large: new Uint8Array(26_214_401), a: 'a' })
    await mkdir(join(cwd, 'inner'))
    const args = ['large', 'inner', 'a', '--dry-run', '--json']
    const { status, stdout } = await run(args, { cwd, env: withoutToken })
    assert.equal(status, 1)
    const [large, inner, a, price] = lines(stdout).map((line) => JSON.parse(line))
    assert.deepEqual([large.action, inner.action, a.action], ['too large', 'unreadable', 'order'])
    assert.match(large.reason, /26214400/)
    assert.match(inner.reason, /folder.* inner\/\*$/)
    assert.deepEqual(price, {
      orders: 1,
      price: { num: PRICE.num, gas: PRICE.gas, days: PRICE.days, asOf: PRICE.asOf },
    })
  })

  test('reads the journal, and does not change it', async (t) => {
    const cwd = await folder(t, { a: 'one', b: 'two', c: 'three' })
    const { options, posts } = await service(t, (exchange) =>
      (exchange.nth === 1 ? json(RECEIPT) : answer(500))(exchange),
    )
    const more = ['--log', 'log', '--concurrency', '1', '--endpoint', options.endpoint]
    await run(['a', 'b', ...more], { cwd })
    const before = await readFile(join(cwd, 'log'))
    const dry = await run(['a', 'b', 'c', '--dry-run', ...more], { cwd, env: withoutToken })
    assert.equal(dry.status, 1)
    const states = lines(dry.stdout).map((line) => line.split(/ {2,}/)[0])
    assert.deepEqual(states.slice(0, 3), ['in the log', 'unknown', 'order'])
    assert.match(states[3], /^1 order to pay/)
    const again = await run(['a', 'b', 'c', '--dry-run', '--again', ...more], { cwd })
    assert.equal(again.status, 0)
    assert.deepEqual(await readFile(join(cwd, 'log')), before)
    assert.equal(posts.length, 2)
  })

  test('exits with 1 for an order that was charged and failed', async (t) => {
    const cwd = await folder(t, { a: 'one' })
    const { options } = await service(t, json({ cid: SMALL.cid }))
    const args = ['a', '--log', 'log', '--endpoint', options.endpoint]
    const real = await run(args, { cwd })
    assert.equal(real.status, 1)
    assert.match(real.stderr, new RegExp(`was pinned and charged; its receipt: .*${SMALL.cid}`))
    const { status, stdout } = await run([...args, '--dry-run'], { cwd, env: withoutToken })
    assert.equal(status, 1)
    assert.match(stdout, /^in the log .*not that of the bytes sent$/m)
  })

  test('reads a journal that another run has open, and that it may not write', async (t) => {
    const cwd = await folder(t, { a: 'one', log: '' })
    const journal = new Journal(join(cwd, 'log'))
    await chmod(join(cwd, 'log'), 0o400)
    const { status, stderr } = await run(['a', '--dry-run', '--log', 'log'], { cwd })
    journal.close()
    assert.deepEqual([status, stderr], [0, ''])
  })

  test('rejects a journal that is a named pipe or a folder', async (t) => {
    const cwd = await folder(t, { a: 'one' })
    await promisify(execFile)('mkfifo', ['pipe'], { cwd })
    for (const log of ['pipe', '.'])
      assert.match(
        (await run(['a', '--dry-run', '--log', log], { cwd })).stderr,
        /exists and is not a numbers-pin journal/,
      )
  })

  test('creates no journal, and reads standard input', async (t) => {
    const cwd = await folder(t, { a: 'a' })
    assert.equal((await run(['a', '--dry-run', '--log', 'log'], { cwd })).status, 0)
    assert.deepEqual(await readdir(cwd), ['a'])
    const { stdout } = await run(['-', '--dry-run', '--quiet'], { input: 'hello world' })
    assert.equal(stdout, `${SMALL.cid}\n`)
  })

  test('has no price for --no-pin', async (t) => {
    const cwd = await folder(t, { a: 'a' })
    const { stdout } = await run(['a', '--dry-run', '--no-pin'], { cwd })
    assert.match(stdout, /^0 orders to pay: 0 NUM/m)
  })
})

suite('numbers-pin --max-price', { timeout: 120_000 }, () => {
  test('rejects a run that would cost more, before the first order', async (t) => {
    const cwd = await folder(t, { a: 'one', b: 'two', copy: 'one' })
    const { options, posts } = await service(t)
    const more = ['--log', 'log', '--endpoint', options.endpoint]
    const order = (max, ...args) => run([...args, '--max-price', max, ...more], { cwd })
    const { status, stdout, stderr } = await order('0.057', 'a', 'b', 'copy')
    assert.deepEqual([status, stdout, posts.length], [1, '', 0])
    assert.match(stderr, /0\.058 NUM, more than --max-price 0\.057: nothing was ordered\n$/)
    assert.equal((await order('0.058', 'a', 'b', 'copy')).status, 0)
    assert.equal(posts.length, 2)
    // What is in the journal costs nothing.
    assert.equal((await order('0', 'a', 'b')).status, 0)
    await writeFile(join(cwd, 'c'), 'three')
    assert.equal((await order('0', 'a', 'c')).status, 1)
    assert.equal(posts.length, 2)
  })

  test('is not exceeded by a file that changes after its price was checked', async (t) => {
    const cwd = await folder(t, { a: 'one', b: 'two', copy: 'one' })
    const { options, posts } = await service(t, async (exchange) => {
      await writeFile(join(cwd, 'copy'), 'three')
      return json({ cid: RECEIPT.cid })(exchange)
    })
    const more = ['--concurrency', '1', '--max-price', '0.058', '--endpoint', options.endpoint]
    const { status, stderr } = await run(['a', 'b', 'copy', ...more], { cwd })
    assert.equal(status, 1)
    assert.match(stderr, /copy: The file has changed since its price was checked.*not charged/)
    assert.equal(posts.length, 2)
  })

  test('counts standard input as one order, and orders it', async (t) => {
    const { options, posts } = await service(t)
    const args = ['-', '--endpoint', options.endpoint, '--max-price']
    assert.equal((await run([...args, '0.01'], { input: 'input' })).status, 1)
    assert.equal((await run([...args, '0.1'], { input: 'input' })).status, 0)
    assert.equal(posts.length, 1)
  })
})
