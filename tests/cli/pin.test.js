import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, readFile, readdir, symlink, writeFile } from 'node:fs/promises'
import net from 'node:net'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { SMALL, answer, json } from '../support/faults/answers.js'
import { localGateway } from '../support/gateway.js'
import { RECEIPT, parts, service } from '../support/service.js'
import { TOKEN } from '../support/faults/leaks.js'
import { entries, folder } from './files.js'
import { run, start } from './run.js'

/** Of kubo: `ipfs add --cid-version=0 --only-hash` of "hello world". */
const SMALL_V0 = 'Qmf412jQZiuVUtdgnB36FXFX7xg5V6KEbSJ4dpQuhkLyfD'
/** The CID of other bytes, which is certainly wrong: both are of one block. */
const OTHER = 'bafkreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku'
const HELLO = { 'hello.txt': 'hello world' }

const COMMANDS = ['pin', 'move', 'cid', 'verify', 'get', 'locate', 'doctor']

const lines = (text) => text.split('\n').slice(0, -1)
const nowhere = ['--endpoint', 'http://127.0.0.1:9/']

suite('numbers-pin', { timeout: 120_000 }, () => {
  test('pins files, a URL and standard input, and prints a table', async (t) => {
    const gateway = await localGateway(t)
    const cwd = await folder(t, { ...HELLO, empty: '' })
    const args = ['hello.txt', 'empty', '-', '--endpoint', gateway.endpoint]
    const { status, stdout, stderr } = await run(args, { cwd, input: 'input' })
    assert.equal(stderr, '')
    assert.equal(status, 0)
    const rows = lines(stdout).map((line) => line.split(/ {2,}/))
    assert.deepEqual(
      rows.map(([state]) => state),
      Array(3).fill('verified'),
    )
    assert.deepEqual(rows.map((row) => row.at(-1)).sort(), ['-', 'empty', 'hello.txt'])
    assert.equal(rows.find((row) => row.at(-1) === 'hello.txt')[1], SMALL.cid)
    const url = `${gateway.url}/ipfs/${SMALL.cid}`
    const again = await run([url, '--endpoint', gateway.endpoint])
    assert.match(again.stdout, new RegExp(`^unchecked +${SMALL.cid} .* ${url}\n$`))
    assert.deepEqual(
      gateway.orders
        .map(({ filename }) => filename)
        .slice(0, 3)
        .sort(),
      ['empty', 'file', 'hello.txt'],
    )
  })

  test('sends the options, and the file name without its folder', async (t) => {
    const { options, posts } = await service(t)
    const cwd = await folder(t, HELLO)
    const terms = ['--cid-version', '0', '--no-pin']
    await run([...terms, join(cwd, 'hello.txt'), '--endpoint', options.endpoint])
    const [{ request }] = posts
    assert.equal(request.headers.authorization, `token ${TOKEN}`)
    const form = parts(posts[0]).map(({ head, bytes }) => [
      / name="(\w+)"/.exec(head)[1],
      `${bytes}`,
    ])
    assert.deepEqual(Object.fromEntries(form), { file: 'hello world', pin: 'false', version: '0' })
    assert.match(
      parts(posts[0])
        .map(({ head }) => head)
        .join(),
      /filename="hello\.txt"/,
    )
  })

  test('prints one receipt per line with --json', async (t) => {
    const gateway = await localGateway(t)
    const cwd = await folder(t, HELLO)
    const args = ['hello.txt', '--json', '--endpoint', gateway.endpoint]
    const { source, cid, verified, orderID, fileSize } = JSON.parse(
      (await run(args, { cwd })).stdout,
    )
    assert.deepEqual([source, cid, verified, fileSize], ['hello.txt', SMALL.cid, true, 11])
    assert.equal(orderID, gateway.orders[0].orderID)
  })

  test('prints a receipt while the next order is in flight', async (t) => {
    const { options } = await service(t, (exchange) =>
      exchange.nth === 1 ? json(RECEIPT)(exchange) : exchange.read(),
    )
    const cwd = await folder(t, { a: 'a', b: 'b' })
    const args = ['a', 'b', '--json', '--concurrency', '1', '--endpoint', options.endpoint]
    const { child, end } = start(args, { cwd })
    const [line] = await once(child.stdout, 'data')
    assert.equal(JSON.parse(line).source, 'a')
    child.kill('SIGKILL')
    await end
  })

  test('prints only the CIDs with --quiet', async (t) => {
    const gateway = await localGateway(t)
    const cwd = await folder(t, HELLO)
    const args = ['hello.txt', '--quiet', '--cid-version=0', '--endpoint', gateway.endpoint]
    assert.deepEqual(await run(args, { cwd }), { status: 0, stdout: `${SMALL_V0}\n`, stderr: '' })
  })

  test('continues after a failure, and exits with 1', async (t) => {
    const gateway = await localGateway(t)
    const cwd = await folder(t, HELLO)
    await symlink('nowhere', join(cwd, 'dangling'))
    await mkdir(join(cwd, 'lost+found'))
    // As Node decodes a name that is not UTF-8.
    const names = ['caf\ufffd', 'dangling', 'lost+found']
    const args = [...names, 'hello.txt', '--endpoint', gateway.endpoint]
    const { status, stdout, stderr } = await run(args, { cwd })
    assert.equal(status, 1)
    assert.equal(lines(stdout).length, 1)
    const failed = lines(stderr).map(
      (line) => /^numbers-pin: (.*?): .*; not sent, not charged$/.exec(line)[1],
    )
    assert.deepEqual(failed, names)
  })

  test('charges nothing with --no-pin, whatever happens', async (t) => {
    const cwd = await folder(t, HELLO)
    for (const serve of [answer(500, 'oh'), json({ cid: OTHER })]) {
      const { options } = await service(t, serve)
      const args = ['hello.txt', '--no-pin', '--endpoint', options.endpoint]
      const { status, stderr } = await run(args, { cwd })
      assert.equal(status, 1)
      assert.match(stderr, /; not pinned, not charged(; its receipt: .*)?$/m)
    }
  })

  test('prints whether you were charged, and how to look the CID up', async (t) => {
    const cwd = await folder(t, HELLO)
    for (const [serve, expected] of [
      [answer(401, 'no'), /hello\.txt: .*401.*; rejected, not charged$/m],
      [
        answer(500, 'oh'),
        new RegExp(`may have been pinned and charged; .* locate ${SMALL.cid}$`, 'm'),
      ],
    ]) {
      const { options } = await service(t, serve)
      const end = await run(['hello.txt', '--endpoint', options.endpoint], { cwd })
      assert.equal(end.status, 1)
      assert.equal(end.stdout, '')
      assert.match(end.stderr, expected)
    }
  })

  const isLinux = process.platform === 'linux'
  test('pins the content of a file whose reported size is 0', { skip: !isLinux }, async (t) => {
    const { options, posts } = await service(t)
    const name = '/proc/version'
    assert.equal((await run([name, '--endpoint', options.endpoint])).status, 0)
    assert.deepEqual(parts(posts[0])[0].bytes, await readFile(name))
    const { stdout } = await run(['cid', name])
    const { stdout: expected } = await run(['cid', '-'], { input: await readFile(name) })
    assert.equal(stdout.split(' ')[0], expected.split(' ')[0])
  })

  test('does not send more than the API accepts', async (t) => {
    const { options, posts } = await service(t)
    const cwd = await folder(t, { large: new Uint8Array(26_214_401) })
    const { status, stderr } = await run(['large', '--endpoint', options.endpoint], { cwd })
    assert.deepEqual([status, posts.length], [1, 0])
    assert.match(stderr, /^numbers-pin: large: .*26214400.*; not sent, not charged$/m)
  })

  test('expands glob patterns that the shell has not expanded', async (t) => {
    const { options, posts } = await service(t)
    const cwd = await folder(t, { '.hidden': '0', 'a.txt': '1', 'b.txt': '2', 'c+.txt': '3' })
    await mkdir(join(cwd, 'photos'))
    await writeFile(join(cwd, 'photos', '1.jpg'), '4')
    const { endpoint } = options
    for (const pattern of ['?.txt', 'c+*', 'ph*/*.jpg', join(cwd, 'ph*', '*')])
      assert.equal((await run([pattern, '--endpoint', endpoint], { cwd })).status, 0)
    assert.deepEqual(posts.map((post) => `${parts(post)[0].bytes}`).sort(), [
      '1',
      '2',
      '3',
      '4',
      '4',
    ])
    await writeFile(join(cwd, '[*]'), '5')
    assert.equal((await run(['[*]', '--endpoint', endpoint], { cwd })).status, 0)
    const { status, stderr } = await run(['*.png', 'a.txt', '--endpoint', endpoint], { cwd })
    assert.equal(status, 2)
    assert.match(stderr, /^numbers-pin: "\*\.png" does not exist/)
    assert.equal(posts.length, 6)
  })

  test('continues after SIGHUP without a terminal, as with nohup', async (t) => {
    const { options } = await service(t, async (exchange) => {
      await exchange.read()
      reach()
      await hungUp
      exchange.response.end(JSON.stringify(RECEIPT))
    })
    let reach, hangUp
    const reached = new Promise((resolve) => (reach = resolve))
    const hungUp = new Promise((resolve) => (hangUp = resolve))
    const cwd = await folder(t, HELLO)
    const { child, end } = start(['hello.txt', '--quiet', '--endpoint', options.endpoint], { cwd })
    await reached
    child.kill('SIGHUP')
    hangUp()
    assert.deepEqual(await end, { status: 0, stdout: `${RECEIPT.cid}\n`, stderr: '' })
  })

  test('sends no more orders after 402', async (t) => {
    const { options, posts } = await service(t, answer(402))
    const cwd = await folder(t, { a: 'a', b: 'b', c: 'c' })
    const args = ['a', 'b', 'c', '--concurrency', '1', '--endpoint', options.endpoint]
    assert.equal((await run(args, { cwd })).status, 1)
    assert.equal(posts.length, 1)
  })

  test('orders the same bytes once', async (t) => {
    const { options, posts } = await service(t)
    const cwd = await folder(t, { a: 'same', b: 'same' })
    const { stdout } = await run(['a', 'b', '--endpoint', options.endpoint], { cwd })
    assert.equal(lines(stdout).length, 2)
    assert.equal(posts.length, 1)
  })

  test('prints no control characters of names and responses', async (t) => {
    const { options } = await service(t, answer(400, '\x1b]0;owned\x07\x1b[2J\u202e'))
    const cwd = await folder(t, { 'a\x1b[31m': 'a' })
    const { stderr } = await run(['a\x1b[31m', '--endpoint', options.endpoint], { cwd })
    assert.match(stderr, /400/)
    assert.doesNotMatch(stderr, /[\x00-\x09\x0b-\x1f\x7f\u202e]/)
  })
})

