import assert from 'node:assert/strict'
import { bytesOf } from '../contenders/bytes.js'
import { floor } from '../contenders/floor.js'
import { importerCid } from '../contenders/importer.js'
import { inGroups } from '../groups.js'
import { chromium, loadEach, node } from '../hosts.js'
import { ratioTables } from '../ratios.js'
import { rounds } from '../rounds.js'
import { serving } from '../serving.js'

export const title = 'Pin'

export const about = `\`pin\` with these options, a \`fetch\` with \`FormData\` written by hand, and the
clients of others, to services in a process of their own that keep nothing. Their SHA-256 of
every file that arrived was right, and every receipt that was to be verified was. Pinata's client does
what the \`fetch\` does; nft.storage's computes the CID itself, here without its limit of three orders a
second, and sends an archive of blocks. None of them has progress.`

export const peers = ['pinata', 'nft.storage']

/** 100 Mbit/s in bytes. */
const PACE = 12_500_000

const LARGE = [
  { contender: 'verify: false', of: { fetch: 1 }, limit: 1.05 },
  { contender: 'verify: false, onProgress', of: { fetch: 1 }, limit: 1.1 },
  { contender: 'defaults', of: { fetch: 1, floor: 1.25 }, limit: 1 },
  { contender: 'onProgress', of: { fetch: 1 } },
]
const SMALL = [
  { contender: 'verify: false', of: { fetch: 1 }, limit: 1.1 },
  { contender: 'defaults', of: { pinata: 1 }, limit: 1.05 },
  { contender: 'defaults', of: { fetch: 1 } },
  { contender: 'onProgress', of: { fetch: 1 } },
]
const PACED = [
  { contender: 'verify: false', of: { fetch: 1 }, limit: 1.02 },
  { contender: 'onProgress', of: { fetch: 1 }, limit: 1.02 },
]
const OTHERS = [
  { contender: 'pinata', of: { fetch: 1 } },
  { contender: 'nft.storage', of: { fetch: 1 } },
]

/** Each is done this many `times` in each group by every contender that its goals name. */
export const TASKS = [
  { task: '20 of 1 KiB, one by one', size: 1024, count: 20, times: 5, warmUp: 5, goals: SMALL },
  {
    task: '1000 of 1 KiB, 8 at a time',
    size: 1024,
    count: 1000,
    atOnce: 8,
    times: 2,
    warmUp: 2,
    goals: SMALL.slice(0, 3),
  },
  // Their times vary by half around the median.
  { task: '1 MiB', size: 1_048_576, times: 21, warmUp: 10, goals: LARGE },
  { task: '25 MB', size: 26_214_400, times: 13, warmUp: 5, goals: LARGE },
  { task: '1 MiB at 100 Mbit/s', size: 1_048_576, pace: PACE, times: 5, goals: PACED },
  { task: '25 MB at 100 Mbit/s', size: 26_214_400, pace: PACE, times: 1, warmUp: 1, goals: PACED },
]

/** What a receipt says of the CID; the others have none of their own. */
const VERIFIED = {
  'verify: false': null,
  'verify: false, onProgress': null,
  defaults: true,
  onProgress: true,
}

export const measure = () => measureIn([node, chromium], TASKS)

/** Measures these tasks in each host. */
export function measureIn(openers, tasks) {
  return serving((service) =>
    inGroups('pin.js', openers, async function* (host) {
      for (const task of tasks) {
        // Who was called more often in the tasks before would be compiled better.
        const calls = await loadEach(host, contendersOf(goalsOf(task)))
        const samples = await series(calls, task, service)
        yield { task: task.task, samples, goals: goalsOf(task) }
      }
    }),
  )
}

export const render = ratioTables

async function series(calls, task, service) {
  const { size, pace, count = 1, atOnce = 1, times, warmUp } = task
  const bytes = bytesOf(size)
  const cid = await importerCid(bytes, 1)
  const sha256 = await floor(bytes)
  const order = { endpoint: service.endpoint(cid, pace), count, atOnce }
  for (const call of Object.values(calls)) await call('prepare', size)
  const run = async (contender) => {
    const { ms, results, phase } = await calls[contender]('sample', contender, order)
    const about = `${contender}, ${task.task}`
    const isFloor = contender === 'floor'
    const arrived = isFloor ? [] : Array(count).fill({ bytes: size, sha256 })
    assert.deepEqual(await service.taken(), arrived, about)
    const expected = isFloor ? sha256 : { cid, verified: VERIFIED[contender] }
    assert.deepEqual(results.map(shown), Array(count).fill(expected), about)
    assert.equal(phase, contender.includes('onProgress') ? 'done' : undefined, about)
    return ms
  }
  return rounds(times, contendersOf(goalsOf(task)), run, warmUp)
}

function goalsOf({ goals }) {
  return [...goals, ...OTHERS]
}

function contendersOf(goals) {
  const names = goals.flatMap(({ contender, of }) => [...Object.keys(of), contender])
  return [...new Set([...names, ...OTHERS.map(({ contender }) => contender)])]
}

function shown(result) {
  return typeof result === 'string' ? result : { cid: result.cid, verified: result.verified }
}
