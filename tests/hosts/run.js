import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { tool } from '../support/tools.js'

const NODES = [20, 22, 24, 26].map((version) => [
  `Node ${version}`,
  [tool(`node-${version}/bin/node`)],
])

/** The command that runs a program in each runtime. */
const COMMANDS = {
  Deno: [tool('@deno/linux-x64-glibc/deno'), 'run', '--no-config', '--no-prompt', '--allow-read'],
  Bun: [tool('@oven/bun-linux-x64/bin/bun')],
  ...Object.fromEntries(NODES),
}

/**
 * Runs a program of this folder in a runtime.
 *
 * @param {keyof typeof COMMANDS} runtime
 * @param {string} name
 * @param {string[]} args
 * @param {object} [how]
 * @param {Uint8Array | number} [how.input] its standard input: bytes through a pipe, or a descriptor
 * @param {Record<string, string>} [how.env] variables in addition to those of this process
 * @param {string[]} [how.flags] of the runtime
 * @returns {Promise<any>} the JSON that it writes
 */
export async function run(runtime, name, args, { input = '', env = {}, flags } = {}) {
  const [command, ...always] = COMMANDS[runtime]
  const more = flags ?? (runtime === 'Deno' ? ['--allow-net'] : [])
  const program = fileURLToPath(new URL(`programs/${name}.js`, import.meta.url))
  const isPiped = typeof input !== 'number'
  const child = spawn(command, [...always, ...more, program, ...args], {
    stdio: [isPiped ? 'pipe' : input, 'pipe', 'inherit'],
    env: { ...process.env, ...env },
  })
  if (isPiped) child.stdin.end(input)
  const [said] = await Promise.all([text(child.stdout), once(child, 'exit')])
  return JSON.parse(said)
}
