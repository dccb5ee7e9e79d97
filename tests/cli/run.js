import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { TOKEN } from '../support/faults/leaks.js'

export const CLI = fileURLToPath(new URL('../../pkg/cli/index.js', import.meta.url))

/** The environment of a user with a token. */
export const environment = (more) => ({ PATH: process.env.PATH, CAPTURE_TOKEN: TOKEN, ...more })

/**
 * Starts the command line.
 *
 * @param {string[]} args
 * @param {{
 *   cwd?: string, env?: object, input?: string | Uint8Array, stdin?: number, stdout?: number, shell?: string
 * }} [options] `shell` is a command that a shell runs before
 * @returns {{ child: import('node:child_process').ChildProcess, end: Promise<{
 *   status: number | null, stdout: string, stderr: string
 * }> }}
 */
export function start(args, { cwd, env, input, stdin = 'ignore', stdout = 'pipe', shell } = {}) {
  const stdio = [input === undefined ? stdin : 'pipe', stdout, 'pipe']
  const command = [process.execPath, CLI, ...args]
  const [program, ...rest] = shell ? ['sh', '-c', `${shell}; exec "$@"`, 'sh', ...command] : command
  const child = spawn(program, rest, { cwd, env: environment(env), stdio })
  child.stdin?.end(input)
  const text = async (stream) => (stream ? Buffer.concat(await stream.toArray()).toString() : '')
  const end = Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')])
  return {
    child,
    end: end.then(([stdout, stderr, [status]]) => ({ status, stdout, stderr })),
  }
}

/** Runs the command line and waits until it has ended. */
export const run = (args, options) => start(args, options).end
