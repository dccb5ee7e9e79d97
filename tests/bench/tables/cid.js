import assert from 'node:assert/strict'
import { bytesOf } from '../contenders/bytes.js'
import { floor } from '../contenders/floor.js'
import { importerCid } from '../contenders/importer.js'
import { inGroups } from '../groups.js'
import { chromium, firefox, loadEach, node } from '../hosts.js'
import { ratioTables } from '../ratios.js'
import { rounds } from '../rounds.js'

export const title = 'CID'

export const about = `\`cidOf\` and \`ipfs-unixfs-importer\`, which keeps its blocks nowhere, and
and the minimum: reading the whole source, and one digest by the runtime. Every CID was the same. Each
contender has a process or page of its own, but for 1 GiB, which they share.`

export const peers = ['ipfs-unixfs-importer']

/**
 * How often each is measured in each group (`count`), how often it is done for one sample (`times`), and what there
 * is no room for several of (`together`).
 */
const SIZES = [
  { name: '1 KiB', size: 1024, count: 3, times: 100 },
  { name: '1 MiB', size: 1_048_576, count: 5, times: 5 },
  { name: '25 MiB', size: 26_214_400, count: 5, times: 1 },
  { name: '1 GiB', size: 1_073_741_824, count: 1, times: 1, together: true },
]

const WARM_UP_SIZE = 26_214_400

/** Who computes what, and with which of the results it is compared. */
const CONTENDERS = {
  'numbers-pin v1': { by: 'numbers-pin', version: 1, expected: 'v1' },
  'ipfs-unixfs-importer v1': { by: 'ipfs-unixfs-importer', version: 1, expected: 'v1' },
  'numbers-pin v0': { by: 'numbers-pin', version: 0, expected: 'v0' },
  'ipfs-unixfs-importer v0': { by: 'ipfs-unixfs-importer', version: 0, expected: 'v0' },
  floor: { by: 'floor', expected: 'floor' },
}

const GOALS = [
  { contender: 'numbers-pin v1', of: { 'ipfs-unixfs-importer v1': 1 }, limit: 1 },
  { contender: 'numbers-pin v1', of: { floor: 1 }, limit: 1.25 },
  { contender: 'numbers-pin v0', of: { 'ipfs-unixfs-importer v0': 1 }, limit: 0.5 },
  { contender: 'numbers-pin v0', of: { floor: 1 }, limit: 1.25 },
]

export async function measure() {
  const expected = await Promise.all(SIZES.map(results))
  return inGroups('cid.js', [node, chromium, firefox], async function* (host) {
    const calls = await loadEach(host, ['numbers-pin', 'ipfs-unixfs-importer', 'floor'])
    for (const [at, size] of SIZES.entries()) {
      for (const source of ['bytes', 'Blob']) {
        const samples = await series(calls, size, source, expected[at])
        yield { task: `${size.name} from ${source}`, samples, goals: GOALS }
      }
    }
  })
}

export const render = ratioTables

/** What has to come out. */
async function results({ size }) {
  const bytes = bytesOf(size)
  return {
    v0: await importerCid(bytes, 0),
    v1: await importerCid(bytes, 1),
    floor: await floor(bytes),
  }
}

async function series(calls, { size, count, times, together }, source, results) {
  const [shared] = Object.values(calls)
  if (together) await warmUp(shared, source)
  const prepared = together ? [shared] : Object.values(calls)
  for (const call of prepared) await call('prepare', source, size)
  const run = async (contender) => {
    const { by, version, expected } = CONTENDERS[contender]
    const call = together ? shared : calls[by]
    const { ms, result } = await call('sample', by, version, times)
    assert.equal(result, results[expected], `${contender} of ${size} ${source}`)
    return ms
  }
  return rounds(count, Object.keys(CONTENDERS), run, together ? 0 : undefined)
}

/** On less than there is to measure, which would take minutes. */
async function warmUp(call, source) {
  await call('prepare', source, WARM_UP_SIZE)
  for (const { by, version } of Object.values(CONTENDERS)) await call('sample', by, version, 3)
}
