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
 * What a relay runs in: what to start, so that it passes on to `endpoint` and says its port.
 *
 * @type {Record<string, (t: import('node:test').TestContext, endpoint: string) => Promise<string[]>>}
 */
export const hosts = {
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

/** A worker of the modules that a relay has, at any free port. */
async function worker(endpoint) {
  const paths = [
    'tests/relay/programs/workerd.js',
    'tests/relay/programs/relays.js',
    'pkg/relay.js',
    'pkg/relay/options.js',
    'pkg/error.js',
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
 * Starts relays in a host, until the suite has ended.
 *
 * @returns {Promise<{ url: string, peak(): Promise<number> }>} where they are, and the most memory
 *   that the host has had, in bytes
 */
export async function startRelays(t, host, endpoint) {
  const [command, ...args] = await hosts[host](t, endpoint)
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
