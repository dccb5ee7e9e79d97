import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { launchChromium } from '../../support/browser.js'
import { importerCid } from '../contenders/importer.js'
import { bundle, serve } from '../page.js'
import { ratioTables } from '../ratios.js'
import { rounds } from '../rounds.js'

export const title = 'Start'

export const about = `From the \`import\` to the end of a first call, which needs all that later calls
need: in a fresh process of Node, and in Chromium from a page without a cache, of one minified script
over loopback. Pinata's first call only makes its client.`

export const peers = ['pinata', 'ipfs-unixfs-importer']

const ROUNDS = 15

/** Files of `contenders/start/`, with what has to come out. */
const CID = await importerCid(new Uint8Array(1), 1)
const CONTENDERS = {
  'numbers-pin': CID,
  pinata: 'function',
  'ipfs-unixfs-importer': CID,
  empty: undefined,
}

const FOLDER = fileURLToPath(new URL('../contenders/', import.meta.url))

export async function measure() {
  return [await inNode(), await inChromium()]
}

export const render = ratioTables

async function inNode() {
  const run = async (contender) => {
    const script = [`${FOLDER}start.js`, contender]
    const { stdout } = await promisify(execFile)(process.execPath, script)
    return JSON.parse(stdout)
  }
  return series(`Node ${process.versions.node}`, run, { pinata: 2 })
}

async function inChromium() {
  const scripts = {}
  for (const contender of Object.keys(CONTENDERS)) {
    const entryPoints = [`${FOLDER}start/${contender}.js`]
    scripts[`/${contender}.js`] = await bundle({ entryPoints, format: 'esm' })
  }
  const server = await serve(scripts)
  const browser = await launchChromium()
  const run = async (contender) => {
    const context = await browser.newContext()
    const page = await context.newPage()
    await page.goto(`http://127.0.0.1:${server.address().port}/`)
    const sample = await page.evaluate(timed, `/${contender}.js`)
    await context.close()
    return sample
  }
  try {
    return await series(`Chromium ${browser.version()}`, run, { 'ipfs-unixfs-importer': 1 })
  } finally {
    await browser.close()
    server.close()
  }
}

/** Runs in the page. */
async function timed(script) {
  const began = performance.now()
  const { ready } = await import(script)
  const result = await ready()
  return { ms: performance.now() - began, result }
}

/** `limits`: the goals, by the contender that is compared with. */
async function series(host, run, limits) {
  const names = Object.keys(CONTENDERS)
  const checked = async (contender) => {
    const { ms, result } = await run(contender)
    assert.equal(result, CONTENDERS[contender], `${contender} in ${host}`)
    return ms
  }
  const samples = await rounds(ROUNDS, names, checked)
  const [contender, ...others] = names
  const goals = others.map((other) => ({ contender, of: { [other]: 1 }, limit: limits[other] }))
  return { host, task: 'first call', samples, goals }
}
