import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { spawn } from '@lydell/node-pty'
import { LARGE, json } from '../support/faults/answers.js'
import { localGateway, pinned } from '../support/gateway.js'
import { RECEIPT, service } from '../support/service.js'
import { folder } from './files.js'
import { CLI, environment } from './run.js'

/** Runs the command line in a terminal of this width. */
function start(args, { cwd, env, cols = 100 }) {
  const options = { cwd, cols, rows: 24, env: environment({ TERM: 'xterm-256color', ...env }) }
  const terminal = spawn(process.execPath, [CLI, ...args], options)
  let seen = ''
  const waiting = new Set()
  terminal.onData((text) => {
    seen += text
    for (const look of waiting) look()
  })
  const end = new Promise((ended) =>
    terminal.onExit(({ exitCode, signal }) => ended({ status: exitCode, signal, seen })),
  )
  return {
    terminal,
    end,
    /** Resolves when the output matches. */
    sees: (pattern) =>
      new Promise((found) => {
        const look = () => pattern.test(seen) && (waiting.delete(look), found())
        waiting.add(look)
        look()
      }),
  }
}

/** The lines that are on the screen at the end. */
function screen(seen) {
  return seen
    .split('\r\n')
    .map((line) => line.split(/\r\x1b\[K/).at(-1))
    .filter((line) => line !== '')
}

const COLOR = /\x1b\[\d+m/

suite('numbers-pin in a terminal', { timeout: 120_000 }, () => {
  test('draws a progress bar with count, bytes and rate, and clears it', async (t) => {
    const { options } = await service(t, json({ ...RECEIPT, fileSize: LARGE.size }))
    const cwd = await folder(t, { large: LARGE.bytes(), small: 'small' })
    const args = ['large', 'small', '--endpoint', options.endpoint]
    const { status, seen } = await start(args, { cwd }).end
    assert.equal(status, 0)
    assert.match(seen, /\r\x1b\[K\[[#-]{20}\]  \d of 2  [\d.]+ \w+ of 26\.2 MB  [\d.]+ \w+\/s/)
    assert.match(seen, /\[#{20}\]  2 of 2  26\.2 MB of 26\.2 MB/)
    const left = screen(seen)
    assert.equal(left.length, 2)
    for (const line of left) assert.match(line, /^\x1b\[33munverified\x1b\[39m +bafy/)
  })

  test('fits the progress bar into a narrow window', async (t) => {
    const { options } = await service(t)
    const cwd = await folder(t, { a: 'a' })
    const { seen } = await start(['a', '--endpoint', options.endpoint], { cwd, cols: 20 }).end
    for (const [, bar] of seen.matchAll(/\x1b\[K(\[[^\r]*)\r/g)) assert.ok(bar.length < 20, bar)
    assert.match(seen, /\x1b\[K\[#/)
  })

  test('respects NO_COLOR, TERM=dumb and --quiet', async (t) => {
    const { options } = await service(t)
    const cwd = await folder(t, { a: 'a' })
    const args = ['a', '--endpoint', options.endpoint]
    const colored = await start(args, { cwd }).end
    assert.match(colored.seen, COLOR)
    const plain = await start(args, { cwd, env: { NO_COLOR: '1' } }).end
    assert.doesNotMatch(plain.seen, COLOR)
    const dumb = await start(args, { cwd, env: { TERM: 'dumb' } }).end
    assert.doesNotMatch(dumb.seen, /\x1b/)
    const quiet = await start([...args, '--quiet'], { cwd }).end
    assert.equal(quiet.seen, `${RECEIPT.cid}\r\n`)
  })

  for (const [key, signal, status] of [
    ['Ctrl-C', '\x03', 130],
    ['SIGTERM', 'SIGTERM', 143],
    ['a hangup', 'SIGHUP', 129],
  ])
    test(`prints a summary after ${key}, and exits with ${status}`, async (t) => {
      const names = ['a', 'b', 'c', 'd', 'e']
      const { options, posts } = await service(t, async (exchange) => {
        await exchange.read()
        if (exchange.nth === 1) exchange.response.end(JSON.stringify(RECEIPT))
        if (exchange.nth === 3) reach()
      })
      let reach
      const inFlight = new Promise((resolve) => (reach = resolve))
      const cwd = await folder(t, Object.fromEntries(names.map((name) => [name, name])))
      const args = [...names, '--concurrency', '2', '--endpoint', options.endpoint]
      const { terminal, end, sees } = start(args, { cwd })
      await inFlight
      await sees(/unverified/)
      if (signal.startsWith('SIG')) terminal.kill(signal)
      else terminal.write(signal)
      const result = await end
      assert.equal(result.status, status)
      const lines = screen(result.seen).map((line) => line.replace(/^\^C/, ''))
      const from = (title) => lines.slice(lines.indexOf(title) + 1)
      assert.match(from('ordered: 1')[0], /^  [ab]$/)
      const unknown = from('may have been ordered: 2').slice(0, 2)
      for (const line of unknown) assert.match(line, /^  [abc]; .*run: numbers-pin locate baf/)
      assert.deepEqual(from('not ordered: 2').slice(0, 2), ['  d', '  e'])
      assert.equal(posts.length, 3)
    })

  test('journals a receipt while the terminal is paused', async (t) => {
    let reach, release
    const reached = new Promise((resolve) => (reach = resolve))
    const released = new Promise((resolve) => (release = resolve))
    const { options } = await service(t, async (exchange) => {
      await exchange.read()
      reach()
      await released
      exchange.response.end(JSON.stringify(RECEIPT))
    })
    const cwd = await folder(t, { a: 'a' })
    const args = ['a', '--quiet', '--log', 'log', '--endpoint', options.endpoint]
    const { terminal, end } = start(args, { cwd })
    await reached
    terminal.write('\x13')
    release()
    while (!(await readFile(join(cwd, 'log'), 'utf8')).includes('"event":"pinned"'))
      await new Promise(setImmediate)
    terminal.write('\x11')
    assert.deepEqual(await end, { status: 0, signal: 0, seen: `${RECEIPT.cid}\r\n` })
  })

  for (const [answer, status, count] of [
    ['y\r', 0, 1],
    ['n\r', 1, 0],
    ['\r', 1, 0],
    ['\x04', 1, 0],
    ['\x03', 130, 0],
  ])
    test(`asks once before it moves: ${JSON.stringify(answer)}`, async (t) => {
      const gateway = await localGateway(t)
      const { cid } = await pinned(gateway.endpoint, new Uint8Array(9))
      const args = ['move', cid, '--gateway', gateway.url, '--endpoint', gateway.endpoint]
      const { terminal, end, sees } = start(args, {})
      await sees(/1 order to pay: .*Order 1 file\? \[y\/N\] /s)
      terminal.write(answer)
      const result = await end
      assert.equal(result.status, status)
      assert.equal(gateway.orders.length, 1 + count)
      if (status === 1) assert.match(result.seen, /Nothing was ordered/)
    })

  test('ends after Ctrl-C while it waits for standard input', async (t) => {
    const { options, posts } = await service(t)
    const { terminal, end, sees } = start(['-', '--endpoint', options.endpoint], {})
    await sees(/0 of 1/)
    terminal.write('\x03')
    const { status, seen } = await end
    assert.equal(status, 130)
    assert.match(seen, /not ordered: 1\r\n  -\r\n/)
    assert.equal(posts.length, 0)
  })
})
