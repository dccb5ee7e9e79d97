import assert from 'node:assert/strict'
import { bytesOf } from '../contenders/bytes.js'
import { floor } from '../contenders/floor.js'
import { importerCid } from '../contenders/importer.js'
import { chromium, firefox, hosts, loadEach, node } from '../hosts.js'
import { ratioTable } from '../ratios.js'
import { rounds } from '../rounds.js'

export const title = 'CID of 25 MiB'

export const about = `\`cidOf\` beside \`ipfs-unixfs-importer\`, which keeps its blocks nowhere, and
beside the floor: the source read whole and one digest by the host. Every CID was the same.`

const SIZE = 26_214_400
const ROUNDS = 15

/** The most of the importer's time, by version. */
const LIMITS = { 1: 1, 0: 0.5 }

const CONTENDERS = ['numbers-pin', 'ipfs-unixfs-importer', 'floor']

export async function measure() {
  const all = []
  for await (const host of hosts('cid.js', [node, chromium, firefox])) {
    const calls = await loadEach(host, CONTENDERS)
    for (const call of Object.values(calls)) await call('prepare', SIZE)
    for (const source of ['bytes', 'Blob']) {
      for (const version of [1, 0]) all.push(await series(host.name, calls, source, version))
    }
  }
  return all
}

async function series(host, calls, source, version) {
  const bytes = bytesOf(SIZE)
  const cid = await importerCid(bytes, version)
  const expected = { floor: await floor(bytes) }
  const run = async (contender) => {
    const { ms, result } = await calls[contender]('sample', contender, source, version)
    assert.equal(result, expected[contender] ?? cid, `${contender} in ${host}`)
    return ms
  }
  const samples = await rounds(ROUNDS, CONTENDERS, run)
  return { host, task: `v${version} from ${source}`, samples, goals: goals(version) }
}

export const render = ratioTable

function goals(version) {
  const contender = 'numbers-pin'
  return [
    { contender, of: { 'ipfs-unixfs-importer': 1 }, limit: LIMITS[version] },
    { contender, of: { floor: 1 }, limit: 1.25 },
  ]
}
