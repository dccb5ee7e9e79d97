import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { suite, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { localGateway } from '../support/gateway.js'
import { temporaryFolder } from '../support/temporary-folder.js'

const root = new URL('../../', import.meta.url)
const installed = fileURLToPath(new URL('var/installed', root))
const TOKEN = 'a-token-that-nobody-may-see'

/** Runs a program with this token. */
async function run(command, args, token) {
  const child = spawn(command, args, {
    cwd: root,
    env: { ...process.env, CAPTURE_TOKEN: token },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const [stdout, stderr, [status]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'exit'),
  ])
  return { status, stdout, stderr }
}

suite('cargo xtask live', { timeout: 600_000 }, () => {
  test('requires a token', async () => {
    const { status, stderr } = await run('cargo', ['xtask', 'live'], '')
    assert.equal(status, 1)
    assert.match(stderr, /^live: set CAPTURE_TOKEN to a Capture Token/m)
  })

  test('records the responses of the service, without the token', async (t) => {
    const gateway = await localGateway(t)
    // Not into `var/live`, which may have the record of a paid run.
    const out = await temporaryFolder(t)
    const where = ['--endpoint', gateway.endpoint, '--gateway', gateway.url, '--out', out]
    const args = [...where, '--yes']
    const { status, stdout, stderr } = await run('cargo', ['xtask', 'live', ...args], TOKEN)
    assert.equal(status, 0, stderr)
    assert.equal(gateway.orders.length, 9)
    const files = ['answers.json', 'FACTS.md'].map((name) => join(out, name))
    const [json, page] = await Promise.all(files.map((file) => readFile(file, 'utf8')))
    const { answers, doctor } = JSON.parse(json)
    assert.equal(answers.length, 9)
    for (const { responses, receipt, cids, version } of answers) {
      assert.equal(responses[0].status, 200)
      assert.equal(responses[0].headers['access-control-allow-origin'], '*')
      assert.equal(JSON.parse(responses[0].body).orderID, receipt.orderID)
      assert.equal(receipt.cid, cids[version])
    }
    assert.ok(doctor.length > 10)
    assert.ok(page.includes(gateway.endpoint))
    assert.match(page, /^- Every CID is that of the expected profile and version\.$/m)
    assert.match(page, /^- The same file twice has two orderIDs/m)
    const { stderr: question } = await run('node', ['xtask/live.js', installed], TOKEN)
    assert.match(question, /no terminal: add --yes .*9 orders for 0\.175 NUM every 30 days/)
    for (const said of [json, page, stdout, stderr]) assert.ok(!said.includes(TOKEN))
  })
})
