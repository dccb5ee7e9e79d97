import { table, verdict } from './markdown.js'
import { ratioOf } from './ratios.js'

/**
 * The rows for a reader in a hurry: a sentence, the table, the runtime, the task, and who is compared with whom.
 */
const ROWS = [
  ['The first call in a fresh process of Node takes', 'start', 'Node', 'first call', 'pinata'],
  [
    'The first call in a fresh page takes',
    'start',
    'Chromium',
    'first call',
    'ipfs-unixfs-importer',
  ],
  [
    '20 small pins, verified, in Node take',
    'pin',
    'Node',
    '20 of 1 KiB, one by one',
    'pinata',
    'defaults',
  ],
  ['1 MiB without verification, in Node, takes', 'pin', 'Node', '1 MiB', 'fetch', 'verify: false'],
  [
    '25 MB, verified, at 100 Mbit/s, in Node, take',
    'pin',
    'Node',
    '25 MB at 100 Mbit/s',
    'fetch',
    'onProgress',
  ],
  [
    '25 MB, verified, at 100 Mbit/s, in Chromium, take',
    'pin',
    'Chromium',
    '25 MB at 100 Mbit/s',
    'fetch',
    'onProgress',
  ],
  [
    'The CID of 25 MiB in Chromium takes',
    'cid',
    'Chromium',
    '25 MiB from Blob',
    'ipfs-unixfs-importer v1',
    'numbers-pin v1',
  ],
  [
    'One file by the command line takes the processor',
    'cli',
    'Node',
    'processor time of one file of 1 KiB',
    'script with fetch',
  ],
  ['100 files by the command line take', 'cli', 'Node', '100 files of 10 KB', 'loop of curl'],
]

const NAMES = {
  pinata: "Pinata's client",
  fetch: 'a bare `fetch`',
  'ipfs-unixfs-importer v1': '`ipfs-unixfs-importer`',
  'ipfs-unixfs-importer': '`ipfs-unixfs-importer`',
  'script with fetch': 'a script with `fetch`',
  'loop of curl': 'a loop of `curl`',
}

/**
 * @param {Record<string, { rows: any[] }>} records what was measured, by table
 * @returns {string} a Markdown table
 */
export function summary(records) {
  const [ours] = records.size?.rows ?? []
  const size = ours && [
    'All that a page downloads is',
    `${(ours.gzip / 1000).toFixed(1)} KB gzipped`,
    ...(ours.limit ? [`${ours.limit / 1000} KB`, verdict(ours.gzip <= ours.limit)] : ['', '']),
  ]
  const lines = ROWS.map(([sentence, name, host, task, other, contender]) => {
    const series = records[name]?.rows.find(
      (each) => each.host.startsWith(host) && each.task === task,
    )
    const goal = series?.goals.find(
      (each) => other in each.of && (contender ?? each.contender) === each.contender,
    )
    if (!goal) return undefined
    const ratio = ratioOf(series.samples, goal)
    const limit = goal.limit === undefined ? ['', ''] : [goal.limit, verdict(ratio <= goal.limit)]
    return [sentence, `${ratio.toFixed(2)} × ${NAMES[other]}`, ...limit]
  })
  return table(['', '', 'goal:', ''], [size, ...lines].filter(Boolean))
}
