import assert from 'node:assert/strict'
import { bytesOf } from '../contenders/bytes.js'
import { importerCid } from '../contenders/importer.js'
import { chromium, firefox, hosts, loadEach, node } from '../hosts.js'
import { short, table } from '../markdown.js'
import { lines } from '../plot.js'
import { median, rounds } from '../rounds.js'
import { serving } from '../serving.js'
import { smallFiles } from '../small-files.js'

export const title = 'Growth'

export const about = `Whether more costs more by the piece: \`cidOf\` of a Blob by its size, and
\`pinAll\` of 10 000 files of 1 KiB, 8 at a time in Node, by the thousand. The heap is what is left of it
when it was cleaned up: above all the results, which a caller gets at the end.`

export const peers = ['ipfs-unixfs-importer']

const ROUNDS = 5
const WARM_UP = 1
const MIB = 1_048_576
const COUNT = 10_000

const HASHERS = ['numbers-pin', 'ipfs-unixfs-importer']
const CLIENTS = ['pinAll', 'fetch']

/** From 4 KiB to 1 GiB. */
const SIZES = [12, 15, 18, 21, 24, 27, 30].map((power) => 2 ** power)

export async function measure() {
  return { sizes: await bySize(), counts: await byCount() }
}

/** All in one page or process of a host: it has no room for several sources of 1 GiB. */
async function bySize() {
  const expected = await Promise.all(SIZES.map((size) => importerCid(bytesOf(size), 1)))
  const all = []
  for await (const host of hosts('cid.js', [node, chromium, firefox])) {
    if (host.skipped) {
      all.push({ host: host.name, skipped: host.skipped })
      continue
    }
    const call = await host.load()
    for (const [at, size] of SIZES.entries()) {
      const times = Math.ceil(Math.min(100, (4 * MIB) / size))
      await call('prepare', 'Blob', size)
      const run = async (contender) => {
        const { ms, result } = await call('sample', contender, 1, times)
        assert.equal(result, expected[at], `${contender} of ${size} in ${host.name}`)
        return ms
      }
      const samples = await rounds(ROUNDS, HASHERS, run, WARM_UP)
      all.push({ host: host.name, size, samples })
    }
  }
  return all
}

/** By contender, for each round what each thousand took and left. */
async function byCount() {
  const files = digests(await smallFiles(COUNT))
  return serving(async (service) => {
    for await (const host of hosts('growth.js', [node])) {
      const calls = await loadEach(host, CLIENTS)
      const order = { endpoint: service.endpoint('raw'), count: COUNT }
      const run = async (contender) => {
        const { thousands, cids } = await calls[contender]('sample', contender, order)
        const taken = await service.taken()
        assert.deepEqual([cids, taken.length, digests(taken)], [COUNT, COUNT, files], contender)
        return thousands
      }
      return await rounds(ROUNDS, CLIENTS, run, WARM_UP)
    }
  })
}

function digests(files) {
  return files.map(({ bytes, sha256 }) => `${bytes} ${sha256}`).toSorted()
}

export function render({ sizes, counts }) {
  return [
    sizeTable(sizes),
    '![Time per MiB by size](plots/growth-cid.svg)',
    countTable(counts),
    '![Time per file by the thousand](plots/growth-pin.svg)',
    '![Heap by the thousand](plots/growth-heap.svg)',
  ].join('\n\n')
}

export function plots({ sizes, counts }) {
  const measured = sizes.filter(({ skipped }) => !skipped)
  const bySize = measured.flatMap(({ host, size, samples }) =>
    HASHERS.map((series) => {
      return { x: size, y: perMib(samples[series], size), series, panel: host }
    }),
  )
  const byThousand = (value) =>
    CLIENTS.flatMap((series) =>
      middles(counts[series], value).map((y, index) => ({ x: index + 1, y, series })),
    )
  const thousands = { label: 'thousand', labelAnchor: 'center', ticks: 10 }
  return {
    'growth-cid': lines(bySize, {
      x: { type: 'point', label: null, tickFormat: named },
      y: { type: 'log', label: 'ms per MiB' },
    }),
    'growth-pin': lines(byThousand('ms'), {
      x: thousands,
      y: { label: 'ms per thousand files', zero: true },
    }),
    'growth-heap': lines(byThousand('heap'), {
      x: thousands,
      y: { label: 'heap, MB', zero: true, transform: (bytes) => bytes / 1e6 },
    }),
  }
}

function sizeTable(sizes) {
  const names = [...new Set(sizes.map(({ host }) => host))]
  const heads = SIZES.map((size) => `${named(size)}:`)
  const rows = names.flatMap((name) => {
    const [first, ...rest] = sizes.filter(({ host }) => host === name)
    if (first.skipped) return [[name, `skipped: ${first.skipped}`, ...SIZES.map(() => '')]]
    const times = (contender) =>
      [first, ...rest].map(({ size, samples }) => short(perMib(samples[contender], size)))
    return HASHERS.map((contender) => [name, contender, ...times(contender)])
  })
  return table(['ms per MiB', '', ...heads], rows)
}

function countTable(counts) {
  const rows = CLIENTS.map((contender) => {
    const times = middles(counts[contender], 'ms')
    const heaps = middles(counts[contender], 'heap')
    const [first, last] = [times.at(0), times.at(-1)]
    const grown = heaps.at(-1) - heaps.at(-2)
    return [
      contender,
      ...[first / 1000, last / 1000].map(short),
      (last / first).toFixed(2),
      ...[heaps.at(0) / 1000, grown / 1000].map(Math.round),
    ]
  })
  const time = ['ms per file, first thousand:', 'last thousand:', 'ratio:']
  return table(['', ...time, 'heap per file, first thousand, bytes:', 'last thousand:'], rows)
}

function named(size) {
  return size < MIB ? `${size / 1024} KiB` : `${size / MIB} MiB`
}

function perMib(samples, size) {
  return (median(samples) * MIB) / size
}

/** The median of each thousand. */
function middles(rounds, value) {
  return rounds[0].map((_, index) => median(rounds.map((thousands) => thousands[index][value])))
}
