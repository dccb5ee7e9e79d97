import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { tool } from '../support/tools.js'

/** What runs a program, by the runtime's name. */
const COMMANDS = {
  Deno: [tool('@deno/linux-x64-glibc/deno'), 'run', '--no-config', '--allow-net', '--allow-read'],
  Bun: [tool('@oven/bun-linux-x64/bin/bun')],
  ...Object.fromEntries(
    [20, 22, 24, 26].map((version) => [`Node ${version}`, [tool(`node-${version}/bin/node`)]]),
  ),
}

/**
 * Runs a program of this folder in a runtime.
 *
 * @param {keyof typeof COMMANDS} runtime
 * @param {string} name
 * @param {string[]} args
 * @param {Uint8Array | number} [input] its standard input: bytes through a pipe, or a descriptor
 * @param {Record<string, string>} [env] variables in addition to those of this process
 * @returns {Promise<any>} what it writes, which is JSON
 */
export async function run(runtime, name, args, input = new Uint8Array(0), env = {}) {
  const [command, ...flags] = COMMANDS[runtime]
  if (runtime === 'Deno' && env.NODE_TLS_REJECT_UNAUTHORIZED)
    flags.push('--unsafely-ignore-certificate-errors', '--quiet')
  const program = fileURLToPath(new URL(`programs/${name}.js`, import.meta.url))
  const isPiped = typeof input !== 'number'
  const child = spawn(command, [...flags, program, ...args], {
    stdio: [isPiped ? 'pipe' : input, 'pipe', 'inherit'],
    env: { ...process.env, ...env },
  })
  if (isPiped) child.stdin.end(input)
  const [said] = await Promise.all([text(child.stdout), once(child, 'exit')])
  return JSON.parse(said)
}
