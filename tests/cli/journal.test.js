import assert from 'node:assert/strict'
import fs from 'node:fs'
import { appendFile, link, readFile, rename, rm, utimes, writeFile } from 'node:fs/promises'
import { syncBuiltinESMExports } from 'node:module'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { Batch } from '../../pkg-template/cli/batch.js'
import { Journal } from '../../pkg-template/cli/journal.js'
import { pinAll } from '../../pkg/index.js'
import { answer, json } from '../support/faults/answers.js'
import { serve } from '../support/server.js'
import { RECEIPT, parts, service } from '../support/service.js'
import { entries, folder } from './files.js'
import { run, start } from './run.js'

const NAMES = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']
const FILES = Object.fromEntries(NAMES.map((name) => [name, `file ${name}`]))

/** Orders of files in a folder, and how a batch reads them. */
const ordersOf = (names) => names.map((source) => ({ source, content: source, terms: {} }))
const open = async ({ source }) => ({ source: new Blob([source]) })

/** The names of the files that a service has received, sorted. */
const sent = (posts) => posts.map((post) => /filename="(\w+)"/.exec(parts(post)[0].head)[1]).sort()

const call = (options, ...more) => [
  ...NAMES,
  ...['--log', 'log', '--json', '--concurrency', '2', '--endpoint', options.endpoint],
  ...more,
]

