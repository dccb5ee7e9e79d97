import assert from 'node:assert/strict'
import { closeSync, openSync } from 'node:fs'
import { link } from 'node:fs/promises'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { TOKEN } from '../support/faults/leaks.js'
import { service } from '../support/service.js'
import { folder } from './files.js'
import { run } from './run.js'

suite('numbers-pin orders nothing if an operand is', { timeout: 120_000 }, () => {
  for (const [what, more] of Object.entries({
    'the file of the token': ['--token-file', './token'],
    'another name of it': ['--token-file', 'copy'],
    'the journal': ['--log', 'log'],
  }))
    for (const dry of [[], ['--dry-run']])
      test(`${what} ${dry}`, async (t) => {
        const { options, posts } = await service(t)
        const cwd = await folder(t, { a: 'a', token: TOKEN, log: '' })
        await link(join(cwd, 'token'), join(cwd, 'copy'))
        const args = ['*', ...more, ...dry, '--endpoint', options.endpoint]
        const { status, stdout, stderr } = await run(args, { cwd })
        assert.deepEqual([status, stdout, posts.length], [2, '', 0])
        assert.match(stderr, /is the file of --(token-file|log), which must not be published/)
      })

  test('standard input that is a folder', async (t) => {
    const { options, posts } = await service(t)
    const stdin = openSync(await folder(t, {}), 'r')
    t.after(() => closeSync(stdin))
    const { status, stderr } = await run(['-', '--endpoint', options.endpoint], { stdin })
    assert.deepEqual([status, posts.length], [1, 0])
    assert.match(stderr, /Standard input is a folder; not sent, not charged/)
  })
})
