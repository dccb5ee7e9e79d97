import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtemp, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { median } from '../rounds.js'

export const title = 'Memory for the CID of 1 GiB in Node'

export const about = `By how much the resident memory rose above what it was before the call, at its
peak, each time in a fresh process. The goals are 32 MiB, and 2 MiB of WebAssembly memory. To read the
source and do nothing with it takes memory too: what Node had not collected yet.`

const SIZE = 1_073_741_824
const ROUNDS = 5
const MIB = 1_048_576
const LIMIT = 32

const CONTENDERS = ['numbers-pin', 'ipfs-unixfs-importer', 'reading only']
const SCRIPT = fileURLToPath(new URL('../contenders/memory.js', import.meta.url))

export async function measure() {
  const folder = await mkdtemp(join(tmpdir(), 'bench-'))
  try {
    const path = join(folder, 'zeros')
    const file = await open(path, 'w')
    await file.truncate(SIZE)
    await file.close()
    const all = []
    for (const source of ['stream', 'Blob']) all.push(await series(source, path))
    return all
  } finally {
    await rm(folder, { recursive: true })
  }
}

/** A fresh process needs no warm-up. */
async function series(source, path) {
  const samples = Object.fromEntries(CONTENDERS.map((name) => [name, []]))
  let wasm = 0
  for (let round = 0; round < ROUNDS; round += 1) {
    const results = {}
    for (const name of CONTENDERS) {
      const { stdout } = await promisify(execFile)(process.execPath, [SCRIPT, name, source, path])
      const { result, rise, ...rest } = JSON.parse(stdout)
      results[name] = result
      samples[name].push(rise)
      wasm = Math.max(wasm, rest.wasm)
    }
    assert.equal(results['numbers-pin'], results['ipfs-unixfs-importer'])
    assert.equal(results['reading only'], SIZE)
  }
  return { source, samples, wasm }
}

export function render(all) {
  const rows = all.flatMap(({ source, samples, wasm }) =>
    CONTENDERS.map((name) => {
      const rise = median(samples[name]) / MIB
      const ours = name === 'numbers-pin'
      const met = rise <= LIMIT && wasm <= 2 * MIB ? 'met' : '**missed**'
      const cells = [
        source,
        name,
        rise.toFixed(1),
        ours ? (wasm / MIB).toFixed(2) : '',
        ours ? met : '',
      ]
      return `| ${cells.join(' | ')} |`
    }),
  )
  return ['| source | | MiB | WebAssembly, MiB | |', '|---|---|--:|--:|---|', ...rows].join('\n')
}