suite('the token of numbers-pin', { timeout: 120_000 }, () => {
  test('is read from a file', async (t) => {
    const { options, posts } = await service(t)
    const cwd = await folder(t, { ...HELLO, token: 'of-the-file-1234567\n' })
    const args = ['hello.txt', '--token-file', 'token', '--endpoint', options.endpoint]
    assert.equal((await run(args, { cwd })).status, 0)
    assert.equal(posts[0].request.headers.authorization, 'token of-the-file-1234567')
  })

  for (const args of [['--token', TOKEN], [`--token=${TOKEN}`], ['-t', TOKEN]])
    test(`is rejected on the command line: ${args[0].slice(0, 7)}`, async () => {
      const { status, stdout, stderr } = await run(['hello.txt', ...args, ...nowhere])
      assert.equal(status, 2)
      assert.match(stderr, /CAPTURE_TOKEN.*--token-file/)
      assert.ok(!`${stdout}${stderr}`.includes(TOKEN))
    })

  test('is required', async (t) => {
    const cwd = await folder(t, { empty: '\n' })
    for (const more of [[], ['--token-file', 'empty']]) {
      const env = { CAPTURE_TOKEN: '' }
      const { status, stderr } = await run(['empty', ...more, ...nowhere], { cwd, env })
      assert.equal(status, 2)
      assert.match(stderr, /[Tt]oken/)
    }
  })

  for (const args of [
    ['--token-file', TOKEN, 'a'],
    ['--timeout', TOKEN, 'a'],
    ['--concurrency', TOKEN, 'a'],
    ['--cid-version', TOKEN, 'a'],
    [`--endpoint=${TOKEN}`, 'a'],
    ['--gateway', TOKEN, 'a'],
    [TOKEN, 'a'],
    [`--${TOKEN}`, 'a'],
    ['get', TOKEN],
    ['get', SMALL.cid, '--gateway', TOKEN],
    ['locate', TOKEN],
    [
      'locate',
      'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N',
    ],
    ['verify', TOKEN, 'a'],
    ['verify', SMALL.cid, TOKEN],
    ['cid', TOKEN],
  ])
    test(`is not printed if it is passed as something else: ${args.join(' ').slice(0, 24)}`, async (t) => {
      const cwd = await folder(t, { a: 'a' })
      const env = { CAPTURE_TOKEN: 'of-the-variable' }
      const { status, stdout, stderr } = await run(args, { cwd, env })
      assert.equal(status, args[0] === 'cid' ? 1 : 2)
      assert.match(stderr, /^numbers-pin: \S/)
      for (const part of [TOKEN.slice(0, 10), TOKEN.slice(-10), 'eyJhbGci'])
        assert.ok(!`${stdout}${stderr}`.includes(part), stderr)
    })

  test('is not in any message', async (t) => {
    const cwd = await folder(t, HELLO)
    for (const serve of [answer(401, `token ${TOKEN}`), answer(200, TOKEN), answer(500)]) {
      const { options } = await service(t, serve)
      const args = ['hello.txt', '--log', 'log', '--endpoint', options.endpoint]
      const { stdout, stderr } = await run(args, { cwd })
      assert.ok(stderr && !`${stdout}${stderr}`.includes(TOKEN))
    }
  })
})

