import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { tool } from '../support/tools.js'
import { temporaryFolder } from '../support/temporary-folder.js'

const ROOT = new URL('../../', import.meta.url)
const program = (name) => fileURLToPath(new URL(`programs/${name}.js`, import.meta.url))

/**
 * The command that starts a relay in each runtime. It forwards to `endpoint` and prints its port.
 *
 * @type {Record<string, (t: import('node:test').TestContext, endpoint: string) => Promise<string[]>>}
 */
export const runtimes = {
  'Node 20': async (t, endpoint) => [tool('node-20/bin/node'), program('node'), endpoint],
  'Node 26': async (t, endpoint) => [tool('node-26/bin/node'), program('node'), endpoint],
  Deno: async (t, endpoint) => [
    tool('@deno/linux-x64-glibc/deno'),
    'run',
    '--no-config',
    '--allow-net',
    program('deno'),
    endpoint,
  ],
  Bun: async (t, endpoint) => [tool('@oven/bun-linux-x64/bin/bun'), program('bun'), endpoint],
  async workerd(t, endpoint) {
    const config = join(await temporaryFolder(t), 'config.capnp')
    await writeFile(config, await worker(endpoint))
    return [tool('@cloudflare/workerd-linux-64/bin/workerd'), 'serve', '--control-fd=1', config]
  },
}

/** The configuration of a worker with the modules of the relay, on any free port. */
async function worker(endpoint) {
  const paths = [
    'tests/relay/programs/workerd.js',
    'tests/relay/programs/relays.js',
    'pkg/relay/index.js',
  ]
  const modules = await Promise.all(
    paths.map(async (path) => {
      const text = await readFile(new URL(path, ROOT), 'utf8')
      return `(name = ${JSON.stringify(path)}, esModule = ${JSON.stringify(text)})`
    }),
  )
  return `
    using Workerd = import "/workerd/workerd.capnp";
    const config :Workerd.Config = (
      services = [
        (name = "relay", worker = .relay),
        (name = "internet", network = (allow = ["private", "public"])),
      ],
      sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "relay")],
    );
    const relay :Workerd.Worker = (
      modules = [${modules.join(', ')}],
      bindings = [(name = "ENDPOINT", text = ${JSON.stringify(endpoint)})],
      compatibilityDate = "2026-07-01",
    );
  `
}

/**
 * Starts the relays in a runtime. They are stopped after the suite.
 *
 * @returns {Promise<{ url: string, peak(): Promise<number> }>} where they listen, and the peak
 *   memory of the runtime in bytes
 */
export async function startRelays(t, runtime, endpoint) {
  const [command, ...args] = await runtimes[runtime](t, endpoint)
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = once(child, 'exit')
  t.after(() => {
    child.kill('SIGKILL')
    return ended
  })
  const [line] = await once(createInterface(child.stdout), 'line')
  return {
    url: `http://127.0.0.1:${/\d+/.exec(line)}`,
    async peak() {
      const status = await readFile(`/proc/${child.pid}/status`, 'utf8')
      return Number(/VmHWM:\s+(\d+) kB/.exec(status)[1]) * 1024
    },
  }
}
