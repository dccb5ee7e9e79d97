import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { suite, test } from 'node:test'
import { promisify } from 'node:util'
import { service } from '../support/service.js'

/** Globals that runtimes lack. Each is also tested without the built-in modules that can replace it. */
const MISSING = [
  'WebAssembly',
  'BigInt64Array',
  'TextDecoder',
  'TextEncoder',
  'fetch',
  'Headers',
  'AbortController',
  'Blob',
  'ReadableStream',
  'Response',
  'FormData',
  'URL',
  'crypto',
  'performance',
  'FinalizationRegistry',
  'DecompressionStream',
  'atob',
  'Buffer',
]

/** Without these no function works, without the last if Node's module is hidden too. */
const NEEDED = ['WebAssembly', 'AbortController', 'Blob', 'URL', 'crypto']

/** Without these, Node's own `fetch` ends the process; without the last one, only in Node 26. */
const ENDS_FETCH = ['TextDecoder', 'TextEncoder', 'ReadableStream']

const PACKAGE = new URL('../../pkg/index.js', import.meta.url)

const PROGRAM = `
const [name, options, hides] = JSON.parse(process.argv.at(-1))
// The clock stands, so that no call yields: Node also loads its own \`fetch\` at the first message of a
// \`MessageChannel\`, and then ends the process if \`fetch\` lacks something.
Date.now = performance.now = () => 0
delete globalThis[name]
if (hides) process.getBuiltinModule = undefined
const { cidOf, pin } = await import(${JSON.stringify(PACKAGE)})
const bytes = new Uint8Array(100_000)
const end = (promise) => promise.then(() => 'done', ({ code, outcome, message }) => [code, outcome, message])
console.log(JSON.stringify([await end(pin(bytes, options)), await end(cidOf(bytes))]))
`

suite('calls work or reject with unsupported without', { timeout: 120_000, concurrency: 2 }, () => {
  for (const name of MISSING)
    for (const hides of ENDS_FETCH.includes(name) ? [true] : [false, true])
      test(`${name}${hides ? ' and without built-in modules' : ''}`, async (t) => {
        const { options, posts } = await service(t)
        const args = ['--input-type=module', '--eval', PROGRAM, '--']
        args.push(JSON.stringify([name, options, hides]))
        const { stdout, stderr } = await promisify(execFile)(process.execPath, args)
        assert.equal(stderr, '')
        const ends = JSON.parse(stdout)
        for (const end of ends.filter((end) => end !== 'done')) {
          assert.deepEqual(end.slice(0, 2), ['unsupported', 'not-sent'])
          // Node's `fetch` uses many of them.
          assert.match(
            end[2],
            new RegExp(`: ${name} is not defined$|no AbortController|\\bfetch\\b`),
          )
        }
        if (NEEDED.includes(name) && (hides || name !== 'crypto')) assert.ok(!ends.includes('done'))
        assert.equal(posts.length, ends[0] === 'done' ? 1 : 0)
      })
})

test('long work yields with and without a MessageChannel', { timeout: 120_000 }, async () => {
  const program = `
    if (process.argv.at(-1) === 'without') {
      delete globalThis.MessageChannel
      process.getBuiltinModule = undefined
    }
    let time = 0
    let turns = 0
    performance.now = () => (time += 10)
    setImmediate(function count() {
      turns += 1
      setImmediate(count).unref()
    }).unref()
    const { cidOf } = await import(${JSON.stringify(PACKAGE)})
    await cidOf(new Uint8Array(3_000_000))
    const before = turns
    await cidOf(new Uint8Array(30_000_000))
    console.log(turns - before)`
  for (const way of ['with', 'without']) {
    const args = ['--input-type=module', '--eval', program, '--', way]
    const { stdout } = await promisify(execFile)(process.execPath, args)
    // One for each window of 1 MiB but the first.
    assert.ok(Number(stdout) >= 20, `${way}: ${stdout}`)
  }
})
