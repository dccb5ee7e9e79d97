import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { cidOf } from '../../pkg/index.js'

const MEMORY = fileURLToPath(new URL('memory.js', import.meta.url))
const MIB = 1_048_576

/** Checks the output of memory.js. */
async function bounded(source) {
  const { stdout } = await promisify(execFile)(process.execPath, [MEMORY, source])
  const { grown, wasm } = JSON.parse(stdout)
  assert.ok(wasm > 0 && wasm <= 2 * MIB, `${wasm / MIB} MiB of WebAssembly`)
  assert.ok(grown <= 32 * MIB, `${grown / MIB} MiB more than the source`)
}

suite('hashing 1 GiB needs little memory', { timeout: 60_000 }, () => {
  test('of a stream', () => bounded('stream'))

  test('of a Blob in memory', () => bounded('memory'))

  test('of a file', async (t) => {
    const dir = await mkdtemp(join(tmpdir(), 'memory-'))
    t.after(() => rm(dir, { recursive: true }))
    const path = join(dir, 'zeros')
    await writeFile(path, '')
    // A sparse file, which uses no disk space.
    await truncate(path, 1024 * MIB)
    await bounded(path)
  })
})

test('reads at most 8 MiB of a Blob at a time', async (t) => {
  const asked = []
  // Both copy the whole Blob that they are called on.
  for (const read of ['arrayBuffer', 'stream']) {
    const own = Blob.prototype[read]
    t.mock.method(Blob.prototype, read, function () {
      asked.push(this.size)
      return own.call(this)
    })
  }
  for (const size of [3 * MIB, 25 * MIB + 1, 33 * MIB]) {
    await cidOf(new Blob([new Uint8Array(size)]))
    assert.ok(asked.length > 0)
    assert.ok(Math.max(...asked.splice(0)) <= 8 * MIB)
  }
})
