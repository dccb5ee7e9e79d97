import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import test from 'node:test'
import { fileURLToPath } from 'node:url'
import { random } from './bytes.js'
import { pinned } from '../support/gateway.js'
import { temporaryFolder } from '../support/temporary-folder.js'

const KILL_AT = new URL('kill-at.js', import.meta.url).href
const MAIN = fileURLToPath(new URL('../../www/gateway/main.js', import.meta.url))

/** Starts the gateway in its own process, and resolves to its URL and its exit. */
async function start(t, dir, args = [], env = {}) {
  const child = spawn(process.execPath, [...args, MAIN, '--dir', dir], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  t.after(() => child.kill('SIGKILL'))
  const exited = once(child, 'exit')
  const [url] = await once(createInterface(child.stdout), 'line')
  return { child, exited, url }
}

test('never serves an incomplete file after it was killed while writing', async (t) => {
  const dir = await temporaryFolder(t)
  const files = new Map()
  // A file has 12 leaves and a root.
  for (const nth of [1, 2, 7, 13, 14, 20, 26, 39]) {
    const { exited, url } = await start(t, dir, ['--import', KILL_AT], { KILL_AT: nth })
    const batch = [1, 2, 3].map((n) => random(`${nth}/${n}`, 3_000_000 + n))
    for (const bytes of batch) {
      files.set((await pinned(`${url}/pin`, bytes, [['pin', 'false']])).cid, { bytes })
    }
    const outcomes = Promise.allSettled(batch.map((bytes) => pinned(`${url}/pin`, bytes)))
    assert.deepEqual(await exited, [null, 'SIGKILL'])
    for (const { value } of await outcomes) if (value) files.get(value.cid).answered = true
  }

  const { child, exited, url } = await start(t, dir)
  const statuses = []
  for (const [cid, { bytes, answered }] of files) {
    const response = await fetch(`${url}/ipfs/${cid}`)
    const body = Buffer.from(await response.arrayBuffer())
    statuses.push(response.status)
    assert.ok(response.status === 200 ? body.equals(bytes) : response.status === 404)
    if (answered) assert.equal(response.status, 200)
  }
  assert.ok(statuses.includes(404), 'no kill came in the middle of a file')
  assert.ok(statuses.includes(200), 'no kill came after a whole file')
  for (const [cid, { bytes }] of files) {
    assert.equal((await pinned(`${url}/pin`, bytes)).cid, cid)
    const body = await (await fetch(`${url}/ipfs/${cid}`)).arrayBuffer()
    assert.ok(Buffer.from(body).equals(bytes))
  }
  child.kill('SIGTERM')
  assert.deepEqual(await exited, [0, null])
})
