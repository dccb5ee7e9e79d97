import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { bytesOf } from '../contenders/bytes.js'
import { importerCid } from '../contenders/importer.js'
import { ratioTables } from '../ratios.js'
import { rounds } from '../rounds.js'
import { serving } from '../serving.js'

export const title = 'Command line'

export const about = `Fresh processes: of one file, the processor time of \`numbers-pin FILE\` and of a
script with \`fetch\` and \`FormData\`; of 100 files, the time of one \`numbers-pin\` and of a loop of
\`curl\`; the time of \`numbers-pin cid\` of 1 GiB and of a script with the importer. Every file arrived, and
every CID was the same.`

export const peers = ['ipfs-unixfs-importer']

const ROUNDS = 15
const SMALL = 1024
const COUNT = 100
const EACH = 10_240
const GIB = 1_073_741_824

const CLI = fileURLToPath(new URL('../../../pkg/cli/index.js', import.meta.url))
const SCRIPT = fileURLToPath(new URL('../contenders/cli.js', import.meta.url))

/** Runs a command, and prints the times of its processes after its own output. */
const TIMED = ['sh', '-c', '"$@"; times', 'sh']
const CURL = `for file; do
  curl --silent --fail --form "file=@$file" --header 'Authorization: token bench' "$ENDPOINT"
done`

export function measure() {
  return serving(async (service) => {
    const folder = await mkdtemp(join(tmpdir(), 'bench-'))
    try {
      return [await one(folder, service), await many(folder, service), await cid(folder)]
    } finally {
      await rm(folder, { recursive: true })
    }
  })
}

export const render = ratioTables

async function one(folder, service) {
  const file = join(folder, 'one')
  await writeFile(file, bytesOf(SMALL))
  const endpoint = service.endpoint('raw')
  const commands = {
    'numbers-pin': [process.execPath, CLI, '--endpoint', endpoint, file],
    'script with fetch': [process.execPath, SCRIPT, 'pin', file, endpoint],
  }
  const run = async (contender) => {
    const { cpu } = await timed(commands[contender])
    assert.equal((await service.taken()).length, 1, contender)
    return cpu
  }
  const goal = { contender: 'numbers-pin', of: { 'script with fetch': 1 }, limit: 1.15 }
  return series('processor time of one file of 1 KiB', commands, run, goal)
}

async function many(folder, service) {
  const files = Array.from({ length: COUNT }, (_, index) => join(folder, `${index}.bin`))
  for (const [index, file] of files.entries()) {
    const bytes = bytesOf(EACH)
    new DataView(bytes.buffer).setUint32(0, index)
    await writeFile(file, bytes)
  }
  const endpoint = service.endpoint('raw')
  const commands = {
    'numbers-pin': [process.execPath, CLI, '--endpoint', endpoint, ...files],
    'loop of curl': ['sh', '-c', CURL, 'sh', ...files],
  }
  const run = async (contender) => {
    const { ms } = await timed(commands[contender], { ENDPOINT: endpoint })
    assert.equal((await service.taken()).length, COUNT, contender)
    return ms
  }
  const goal = { contender: 'numbers-pin', of: { 'loop of curl': 1 }, limit: 0.5 }
  return series(`${COUNT} files of 10 KB`, commands, run, goal, 5)
}

async function cid(folder) {
  const file = join(folder, 'large')
  await writeFile(file, '')
  await truncate(file, GIB)
  const commands = {
    'numbers-pin cid': [process.execPath, CLI, 'cid', '--quiet', file],
    'script with the importer': [process.execPath, SCRIPT, 'cid', file],
  }
  const expected = await importerCid(zeros(), 1)
  const run = async (contender) => {
    const { ms, stdout } = await timed(commands[contender])
    assert.equal(stdout.split('\n')[0], expected, contender)
    return ms
  }
  const goal = { contender: 'numbers-pin cid', of: { 'script with the importer': 1 }, limit: 1 }
  return series('CID of a file of 1 GiB', commands, run, goal, 5)
}

async function* zeros() {
  const chunk = new Uint8Array(1_048_576)
  for (let sent = 0; sent < GIB; sent += chunk.length) yield chunk
}

async function series(task, commands, run, goal, count = ROUNDS) {
  const samples = await rounds(count, Object.keys(commands), run, 1)
  return { host: `Node ${process.versions.node}`, task, samples, goals: [goal] }
}

/** How long a command took, and its processor time, both in ms. */
async function timed(command, env) {
  const [shell, ...args] = [...TIMED, ...command]
  const began = performance.now()
  const options = { env: { PATH: process.env.PATH, CAPTURE_TOKEN: 'bench', ...env } }
  const { stdout } = await promisify(execFile)(shell, args, options)
  const ms = performance.now() - began
  // The second line is of the command: minutes and seconds of its own, and of the system for it.
  const times = [
    ...stdout
      .trimEnd()
      .split('\n')
      .at(-1)
      .matchAll(/(\d+)m([\d.]+)s/g),
  ]
  const cpu = times.reduce((sum, [, minutes, seconds]) => sum + minutes * 60 + Number(seconds), 0)
  return { ms, cpu: cpu * 1000, stdout }
}
