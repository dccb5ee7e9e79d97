import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { delimiter } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { tool } from '../support/tools.js'

/** The version of an installed package. */
export async function versionOf(name) {
  return JSON.parse(await readFile(tool(`${name}/package.json`))).version
}

/** The version that a program prints. */
export async function versionSaid(program, env) {
  const options = { env: { ...environment(), ...env } }
  const { stdout } = await promisify(execFile)(program, ['--version'], options)
  return /\d+\.[\w.]+/.exec(stdout)[0]
}

/**
 * Runs a program in a project, to its end. Rejects with all that it wrote if it fails.
 *
 * @returns {Promise<{ stdout: string, stderr: string }>}
 */
export async function run(project, program, ...args) {
  try {
    return await promisify(execFile)(program, args, { cwd: project, env: environment() })
  } catch (error) {
    throw new Error(`${args.join(' ')}: ${error.stdout}${error.stderr || error.message}`)
  }
}

/**
 * Starts a program in a project, and kills it with all its children when the test `t` has ended. Not gently: a
 * server may wait for connections that a browser has opened for later.
 */
export function start({ t, project }, program, args, env) {
  const child = spawn(program, args, {
    cwd: project,
    env: { ...environment(), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  })
  const ended = once(child, 'close')
  t.after(() => {
    try {
      process.kill(-child.pid, 'SIGKILL')
    } catch {
      // They have ended.
    }
    return ended
  })
  return child
}

/** Starts a server in a project, and resolves to the first URL that it prints. */
export async function serve(place, program, ...args) {
  const { stdout, stderr } = start(place, program, args)
  let said = ''
  stderr.on('data', (text) => (said += text))
  for await (const line of createInterface(stdout)) {
    said += `${line}\n`
    const [address] = /http:\/\/[\w.]+:\d+/.exec(line) ?? []
    if (!address) continue
    stdout.resume()
    return address
  }
  throw new Error(`${args.join(' ')}: ${said}`)
}

/**
 * The environment of a tool. It has its own home folder, and sends requests to the network to a proxy that
 * does not exist.
 */
function environment() {
  const HOME = fileURLToPath(new URL('../../var/home', import.meta.url))
  mkdirSync(HOME, { recursive: true })
  return {
    HOME,
    PATH: [tool('node-24/bin'), process.env.PATH].join(delimiter),
    HTTPS_PROXY: 'http://127.0.0.1:9',
    NO_COLOR: '1',
    CLOUDFLARE_CF_FETCH_ENABLED: 'false',
    DENO_NO_UPDATE_CHECK: '1',
    NEXT_TELEMETRY_DISABLED: '1',
    WRANGLER_HIDE_BANNER: 'true',
    WRANGLER_SEND_METRICS: 'false',
  }
}
