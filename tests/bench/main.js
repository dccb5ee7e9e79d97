import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { cpus, platform, release, totalmem } from 'node:os'
import * as cid from './tables/cid.js'
import * as memory from './tables/memory.js'
import * as pin from './tables/pin.js'

/**
 * Usage: node main.js [NAME]. Measures every table, or the one that is named, prints it, and writes
 * its samples to `samples/` and all tables to `RESULTS.md`.
 */
const TABLES = { cid, pin, memory }

const PEERS = ['ipfs-unixfs-importer']

const here = (path) => new URL(path, import.meta.url)

const names = process.argv.slice(2)
const unknown = names.find((name) => !(name in TABLES))
if (unknown) {
  console.error(`There is no table ${unknown}, there are ${Object.keys(TABLES).join(', ')}`)
  process.exit(1)
}
await mkdir(here('samples'), { recursive: true })
for (const name of names.length > 0 ? names : Object.keys(TABLES)) {
  console.error(`→ ${TABLES[name].title}`)
  const record = { made: await made(), rows: await TABLES[name].measure() }
  await writeFile(here(`samples/${name}.json`), JSON.stringify(record))
  console.log(`\n${TABLES[name].render(record.rows)}\n`)
}
await writeFile(here('RESULTS.md'), await results())

/** When and on what a table was measured. */
async function made() {
  const [{ model }] = cpus()
  const gigabytes = Math.round(totalmem() / 1e9)
  const versions = await Promise.all(PEERS.map(versionOf))
  return [
    new Date().toISOString().slice(0, 10),
    `${model}, ${cpus().length} cores, ${gigabytes} GB, ${platform()} ${release()}`,
    `Node ${process.versions.node}, ${versions.join(', ')}`,
  ].join('; ')
}

async function versionOf(peer) {
  const { version } = JSON.parse(await readFile(here(`node_modules/${peer}/package.json`)))
  return `${peer} ${version}`
}

async function results() {
  const sections = []
  for (const [name, { title, about, render }] of Object.entries(TABLES)) {
    const text = await readFile(here(`samples/${name}.json`), 'utf8').catch(() => undefined)
    if (!text) continue
    const { made, rows } = JSON.parse(text)
    sections.push(`## ${title}\n\n${about}\n\n${render(rows)}\n\n${made}.`)
  }
  return `# Measured

\`cargo xtask bench\` writes this page. A ratio is one of medians, of samples that were taken in turn in
one run after a warm-up; the times beside it are what this machine needed on that day and no promise.
All samples are in \`samples/\`.

${sections.join('\n\n')}
`
}