suite('the journal', { timeout: 300_000 }, () => {
  test('resumes a killed run: only orders that were in flight are sent again, with --again', async (t) => {
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
    const { status, stdout, stderr } = await run(call(options, '--again'), { cwd })
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

  test('identifies an endpoint by its URL, not by its spelling', async (t) => {
    const cwd = await folder(t, { a: 'one' })
    const { options, posts } = await service(t)
    const { href, host, pathname } = new URL(options.endpoint)
    for (const endpoint of [href, `HTTP://${host}/.${pathname}`, `${href}#part`])
      assert.equal((await run(['a', '--log', 'log', '--endpoint', endpoint], { cwd })).status, 0)
    assert.equal(posts.length, 1)
    const content = 'http://h:1'
    const terms = { endpoint: content }
    const older = { event: 'pinned', content, terms, receipt: RECEIPT }
    await writeFile(join(cwd, 'older'), `${JSON.stringify(older)}\n`)
    const journal = new Journal(join(cwd, 'older'))
    const last = (terms) => journal.last({ content: 'http://h:1/', terms })?.event
    assert.equal(last({ endpoint: 'http://h:1/' }), 'pinned')
    assert.equal(last({}), undefined)
    journal.write('pinned', { source: content, content, terms: {} })
    assert.equal(last({ endpoint: 'https://eoqctv92ahgrcif.m.pipedream.net' }), 'pinned')
    journal.close()
  })

  test('has the CID of the sent bytes if a file is replaced while it is ordered', async (t) => {
    const cwd = await folder(t, { a: 'before' })
    const path = join(cwd, 'a')
    await utimes(path, 1, 1)
    const { options, posts } = await service(t)
    const args = ['a', '--log', 'log', '--endpoint', options.endpoint]
    const sentAs = async (content) => {
      const { stdout } = await run(['cid', '-'], { input: content })
      return stdout.split(' ')[0]
    }
    // The file is replaced as soon as the journal has its first line.
    const preload = join(cwd, 'replace.mjs')
    await writeFile(
      preload,
      `import fs from 'node:fs'
      import { syncBuiltinESMExports } from 'node:module'
      const { fsyncSync } = fs
      fs.fsyncSync = (file) => {
        fsyncSync(file)
        if (!fs.fstatSync(file).isFile()) return
        fs.writeFileSync('a', 'after!')
        fs.utimesSync('a', 1, 1)
      }
      syncBuiltinESMExports()`,
    )
    const env = { NODE_OPTIONS: `--import=${pathToFileURL(preload)}` }
    assert.equal((await run(args, { cwd, env })).status, 0)
    const [{ content }] = await entries(join(cwd, 'log'))
    const [file] = parts(posts[0])
    assert.equal(content, await sentAs(file.bytes))
    await run(args, { cwd })
    assert.deepEqual(posts.map((post) => `${parts(post)[0].bytes}`).sort(), ['after!', 'before'])
  })

  test('has a receipt before it is printed, even if it is deeply nested', async (t) => {
    const nested = `{"cid":"${RECEIPT.cid}","orderID":"7","x":${'['.repeat(1e5)}${']'.repeat(1e5)}}`
    for (const more of [['--json'], []]) {
      const cwd = await folder(t, { a: 'one' })
      const { options, posts } = await service(t, answer(200, nested))
      const args = ['a', '--log', 'log', ...more, '--endpoint', options.endpoint]
      const { status, stdout, stderr } = await run(args, { cwd })
      const pinned = (await entries(join(cwd, 'log'))).at(-1)
      // The library may reject such a receipt: then it is an order whose outcome is known.
      assert.notEqual(pinned.event, 'ordering')
      assert.equal(status, pinned.event === 'pinned' ? 0 : 1)
      if (status === 0) {
        assert.match(stdout, new RegExp(RECEIPT.cid))
        assert.deepEqual([pinned.receipt.cid, pinned.receipt.orderID], [RECEIPT.cid, '7'])
      } else assert.notEqual(stderr, '')
      await run(args, { cwd })
      assert.equal(posts.length, 1)
    }
  })

  test('has a receipt that cannot be printed, and the run fails', async (t) => {
    const cwd = await folder(t, {})
    const { options, posts } = await service(t)
    const journal = new Journal(join(cwd, 'log'))
    const terminal = {
      print() {
        throw new Error('The terminal is gone')
      },
      complain() {},
    }
    const { signal } = new AbortController()
    const bar = { complete() {}, skip() {} }
    const row = ({ receipt }) => receipt.cid
    const batch = new Batch(ordersOf(['a', 'b']), { journal, bar, terminal, signal, open, row })
    const onResult = (result, index) => batch.attempt(() => batch.end(index, result))
    await pinAll(batch.sources(), { ...options, concurrency: 1, onResult })
    journal.close()
    assert.equal(batch.failure.message, 'The terminal is gone')
    assert.equal(posts.length, 1)
    assert.deepEqual(
      (await entries(join(cwd, 'log'))).map(({ event }) => event),
      ['ordering', 'pinned'],
    )
  })

  test('follows an editor that replaces it during a run', async (t) => {
    const path = join(await folder(t, { new: '' }), 'log')
    const order = (source) => ({ source, content: source, terms: {} })
    const journal = new Journal(path)
    journal.write('ordering', order('a'))
    await rename(join(path, '../new'), path)
    journal.write('ordering', order('b'))
    await rm(path)
    journal.write('pinned', order('a'), { receipt: RECEIPT })
    await writeFile(join(path, '../newer'), '')
    await rename(join(path, '../newer'), path)
    journal.close()
    const lines = (await entries(path)).map(({ event, source }) => `${event} ${source}`)
    assert.deepEqual(lines, ['ordering a', 'ordering b', 'pinned a'])
  })

  test('is not written to a file that replaces it and is not a journal', async (t) => {
    const path = join(await folder(t, { photo: 'photo' }), 'log')
    const journal = new Journal(path)
    await rename(join(path, '../photo'), path)
    const order = { source: 'a', content: 'b', terms: {} }
    for (let run = 0; run < 2; run += 1)
      assert.throws(() => journal.write('pinned', order), /is not a numbers-pin journal/)
    assert.throws(() => journal.close(), /is not a numbers-pin journal/)
    assert.equal(await readFile(path, 'utf8'), 'photo')
  })

  test('is rejected under a second name', async (t) => {
    const cwd = await folder(t, { a: 'one' })
    const { options, posts } = await service(t)
    const order = (log) => run(['a', '--log', log, '--endpoint', options.endpoint], { cwd })
    await order('log')
    await link(join(cwd, 'log'), join(cwd, 'other'))
    const { status, stderr } = await order('other')
    assert.equal(status, 1)
    assert.match(stderr, /other has hard links/)
    assert.equal(posts.length, 1)
  })

  test('ignores a last line with the NUL bytes of a power cut', async (t) => {
    const path = join(await folder(t, {}), 'log')
    const line = `${JSON.stringify({ event: 'ordering', source: 'a', content: 'b', terms: {} })}\n`
    const nul = '\0'.repeat(5000)
    for (const [before, damage] of [
      ['', nul],
      [line, nul],
      [line, `{"event":"ord${nul}`],
      [line, `${nul}}\n`],
      [line, `${nul},"terms":{}}`],
    ]) {
      await writeFile(path, before + damage)
      new Journal(path).close()
      assert.equal(await readFile(path, 'utf8'), before)
    }
    await writeFile(
      path,
      Buffer.concat([Buffer.from(line), Buffer.from('{"event":"\u00e9').subarray(0, -1)]),
    )
    new Journal(path).close()
    assert.equal(await readFile(path, 'utf8'), line)
  })

  test('keeps a last line whose line feed an editor has left out', async (t) => {
    const cwd = await folder(t, { a: 'one' })
    const log = join(cwd, 'log')
    const { options, posts } = await service(t)
    const args = ['a', '--log', 'log', '--endpoint', options.endpoint]
    await run(args, { cwd })
    const [ordering, pinned] = (await readFile(log, 'utf8')).split('\n')
    const { url } = await serve(t, (_, response) => response.writeHead(404).end())
    for (const [last, status] of [
      [`${ordering}\n${pinned}`, 0],
      [ordering, 1],
    ]) {
      await writeFile(log, last)
      const again = await run([...args, '--gateway', url], { cwd })
      assert.equal(again.status, status, again.stderr)
      assert.equal(await readFile(log, 'utf8'), `${last}\n`)
    }
    assert.equal(posts.length, 1)
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

  test('is written to a file that replaces it, whatever lines that has', async (t) => {
    const path = join(await folder(t, {}), 'log')
    const journal = new Journal(path)
    const order = { source: 'a', content: 'b', terms: {} }
    journal.write('ordering', order)
    const edited = [order, { content: 5 }].map((more) => ({ event: 'ordering', ...more }))
    await writeFile(`${path}.new`, edited.map((line) => `${JSON.stringify(line)}\n`).join(''))
    await rename(`${path}.new`, path)
    journal.write('pinned', order, { receipt: RECEIPT })
    journal.close()
    assert.deepEqual((await entries(path)).at(-1).receipt, RECEIPT)
  })

  test('rejects a line that lacks what its order is known by, and names it', async (t) => {
    const whole = { event: 'ordering', content: 'b', terms: {} }
    for (const change of [
      { content: 5 },
      { terms: null },
      { event: 'pinned' },
      { event: 'pinned', receipt: {} },
      { event: 'found', content: 'http://a.example/' },
    ]) {
      const log = [whole, { ...whole, ...change }].map((line) => `${JSON.stringify(line)}\n`)
      const cwd = await folder(t, { a: 'a', log: log.join('') })
      const { status, stderr } = await run(['a', '--log', 'log'], { cwd })
      assert.equal(status, 1)
      assert.match(stderr, /Line 2 of .*log is not an entry of a journal: nothing was ordered/)
    }
  })

  test('rejects a file that is not a journal', async (t) => {
    const { options, posts } = await service(t)
    for (const other of ['one', 'one\n', '{}\n', '{"event":"x"}\n', '\0\x01\x02', '\0\x01\n']) {
      const cwd = await folder(t, { a: 'one', other })
      const args = ['a', '--log', 'other', '--endpoint', options.endpoint]
      const { status, stderr } = await run(args, { cwd })
      assert.equal(status, 1)
      assert.match(stderr, /other exists and is not a numbers-pin journal/)
      assert.equal(await readFile(join(cwd, 'other'), 'utf8'), other)
    }
    assert.equal(posts.length, 0)
  })

  test('stops the run before the next order if it cannot be written', async (t) => {
    const { options, posts } = await service(t)
    const cwd = await folder(t, {})
    const journal = new Journal(join(cwd, 'log'))
    journal.write = () => {
      throw Object.assign(new Error('The disk is full'), { code: 'ENOSPC' })
    }
    const silent = { print() {}, complain() {}, complete() {}, skip() {} }
    const { signal } = new AbortController()
    const context = { journal, bar: silent, terminal: silent, signal, open }
    const batch = new Batch(ordersOf(NAMES), context)
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