suite('a usage error of numbers-pin', { timeout: 120_000 }, () => {
  for (const args of [
    [],
    ['--tokn=x'],
    ['cid'],
    ['cid', '--log', 'x', 'a'],
    ['get'],
    ['get', SMALL.cid, SMALL.cid],
    ['get', 'no-cid'],
    ['verify', SMALL.cid],
    ['locate', SMALL.cid, '--force'],
    ['-', '-'],
    ['-', '--log', 'log'],
    ['a', '--output', 'b'],
    ['a', '--concurrency', 'many'],
    ['a', '--concurrency', '0'],
    ['a', '--timeout', '-1'],
    ['a', '--timeout', ''],
    ['a', '--cid-version', '2'],
    ['a', '--endpoint', 'here'],
    ['a', '--endpoint', 'http://me:secret@127.0.0.1:9/'],
    ['a', '--gateway', 'http://127.0.0.1:9/?q'],
    ['a', '--again'],
    ['a', '--max-price=-1'],
    ['a', '--max-price', 'NaN'],
    ['a', '--max-price', 'Infinity'],
    ['a', '--max-price', ''],
    ['a', '--yes'],
    ['a', '--accept-new-cid'],
    ['a', '--csv'],
    ['move'],
    ['move', SMALL.cid, '--yes', '--again'],
    ['move', SMALL.cid, '--yes', '--json', '--csv'],
    ['move', SMALL.cid, '--yes', '--no-pin'],
    ['move', 'missing', '--yes'],
    ['move', SMALL.cid, '--gateway', 'http://127.0.0.1:9', '--gateway', 'here'],
    ['doctor', 'a', 'b'],
    ['a', '--log', ''],
    ['a', '--log', '.'],
    ['a', '--log', 'missing/log'],
    ['a', '--token-file', 'missing'],
    ['a', '--token-file', '.'],
    ['a', 'missing'],
    ['a', 'a/b'],
    ['a', ''],
    ['a', 'http://'],
    ['a', '*.png'],
    ['cd', 'a'],
    ['verfiy', SMALL.cid, 'a'],
    ['GET', SMALL.cid],
    ['gte', 'a'],
    ['pin'],
    ['verify', SMALL.cid, 'missing'],
    ['verify', 'a', SMALL.cid],
    ['get', 'a'],
    ['get', SMALL.cid, '-o', '.', '--force'],
    ['get', SMALL.cid, '-o', 'missing/b'],
  ])
    test(`exits with 2: ${args.join(' ')}`, async (t) => {
      const cwd = await folder(t, { a: 'a' })
      const where =
        args.some((arg) => arg === '--endpoint') ||
        /cid|get|verify|locate|move|doctor/.test(args[0])
      const { status, stdout, stderr } = await run([...args, ...(where ? [] : nowhere)], { cwd })
      assert.equal(stdout, '')
      assert.match(stderr, /^numbers-pin: \S/)
      assert.doesNotMatch(stderr, /^ +at /m)
      assert.equal(status, 2)
    })

  test('suggests a command for a misspelled one, even if a file has that name', async (t) => {
    const cwd = await folder(t, { cd: 'a' })
    const { status, stderr } = await run(['cd', 'cd', ...nowhere], { cwd })
    assert.equal(status, 2)
    assert.match(stderr, /"cd" is not a command, did you mean cid\? .*\.\/cd; see/)
  })

  for (const [args, expected] of [
    [['a', '--concurrency', 'x'], '--concurrency must be a whole number from 1 to 1000, got "x"'],
    [
      ['a', '--concurrency', '1.5'],
      '--concurrency must be a whole number from 1 to 1000, got "1.5"',
    ],
    [['a', '--max-prize', 'x'], 'Unknown option --max-prize, did you mean --max-price?'],
    [['-a'], 'Unknown option -a; a file of this name follows after --'],
    [['a', '--cid-version', '2'], '--cid-version must be 0 or 1, got "2"'],
    [['cid', 'a', '--cid-version', ''], '--cid-version must be 0 or 1, got ""'],
    [['a', '--timeout', 'x'], '--timeout must be seconds from 0 (no limit) to 2147483, got "x"'],
    [
      ['get', SMALL.cid, '--timeout=-1'],
      '--timeout must be seconds from 0 (no limit) to 2147483, got "-1"',
    ],
    [
      ['locate', SMALL.cid, '--timeout', '1e9'],
      '--timeout must be seconds from 0 (no limit) to 2147483, got "1e9"',
    ],
  ])
    test(`names the option and the value, before any file is read: ${args.join(' ')}`, async (t) => {
      const cwd = await folder(t, {})
      const more = args[0] === 'a' ? ['--token-file', 'missing', '--log', 'log'] : []
      const { status, stderr } = await run([...args, ...more], { cwd })
      assert.equal(stderr, `numbers-pin: ${expected}; see numbers-pin --help\n`)
      assert.equal(status, 2)
      assert.deepEqual(await readdir(cwd), [])
    })

  test('is printed in one line, although that of Node has several', async (t) => {
    const cwd = await folder(t, { a: 'a' })
    const { status, stderr } = await run(['--timeout', '-1', 'a'], { cwd })
    assert.match(stderr, /^numbers-pin: [ -~]+'--timeout=-XYZ'; see numbers-pin --help\n$/)
    assert.equal(status, 2)
  })
})

