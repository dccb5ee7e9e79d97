import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { createInterface } from 'node:readline/promises'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { factsPage } from './live-facts.js'

// Usage: node live.js FOLDER [--yes] [--endpoint URL] [--gateway URL] [--out FOLDER], where numbers-pin is installed
// in the first FOLDER.
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    yes: { type: 'boolean', default: false },
    endpoint: { type: 'string' },
    gateway: { type: 'string' },
    out: { type: 'string', default: 'var/live' },
  },
})
const [folder] = positionals
const { endpoint, gateway, yes, out } = values
const installed = createRequire(join(folder, 'package.json')).resolve('numbers-pin')
const { PRICE, cidOf, pin } = await import(pathToFileURL(installed))

/** More than one chunk of 256 KiB, so that the profiles differ. */
const LARGE = 300_000

/** New bytes in each run: only then is the first order of a file one. */
const small = new TextEncoder().encode(`numbers-pin, live: ${randomBytes(16).toString('hex')}\n`)
const large = randomBytes(LARGE)

/** The orders. One of a URL is of what an earlier one has pinned: of `fileURL` of its receipt. */
const ORDERS = [
  { name: 'small, version 1', bytes: small },
  { name: 'small, version 0', bytes: small, version: 0 },
  { name: 'small, version 1, pin: false', bytes: small, pin: false },
  { name: 'small, version 1, once more', bytes: small },
  { name: 'large, version 1', bytes: large },
  { name: 'large, version 0', bytes: large, version: 0 },
  { name: 'large, version 1, pin: false', bytes: large, pin: false },
  { name: 'large by URL, version 1', bytes: large, of: 'large, version 1' },
  { name: 'large by URL, version 0', bytes: large, of: 'large, version 1', version: 0 },
]

const paid = ORDERS.filter(({ pin = true }) => pin).length
const [num, gas] = [paid * PRICE.num, paid * PRICE.gas].map((sum) => sum.toFixed(3))
const orders = `${ORDERS.length} orders for ${num} NUM every ${PRICE.days} days and about ${gas} NUM of gas`

const token = process.env.CAPTURE_TOKEN.trim()
if (!(yes || (await isConfirmed()))) end('Nothing was ordered')

const answers = []
for (const order of ORDERS) {
  const answer = await submit(order)
  answers.push(answer)
  console.log(`${answer.name}: ${answer.receipt?.cid ?? answer.error?.message}`)
  if (['unauthorized', 'forbidden', 'insufficient-funds'].includes(answer.error?.code)) break
}
const time = new Date().toISOString()
const report = { time, endpoint, answers, doctor: await runDoctor() }
await mkdir(out, { recursive: true })
await writeFile(join(out, 'answers.json'), redacted(`${JSON.stringify(report, null, 2)}\n`))
await writeFile(join(out, 'FACTS.md'), redacted(factsPage(report)))
console.log(`\nFACTS.md and answers.json in ${out} have what the service answered, without the token.
Look through them, then share them: orders and CIDs are of this account.`)
process.exitCode = answers.every(({ receipt }) => receipt) ? 0 : 1

/** Submits an order, and records what was answered as it came. */
async function submit({ name, bytes, version = 1, pin: isPinned = true, of }) {
  const url = answers.find((answer) => answer.name === of)?.receipt?.fileURL
  const record = { name, version, pin: isPinned, byURL: Boolean(of), size: bytes.length }
  if (of && !url) return { ...record, error: { message: `"${of}" has no fileURL to order` } }
  const responses = []
  const options = {
    token,
    version,
    pin: isPinned,
    endpoint,
    fetch: async (...request) => {
      const response = await fetch(...request)
      const { status, headers } = response
      const body = await response.clone().text()
      responses.push({ status, headers: withoutCookies(headers), body })
      return response
    },
  }
  const cids = { 0: await cidOf(bytes, { version: 0 }), 1: await cidOf(bytes) }
  const result = await pin(url ?? new Blob([bytes]), options).then(
    (receipt) => ({ receipt }),
    (error) => ({ error: error.toJSON() }),
  )
  return { ...record, cids, responses, ...result }
}

function withoutCookies(headers) {
  const { 'set-cookie': _, ...rest } = Object.fromEntries(headers)
  return rest
}

/** What `numbers-pin doctor` finds, one check a line. */
function runDoctor() {
  const program = fileURLToPath(new URL('cli/index.js', pathToFileURL(installed)))
  const args = ['doctor', '--json']
  if (endpoint) args.push('--endpoint', endpoint)
  if (gateway) args.push('--gateway', gateway)
  const cid = answers.find(({ receipt }) => receipt)?.receipt.cid
  if (cid) args.push(cid)
  return new Promise((resolve) => {
    execFile(process.execPath, [program, ...args], (_, stdout) =>
      resolve(stdout.split('\n').filter(Boolean).map(JSON.parse)),
    )
  })
}

async function isConfirmed() {
  if (!process.stdin.isTTY) end(`Standard input is no terminal: add --yes to order: ${orders}`)
  const terminal = createInterface({ input: process.stdin, output: process.stderr })
  const answer = await terminal.question(`${orders}. Order them? [y/N] `)
  terminal.close()
  return /^y(es)?$/i.test(answer)
}

/** A text without the token, also as it is in JSON or a URL. */
function redacted(text) {
  const spellings = [token, JSON.stringify(token).slice(1, -1), encodeURIComponent(token)]
  return spellings.reduce((rest, spelling) => rest.replaceAll(spelling, '[token]'), text)
}

function end(message) {
  console.error(`live: ${message}`)
  process.exit(1)
}
