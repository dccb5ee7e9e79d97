import assert from 'node:assert/strict'
import { closeSync, openSync } from 'node:fs'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { cidOf } from '../../pkg/index.js'
import { patterned } from '../support/content.js'
import { SMALL, json } from '../support/faults/answers.js'
import { serve } from '../support/server.js'
import { RECEIPT, service } from '../support/service.js'
import { folder } from './files.js'
import { run, start } from './run.js'

const lines = (text) => text.split('\n').slice(0, -1)

/** Standard output on a disk that is full. */
function full(t) {
  const stdout = openSync('/dev/full', 'w')
  t.after(() => closeSync(stdout))
  return stdout
}

const isLinux = process.platform === 'linux'

suite('if standard output is full, numbers-pin', { timeout: 120_000, skip: !isLinux }, () => {
  test('prints receipts to standard error and stops ordering', async (t) => {
    const { options, posts } = await service(t)
    const cwd = await folder(t, { a: 'a', b: 'b', c: 'c', d: 'd' })
    const stdout = full(t)
    const args = [
      'a',
      'b',
      'c',
      'd',
      '--json',
      '--concurrency',
      '1',
      '--endpoint',
      options.endpoint,
    ]
    const { status, stderr } = await run(args, { cwd, stdout })
    assert.equal(status, 1)
    assert.equal(JSON.parse(lines(stderr).find((line) => line.startsWith('{'))).source, 'a')
    assert.ok(posts.length < 4)
  })

  test('prints a receipt again of which a file has taken only a part', async (t) => {
    const note = 'x'.repeat(5000)
    const { options } = await service(t, json({ ...RECEIPT, note }))
    const cwd = await folder(t, { a: 'a', out: '' })
    const stdout = openSync(join(cwd, 'out'), 'w')
    t.after(() => closeSync(stdout))
    const args = ['a', '--json', '--endpoint', options.endpoint]
    const { status, stderr } = await run(args, { cwd, stdout, shell: 'ulimit -f 2' })
    assert.equal(status, 1)
    assert.equal(JSON.parse(lines(stderr).find((line) => line.startsWith('{'))).note, note)
  })

  test('fails to get a file of which it has taken only a part', async (t) => {
    const bytes = patterned('p31', 5000)
    const { url } = await serve(t, (_, response) => response.end(bytes))
    const cwd = await folder(t, { out: '' })
    const stdout = openSync(join(cwd, 'out'), 'w')
    t.after(() => closeSync(stdout))
    const args = ['get', await cidOf(bytes), '-o', '-', '--gateway', url]
    const { status, stderr } = await run(args, { cwd, stdout, shell: 'ulimit -f 2' })
    assert.equal(status, 1)
    assert.match(stderr, /EFBIG/)
  })

  test('does not abort orders in flight', async (t) => {
    let release
    let reach
    const outputLost = new Promise((resolve) => (release = resolve))
    const bothSent = new Promise((resolve) => (reach = resolve))
    const { options } = await service(t, async (exchange) => {
      if (exchange.nth === 2) reach()
      await (exchange.nth === 1 ? bothSent : outputLost)
      await json(RECEIPT)(exchange)
    })
    const cwd = await folder(t, { a: 'a', b: 'b', c: 'c' })
    const stdout = full(t)
    const more = ['--json', '--concurrency', '2', '--endpoint', options.endpoint]
    const { child, end } = start(['a', 'b', 'c', ...more], { cwd, stdout })
    child.stderr.once('data', release)
    const { status, stderr } = await end
    assert.equal(status, 1)
    const receipts = lines(stderr).filter((line) => line.startsWith('{'))
    assert.deepEqual(receipts.map((line) => JSON.parse(line).source).sort(), ['a', 'b'])
    assert.match(stderr, /^may have been ordered: 0$/m)
  })

  for (const args of [
    ['a', '--endpoint'],
    ['cid', 'a', 'b'],
    ['verify', SMALL.cid, 'a'],
    ['a', '--dry-run'],
    ['--help'],
  ])
    test(`exits with 1, and prints no exception: ${args.join(' ')}`, async (t) => {
      const { options } = await service(t)
      const cwd = await folder(t, { a: SMALL.bytes(), b: 'b' })
      const all = args.at(-1) === '--endpoint' ? [...args, options.endpoint] : args
      const { status, stderr } = await run(all, { cwd, stdout: full(t) })
      assert.equal(status, 1)
      assert.doesNotMatch(stderr, /\n {4}at /)
    })
})