suite('numbers-pin as an installed program', { timeout: 120_000 }, () => {
  for (const silent of ['a server', 'a proxy'])
    test(`was not ordered if Ctrl-C comes while ${silent} is connected`, async (t) => {
      const server = net.createServer((socket) => socket.once('data', () => child.kill('SIGINT')))
      t.after(() => server.close())
      await once(server.listen(0, '127.0.0.1'), 'listening')
      const url = `127.0.0.1:${server.address().port}`
      const env = silent === 'a proxy' ? { https_proxy: url } : {}
      const endpoint = silent === 'a proxy' ? 'https://example.invalid/' : `https://${url}/`
      const cwd = await folder(t, HELLO)
      const args = ['hello.txt', '--log', 'log', '--endpoint', endpoint, '--timeout', '0']
      const { child, end } = start(args, { cwd, env })
      const { status, stdout, stderr } = await end
      assert.deepEqual([status, stdout], [130, ''])
      assert.match(stderr, /^may have been ordered: 0\nnot ordered: 1\n  hello\.txt$/m)
      const [, { event, error }] = await entries(join(cwd, 'log'))
      assert.deepEqual([event, error.outcome], ['failed', 'not-sent'])
    })

  test('runs with npx', async (t) => {
    const cwd = await folder(t, { 'package.json': '{ "private": true }', ...HELLO })
    const npm = (...args) => promisify(execFile)('npm', args, { cwd })
    const pkg = fileURLToPath(new URL('../../pkg', import.meta.url))
    await npm('install', '--offline', '--ignore-scripts', '--no-audit', '--no-fund', pkg)
    const { stdout } = await npm('exec', '--offline', '--', 'numbers-pin', 'cid', 'hello.txt')
    assert.equal(stdout, `${SMALL.cid}  hello.txt\n`)
  })

  test('prints help that fits a terminal', async () => {
    for (const args of [[], ...COMMANDS.map((name) => [name])]) {
      const { status, stdout, stderr } = await run([...args, '--help'])
      assert.deepEqual([status, stderr], [0, ''])
      assert.match(stdout, new RegExp(`^Usage: numbers-pin \\[?${args[0] ?? 'FILE'}`))
      assert.match(stdout, /^Example: .*numbers-pin /m)
      assert.ok(lines(stdout).length <= 24)
      for (const line of lines(stdout)) assert.ok(line.length <= 80, line)
    }
    assert.match((await run(['--help'])).stdout, /CAPTURE_TOKEN/)
  })

  test('prints its version', async () => {
    const { default: own } = await import('../../pkg/package.json', { with: { type: 'json' } })
    assert.deepEqual(await run(['--version']), {
      status: 0,
      stdout: `${own.version}\n`,
      stderr: '',
    })
  })
})
