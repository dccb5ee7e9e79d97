import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { tool } from '../support/tools.js'

/** What runs a program, by the host's name. */
const COMMANDS = {
  Deno: [tool('@deno/linux-x64-glibc/deno'), 'run', '--no-config', '--allow-net', '--allow-read'],
  Bun: [tool('@oven/bun-linux-x64/bin/bun')],
}

/**
 * Runs a program of this folder in a host.
 *
 * @param {keyof typeof COMMANDS} host
 * @param {string} name
 * @param {string[]} args
 * @param {Uint8Array | number} [input] its standard input: bytes through a pipe, or a descriptor
 * @returns {Promise<any>} what it writes, which is JSON
 */
export async function run(host, name, args, input = new Uint8Array(0)) {
  const [command, ...flags] = COMMANDS[host]
  const program = fileURLToPath(new URL(`programs/${name}.js`, import.meta.url))
  const isPiped = typeof input !== 'number'
  const child = spawn(command, [...flags, program, ...args], {
    stdio: [isPiped ? 'pipe' : input, 'pipe', 'inherit'],
  })
  if (isPiped) child.stdin.end(input)
  const [said] = await Promise.all([text(child.stdout), once(child, 'exit')])
  return JSON.parse(said)
}
