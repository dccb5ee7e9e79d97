import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { openAsBlob } from 'node:fs'
import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { bytesOf } from '../contenders/bytes.js'
import { floor } from '../contenders/floor.js'
import { importerCid } from '../contenders/importer.js'
import { table, verdict } from '../markdown.js'
import { median } from '../rounds.js'
import { serving } from '../serving.js'
import { smallFiles } from '../small-files.js'

export const title = 'Memory in Node'

export const about = `By how much the resident memory and the heap of JavaScript rose at their peaks above
what they were before the call, with the source there already, in MiB: medians of fresh processes. To
read a source and do nothing with it takes memory too, what Node had not collected yet; the goal, 32 MiB
and 2 MiB of WebAssembly memory, is above that.`

export const peers = ['ipfs-unixfs-importer', 'pinata', 'nft.storage']

const ROUNDS = 5
const MIB = 1_048_576
const GIB = 1_073_741_824
const PIN_SIZE = 26_214_400
const COUNT = 10_000

const HASHERS = ['numbers-pin', 'ipfs-unixfs-importer', 'reading only']
const CLIENTS = ['numbers-pin', 'fetch', 'pinata', 'nft.storage']
const LIMIT = { resident: 32 * MIB, pages: 32 }

const run = promisify(execFile)
const SCRIPT = fileURLToPath(new URL('../contenders/memory.js', import.meta.url))

export function measure() {
  return serving(async (service) => {
    const folder = await mkdtemp(join(tmpdir(), 'bench-'))
    try {
      const all = []
      for (const task of await tasks(folder, service)) all.push(await series(task, service))
      return all
    } finally {
      await rm(folder, { recursive: true })
    }
  })
}

/** What each contender is to do, what has to come out, and what has to arrive at the service. */
async function tasks(folder, service) {
  const [zeros, sample] = [join(folder, 'zeros'), join(folder, 'sample')]
  await writeFile(zeros, '')
  await truncate(zeros, GIB)
  const bytes = bytesOf(PIN_SIZE)
  await writeFile(sample, bytes)

  const giant = await importerCid(await openAsBlob(zeros), 1)
  const cid = { call: 'cid', of: zeros, contenders: HASHERS, expected: giant, limit: LIMIT }
  const expected = await importerCid(bytes, 1)
  const arrived = [{ bytes: PIN_SIZE, sha256: await floor(bytes) }]
  const endpoint = service.endpoint(expected)
  const pin = { call: 'pin', of: sample, endpoint, contenders: CLIENTS, expected, arrived }
  return [
    { ...cid, task: '`cidOf` of 1 GiB, a stream', source: 'stream' },
    { ...cid, task: '`cidOf` of 1 GiB, a file', source: 'Blob' },
    { ...cid, task: '`cidOf` of 1 GiB, in memory', source: 'memory' },
    { ...pin, task: '`pin` of 25 MB, a file', source: 'Blob' },
    { ...pin, task: '`pin` of 25 MB, in memory', source: 'memory' },
    {
      task: '`pinAll` of 10 000 of 1 KiB, 8 at a time',
      call: 'pinAll',
      source: 'generator',
      of: COUNT,
      endpoint: service.endpoint('raw'),
      // nft.storage's client writes a folder for each file, and would need minutes.
      contenders: CLIENTS.filter((name) => name !== 'nft.storage'),
      expected: COUNT,
      arrived: await smallFiles(COUNT),
    },
  ]
}

/** A fresh process needs no warm-up. */
async function series({ task, contenders, limit, ...order }, service) {
  const samples = Object.fromEntries(contenders.map((name) => [name, []]))
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const name of contenders) samples[name].push(await sample(name, order, service))
  }
  return { task, samples, limit }
}

async function sample(contender, { call, source, of, endpoint, expected, arrived = [] }, service) {
  const order = [call, contender, source, of, ...(endpoint ? [endpoint] : [])]
  const { stdout } = await run(process.execPath, ['--expose-gc', SCRIPT, ...order])
  const { result, ...rise } = JSON.parse(stdout)
  const about = `${contender}, ${call} of ${source}`
  assert.equal(result, contender === 'reading only' ? GIB : expected, about)
  const taken = await service.taken()
  assert.deepEqual(new Set(taken.map(digest)), new Set(arrived.map(digest)), about)
  assert.equal(taken.length, arrived.length, about)
  return rise
}

function digest({ bytes, sha256 }) {
  return `${bytes} ${sha256}`
}

export function render(all) {
  const heads = [
    'resident:',
    'heap:',
    'WebAssembly, pages of 64 KiB:',
    'above reading:',
    'goal:',
    '',
  ]
  return table(['', '', ...heads], all.flatMap(rows))
}

function rows({ task, samples, limit }) {
  const middle = (name, of) => median(samples[name].map((rise) => rise[of]))
  return Object.keys(samples).map((name) => {
    const sizes = ['resident', 'heap'].map((of) => mebibytes(middle(name, of)))
    if (name !== 'numbers-pin') return [task, name, ...sizes, '', '', '', '']
    const pages = middle(name, 'pages')
    if (!limit) return [task, name, ...sizes, pages, '', '', '']
    const above = middle(name, 'resident') - middle('reading only', 'resident')
    const isMet = above <= limit.resident && pages <= limit.pages
    const goal = `${mebibytes(limit.resident)}, ${limit.pages} pages`
    return [task, name, ...sizes, pages, mebibytes(above), goal, verdict(isMet)]
  })
}

function mebibytes(bytes) {
  return (bytes / MIB).toFixed(1)
}
