import assert from 'node:assert/strict'
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { bytesOf } from '../contenders/bytes.js'
import { floor } from '../contenders/floor.js'
import { importerCid } from '../contenders/importer.js'
import { chromium, hosts, loadEach, node } from '../hosts.js'
import { ratioTable } from '../ratios.js'
import { rounds } from '../rounds.js'

export const title = 'Pin'

export const about = `\`pin\` with these options beside a \`fetch\` with \`FormData\` written by hand, to the
same server in a process of its own, which keeps nothing. Its SHA-256 of every file that arrived was
right, and every receipt that was to be verified was.`

/** 100 Mbit/s in bytes. */
const PACE = 12_500_000

/** Each is done so many `times` by every contender that its goals name. */
const TASKS = [
  {
    task: '25 MB over loopback',
    size: 26_214_400,
    times: 15,
    goals: [
      { contender: 'verify: false', of: { fetch: 1 }, limit: 1.05 },
      { contender: 'verify: false, onProgress', of: { fetch: 1 }, limit: 1.1 },
      { contender: 'defaults', of: { fetch: 1, floor: 1.25 }, limit: 1 },
    ],
  },
  {
    task: '25 MB at 100 Mbit/s',
    size: 26_214_400,
    pace: PACE,
    times: 5,
    goals: [{ contender: 'onProgress', of: { fetch: 1 }, limit: 1.02 }],
  },
  {
    task: '1000 of 1 KiB, 8 at a time',
    size: 1024,
    count: 1000,
    atOnce: 8,
    times: 9,
    goals: [
      { contender: 'verify: false', of: { fetch: 1 }, limit: 1.1 },
      { contender: 'defaults', of: { fetch: 1 }, limit: 1.1 },
    ],
  },
]

export async function measure() {
  const service = fork(fileURLToPath(new URL('../service.js', import.meta.url)))
  try {
    const [port] = await once(service, 'message')
    const all = []
    for await (const host of hosts('pin.js', [node, chromium])) {
      for (const task of TASKS) all.push(await series(host, task, `http://127.0.0.1:${port}`))
    }
    return all
  } finally {
    service.disconnect()
  }
}

export const render = ratioTable

async function series(host, { task, size, pace, count = 1, atOnce = 1, times, goals }, service) {
  const bytes = bytesOf(size)
  const cid = await importerCid(bytes, 1)
  const sha256 = await floor(bytes)
  const endpoint = new URL('/pin', service)
  endpoint.search = new URLSearchParams({ cid, size, ...(pace && { pace }) })

  const contenders = [
    ...new Set(goals.flatMap(({ contender, of }) => [...Object.keys(of), contender])),
  ]
  const calls = await loadEach(host, contenders)
  for (const call of Object.values(calls)) await call('prepare', size)
  const run = async (contender) => {
    const order = { endpoint: endpoint.href, count, atOnce }
    const { ms, results, phase } = await calls[contender]('sample', contender, order)
    const taken = await (await fetch(new URL('/taken', service))).json()
    const about = `${contender} in ${host.name}`
    if (contender === 'floor') {
      assert.deepEqual([results, taken], [[sha256], []], about)
      return ms
    }
    assert.deepEqual(taken, Array(count).fill({ bytes: size, sha256 }), about)
    const verified = { fetch: undefined, defaults: true, onProgress: true }
    const shown = results.map((receipt) => ({ cid: receipt.cid, verified: receipt.verified }))
    const expected = { cid, verified: contender in verified ? verified[contender] : null }
    assert.deepEqual(shown, Array(count).fill(expected), about)
    assert.equal(phase, contender.includes('onProgress') ? 'done' : undefined, about)
    return ms
  }
  return { host: host.name, task, samples: await rounds(times, contenders, run), goals }
}
