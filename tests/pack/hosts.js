import { NODE, tool } from '../support/tools.js'
import { run, serve, versionOf, versionSaid } from './tools.js'

/** Runtimes without pages. @type {import('./environments.js').Environment[]} */
export const hosts = [
  ...[20, 22, 24, 26].flatMap((release) => host('Node', release, node(release))),
  bundledByEsbuild('ES module', 'bundle.mjs', '--format=esm'),
  bundledByEsbuild('CommonJS', 'bundle.cjs'),
  ...host('Deno', 2, tool('@deno/linux-x64-glibc/deno'), 'run', '--allow-net', '--allow-read'),
  ...host('Bun', 1, tool('@oven/bun-linux-x64/bin/bun')),
  workerd('as it is', []),
  workerd('with `nodejs_compat`', ['nodejs_compat']),
  // The oldest date at which Wrangler's Workers have `fetch` of modules; the last one before
  // `Symbol.toStringTag` of types; and the last one before `cache` of requests.
  ...['2023-05-18', '2024-09-22', '2024-11-10'].map((date) => workerd(`of ${date}`, [], date)),
]

export function node(release) {
  return tool(`node-${release}/bin/node`)
}

function host(tool, release, program, ...flags) {
  const mains = { '`import`': 'src/main.js', '`require()`': 'src/main.cjs' }
  return Object.entries(mains).map(([way, main]) => ({
    tool,
    release,
    way,
    version: () => versionSaid(program),
    run: ({ project, gateway }) => ends(project, program, ...flags, main, gateway.endpoint),
  }))
}

/** Run by the oldest Node. */
function bundledByEsbuild(way, bundle, ...flags) {
  return {
    tool: 'Node, bundled by esbuild',
    way,
    version: () => versionOf('esbuild'),
    async run({ project, gateway }) {
      const args = ['src/main.js', '--bundle', '--platform=node', `--outfile=${bundle}`, ...flags]
      await run(project, tool('esbuild/bin/esbuild'), ...args)
      return ends(project, node(20), bundle, gateway.endpoint)
    },
  }
}

function workerd(way, compatibility_flags, compatibility_date = '2026-07-01') {
  const settings = { name: 'project', main: 'src/workerd.js', compatibility_date }
  return {
    tool: 'workerd, by Wrangler',
    release: 4,
    way,
    version: () => versionOf('wrangler'),
    files: { 'wrangler.json': JSON.stringify({ ...settings, compatibility_flags }) },
    async run(place) {
      const wrangler = tool('wrangler/bin/wrangler.js')
      const address = await serve(place, NODE, wrangler, 'dev', '--port', '0')
      return answered(address, place)
    },
  }
}

/** The output of a program when its orders have ended. It must print nothing else. */
export async function ends(project, program, ...args) {
  const { stdout, stderr } = await run(project, program, ...args)
  if (stderr) throw new Error(`It wrote ${stderr}`)
  return JSON.parse(stdout)
}

/** The response of a server when its orders have ended. */
export async function answered(address, { gateway: { endpoint } }) {
  const response = await fetch(`${address}?${new URLSearchParams({ endpoint })}`)
  return response.json()
}
