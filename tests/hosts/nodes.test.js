import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdir } from 'node:fs/promises'
import { text } from 'node:stream/consumers'
import { suite, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { tool } from '../support/tools.js'

/** These take minutes and test what is the same in each Node, or cannot shorten the time limit of Node 24. */
const OMITTED = ['attempts.test.js', 'broken.test.js', 'platform-limit.test.js']

const FOLDER = fileURLToPath(new URL('../node/', import.meta.url))

/** The tests of the sockets of the command line. */
const CONNECTIONS = ['../cli/fetch.test.js', '../cli/proxy.test.js']

// The oldest Node runs these tests themselves.
suite(
  'the tests of the suite `node`, and of the connections of the command line, pass in',
  { timeout: 600_000, concurrency: 3 },
  () => {
    for (const release of [22, 24, 26]) {
      test(`Node ${release}`, async () => {
        const files = (await readdir(FOLDER)).filter(
          (name) => name.endsWith('.test.js') && !OMITTED.includes(name),
        )
        // Otherwise the child would report to this test runner.
        const { NODE_TEST_CONTEXT, ...env } = process.env
        const args = ['--test', '--test-reporter=spec', ...files, ...CONNECTIONS]
        const child = spawn(tool(`node-${release}/bin/node`), args, {
          cwd: FOLDER,
          env,
          stdio: ['ignore', 'pipe', 'inherit'],
        })
        const [said, [code]] = await Promise.all([text(child.stdout), once(child, 'exit')])
        assert.match(said, /^ℹ pass \d{3,}$/m)
        assert.equal(code, 0, said.slice(said.indexOf('✖ failing tests:')))
      })
    }
  },
)
