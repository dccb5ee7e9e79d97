import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { cpus, platform, release, totalmem } from 'node:os'
import { GROUPS } from './groups.js'
import * as cid from './tables/cid.js'
import * as cli from './tables/cli.js'
import * as growth from './tables/growth.js'
import * as memory from './tables/memory.js'
import * as nodes from './tables/nodes.js'
import * as pin from './tables/pin.js'
import { summary } from './summary.js'
import * as size from './tables/size.js'
import * as start from './tables/start.js'

/**
 * Usage: node main.js [NAME]... Measures every table, or those that are named, prints them, writes
 * their samples to `samples/`, their plots to `plots/`, and all tables with `NOTES.md` to
 * `RESULTS.md`.
 */
const TABLES = { size, start, pin, nodes, cid, cli, memory, growth }

const here = (path) => new URL(path, import.meta.url)

const names = process.argv.slice(2)
const unknown = names.find((name) => !(name in TABLES))
if (unknown) {
  console.error(`There is no table ${unknown}, there are ${Object.keys(TABLES).join(', ')}`)
  process.exit(1)
}
await Promise.all(['samples', 'plots'].map((folder) => mkdir(here(folder), { recursive: true })))
for (const name of names.length > 0 ? names : Object.keys(TABLES)) {
  const { title, peers, measure, plots, render } = TABLES[name]
  console.error(`→ ${title}`)
  const began = performance.now()
  const rows = await measure()
  const minutes = ((performance.now() - began) / 60_000).toFixed(1)
  const record = { made: await made(peers, minutes), rows }
  await writeFile(here(`samples/${name}.json`), JSON.stringify(record, fourDigits))
  for (const [plot, svg] of Object.entries(plots?.(rows) ?? {})) {
    await writeFile(here(`plots/${plot}.svg`), `${svg}\n`)
  }
  console.log(`\n${render(rows)}\n`)
}
await writeFile(here('RESULTS.md'), await results())

/** When and on what a table was measured. */
async function made(peers, minutes) {
  const [{ model }] = cpus()
  const gigabytes = Math.round(totalmem() / 1e9)
  const versions = await Promise.all(peers.map(versionOf))
  return [
    new Date().toISOString().slice(0, 10),
    `${model}, ${cpus().length} cores, ${gigabytes} GB, ${platform()} ${release()}`,
    [`Node ${process.versions.node}`, ...versions].join(', '),
    `${minutes} minutes`,
  ].join('; ')
}

async function versionOf(peer) {
  const { version } = JSON.parse(await readFile(here(`node_modules/${peer}/package.json`)))
  return `${peer} ${version}`
}

function fourDigits(_, value) {
  const isFraction = typeof value === 'number' && !Number.isInteger(value)
  return isFraction ? Number(value.toPrecision(4)) : value
}

async function results() {
  const sections = []
  const records = {}
  for (const [name, { title, about, render }] of Object.entries(TABLES)) {
    const text = await readFile(here(`samples/${name}.json`), 'utf8').catch(() => undefined)
    if (!text) continue
    const { made, rows } = (records[name] = JSON.parse(text))
    sections.push(`## ${title}\n\n${about}\n\n${render(rows)}\n\n${made}.`)
  }
  return `# Measured

${summary(records)}

\`cargo xtask bench\` writes this page, all but the notes at its end. A ratio is one of medians, of
samples that were taken in turn in one run after a warm-up, of pins and CIDs in ${GROUPS} processes or
pages each; the times are what this machine needed on that day and no promise. Nothing is counted
that did not do its work: what arrived is hashed, and CIDs are compared. All samples are in \`samples/\`.

${sections.join('\n\n')}

${await readFile(here('NOTES.md'), 'utf8')}`
}
