import assert from 'node:assert/strict'
import fs from 'node:fs'
import { appendFile, readFile, writeFile } from 'node:fs/promises'
import { syncBuiltinESMExports } from 'node:module'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { Batch } from '../../pkg/cli/batch.js'
import { Journal } from '../../pkg/cli/journal.js'
import { pinAll } from '../../pkg/index.js'
import { answer, json } from '../support/faults/answers.js'
import { RECEIPT, parts, service } from '../support/service.js'
import { folder } from './files.js'
import { run, start } from './run.js'

const NAMES = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']
const FILES = Object.fromEntries(NAMES.map((name) => [name, `file ${name}`]))

/** The names of the files that a service has received, sorted. */
const sent = (posts) => posts.map((post) => /filename="(\w+)"/.exec(parts(post)[0].head)[1]).sort()

const call = (options, ...more) => [
  ...NAMES,
  ...['--log', 'log', '--json', '--concurrency', '2', '--endpoint', options.endpoint],
  ...more,
]

const entries = async (path) =>
  (await readFile(path, 'utf8'))
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))

suite('the journal', { timeout: 120_000 }, () => {
  test('resumes a killed run: only orders that were in flight are sent again', async (t) => {
    const cwd = await folder(t, FILES)
    const log = join(cwd, 'log')
    let isPaused = true
    let reach
    const inFlight = new Promise((resolve) => (reach = resolve))
    const { options, posts } = await service(t, async (exchange) => {
      await exchange.read()
      if (exchange.nth === 6) reach()
      if (!isPaused || exchange.nth <= 4) exchange.response.end(JSON.stringify(RECEIPT))
    })
    const { child, end } = start(call(options), { cwd })
    await inFlight
    child.kill('SIGKILL')
    const first = await end

    const before = await entries(log)
    const pinned = before.filter(({ event }) => event === 'pinned').map(({ source }) => source)
    const ordered = before.filter(({ event }) => event === 'ordering').map(({ source }) => source)
    const unknown = ordered.filter((source) => !pinned.includes(source))
    assert.equal(pinned.length, 4)
    assert.equal(unknown.length, 2)
    const printed = first.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).source)
    assert.deepEqual(printed.sort(), pinned.sort())

    isPaused = false
    const { status, stdout, stderr } = await run(call(options), { cwd })
    assert.equal(status, 0)
    assert.deepEqual(sent(posts), [...NAMES, ...unknown].sort())
    for (const name of NAMES)
      assert.equal(stderr.includes(`${name}: may have been ordered`), unknown.includes(name))
    const receipts = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).source)
    assert.deepEqual(receipts.sort(), NAMES)

    const third = await run(call(options), { cwd })
    assert.equal(third.stdout.trim().split('\n').length, NAMES.length)
    assert.equal(third.stderr, '')
    assert.equal(posts.length, 10)
  })

  test('identifies a file by its content, not by its name', async (t) => {
    const cwd = await folder(t, { a: 'one' })
    const { options, posts } = await service(t)
    const args = ['a', '--log', 'log', '--endpoint', options.endpoint]
    await run(args, { cwd })
    await writeFile(join(cwd, 'b'), 'one')
    await run(['b', ...args.slice(1)], { cwd })
    assert.equal(posts.length, 1)
    await writeFile(join(cwd, 'a'), 'two')
    await run(args, { cwd })
    assert.equal(posts.length, 2)
  })

  test('keeps a receipt if the order of a copy fails', async (t) => {
    const cwd = await folder(t, { a: 'one', b: 'two', copy: 'one' })
    const { options, posts } = await service(t, (exchange) =>
      (exchange.nth === 2 ? answer(402) : json(RECEIPT))(exchange),
    )
    const more = ['--log', 'log', '--concurrency', '1', '--endpoint', options.endpoint]
    const { status, stdout } = await run(['a', 'b', 'copy', ...more], { cwd })
    assert.equal(status, 1)
    assert.equal(stdout.trim().split('\n').length, 2)
    await run(['a', 'copy', ...more], { cwd })
    assert.equal(posts.length, 2)
    assert.equal((await run(['b', ...more], { cwd })).status, 0)
    assert.equal(posts.length, 3)
  })

  test('does not warn about a copy of a file of the same run', async (t) => {
    const cwd = await folder(t, { a: 'one', copy: 'one' })
    const { options, posts } = await service(t, answer(500))
    for (const concurrency of ['1', '4']) {
      const more = ['--log', concurrency, '--concurrency', concurrency]
      const args = ['a', 'copy', ...more, '--endpoint', options.endpoint]
      assert.ok(!(await run(args, { cwd })).stderr.includes('may have been ordered'))
    }
    assert.equal(posts.length, 2)
  })

  test('remembers an order without a result after a later refusal', async (t) => {
    const cwd = await folder(t, { a: 'one' })
    const { options } = await service(t, ({ nth, ...exchange }) =>
      (nth < 4 ? answer(401) : json(RECEIPT))(exchange),
    )
    const call = () => run(['a', '--log', 'log', '--endpoint', options.endpoint], { cwd })
    const warns = async () => (await call()).stderr.includes('may have been ordered')
    assert.equal(await warns(), false)
    const [ordering] = (await readFile(join(cwd, 'log'), 'utf8')).split('\n')
    await appendFile(join(cwd, 'log'), `${ordering}\n`)
    assert.deepEqual(
      [await warns(), await warns(), await warns(), await warns()],
      [true, true, true, false],
    )
  })

  test('remembers an unknown outcome after a later refusal', async (t) => {
    const cwd = await folder(t, { a: 'one' })
    const { options } = await service(t, ({ nth, ...exchange }) =>
      ([answer(500), answer(401)][nth - 1] ?? json(RECEIPT))(exchange),
    )
    const call = () => run(['a', '--log', 'log', '--endpoint', options.endpoint], { cwd })
    const warns = async () => (await call()).stderr.includes('may have been ordered')
    assert.deepEqual(
      [await warns(), await warns(), await warns(), await warns()],
      [false, true, true, false],
    )
  })

  test('identifies an order by its endpoint, version and pin too', async (t) => {
    const cwd = await folder(t, { a: 'one' })
    const [one, other] = [await service(t), await service(t)]
    const order = (at, ...more) =>
      run(['a', '--log', 'log', '--endpoint', at.options.endpoint, ...more], { cwd })
    await order(one)
    await order(one, '--cid-version', '1')
    assert.equal(one.posts.length, 1)
    await order(one, '--no-pin')
    await order(one, '--cid-version', '0')
    await order(other)
    assert.deepEqual([one.posts.length, other.posts.length], [3, 1])
  })

  test('sends a refused order again, and warns if one may have been processed', async (t) => {
    for (const [status, isUnknown] of [
      [401, false],
      [500, true],
    ]) {
      const cwd = await folder(t, { a: 'one' })
      const { options } = await service(t, (exchange) =>
        (exchange.nth === 1 ? answer(status) : json(RECEIPT))(exchange),
      )
      const args = ['a', '--log', 'log', '--endpoint', options.endpoint]
      assert.equal((await run(args, { cwd })).status, 1)
      const { status: good, stderr } = await run(args, { cwd })
      assert.equal(good, 0)
      assert.equal(stderr.includes('may have been ordered'), isUnknown)
    }
  })

  test('ignores an incomplete last line', async (t) => {
    const cwd = await folder(t, { a: 'one', b: 'two' })
    const log = join(cwd, 'log')
    const { options, posts } = await service(t)
    const args = ['a', 'b', '--log', 'log', '--endpoint', options.endpoint]
    await run(args.slice(1), { cwd })
    const [whole] = (await readFile(log, 'utf8')).split('\n')
    for (const length of [1, 5, 20, whole.length - 1]) {
      await appendFile(log, whole.slice(0, length))
      assert.equal((await run(args, { cwd })).status, 0)
      assert.ok((await entries(log)).length >= 4)
    }
    assert.equal(posts.length, 2)
  })

  test('rejects a file that is not a journal', async (t) => {
    const { options, posts } = await service(t)
    for (const other of ['one', 'one\n', '{}\n', '{"event":"x"}\n', '\0\x01\x02']) {
      const cwd = await folder(t, { a: 'one', other })
      const args = ['a', '--log', 'other', '--endpoint', options.endpoint]
      const { status, stderr } = await run(args, { cwd })
      assert.equal(status, 1)
      assert.match(stderr, /other is there already/)
      assert.equal(await readFile(join(cwd, 'other'), 'utf8'), other)
    }
    assert.equal(posts.length, 0)
  })

  test('stops the run before the next order if it cannot be written', async (t) => {
    const { options, posts } = await service(t)
    const cwd = await folder(t, FILES)
    const journal = new Journal(join(cwd, 'log'))
    journal.write = () => {
      throw Object.assign(new Error('The disk is full'), { code: 'ENOSPC' })
    }
    const silent = { print() {}, complain() {}, complete() {}, skip() {} }
    const { signal } = new AbortController()
    const context = { journal, terms: {}, bar: silent, terminal: silent, options: {}, signal }
    const batch = new Batch(
      NAMES.map((name) => join(cwd, name)),
      context,
    )
    assert.deepEqual(await pinAll(batch.sources(), options), [])
    assert.equal(batch.failure.code, 'ENOSPC')
    assert.equal(batch.signal.aborted, true)
    assert.equal(posts.length, 0)
  })

  test('keeps a line that another program appends while it is opened', async (t) => {
    const path = join(await folder(t, {}), 'log')
    const line = `${JSON.stringify({ event: 'ordering', source: 'a', content: 'b', terms: {} })}\n`
    await writeFile(path, line)
    const { readFileSync } = fs
    t.mock.method(fs, 'readFileSync', (file, ...args) => {
      const text = readFileSync(file, ...args)
      if (typeof file === 'number') fs.appendFileSync(path, line)
      return text
    })
    syncBuiltinESMExports()
    new Journal(path).close()
    t.mock.restoreAll()
    syncBuiltinESMExports()
    assert.equal(await readFile(path, 'utf8'), line + line)
  })

  test('reports the write error if truncating fails too, and truncates before the next line', async (t) => {
    const path = join(await folder(t, {}), 'log')
    const journal = new Journal(path)
    const order = { source: 'a', content: 'b', terms: {} }
    journal.write('ordering', order)
    const { writeFileSync } = fs
    t.mock.method(fs, 'writeFileSync', (file, line) => {
      writeFileSync(file, line.slice(0, 20))
      throw Object.assign(new Error('The disk is full'), { code: 'ENOSPC' })
    })
    t.mock.method(fs, 'ftruncateSync', () => {
      throw Object.assign(new Error('The disk is gone'), { code: 'EIO' })
    })
    syncBuiltinESMExports()
    const message = `${path} could not be written: The disk is full`
    assert.throws(() => journal.write('pinned', order), { message })
    t.mock.restoreAll()
    syncBuiltinESMExports()
    journal.write('pinned', order)
    journal.close()
    assert.deepEqual(
      (await entries(path)).map(({ event }) => event),
      ['ordering', 'pinned'],
    )
  })
})
