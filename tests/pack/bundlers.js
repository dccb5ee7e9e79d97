import { chromium } from './browsers.js'
import { html, shown } from './pages.js'
import { NODE, tool } from '../support/tools.js'
import { run, serve, versionOf } from './tools.js'

/**
 * A tool that bundles the modules of a page into one script, with its defaults.
 *
 * @typedef {object} Bundler
 * @property {string} tool
 * @property {number} [release]
 * @property {string} name the package that it comes in
 * @property {(script: string, command: Command) => Record<string, string>} files of a project whose
 *   page has that script
 * @property {string[]} scripts those that it can bundle
 * @property {Record<string, Command>} ways
 *
 * @typedef {{ serve?: string[], build?: string[], type?: string }} Command what is run to serve the
 *   page, or to build it in `dist/`
 */

const PAGE = ['page']
const PAGE_AND_WORKER = ['page', 'dedicated']

/** The suffix of ways in which a worker of the page uses the package. */
export const IN_WORKER = ', in a worker'

/** For a bundler that reads the page. */
const read = (script) => ({ 'index.html': html(`src/${script}.js`) })

/** For a bundler that does not read the page. */
const unread = (script, { type = 'text/javascript' }) => ({
  'src/index.js': `import './${script}.js'\n`,
  'dist/index.html': html('main.js', { type }),
})

/** @type {Bundler[]} */
export const bundlers = [
  vite(5, 'vite-5'),
  vite(7, 'vite-7'),
  vite(8, 'vite'),
  webpack([NODE, tool('webpack-cli/bin/cli.js')]),
  rspack([NODE, tool('@rspack/cli/bin/rspack.js'), 'build']),
  parcel([NODE, tool('parcel/lib/bin.js')]),
  rollup([NODE, tool('rollup/dist/bin/rollup'), 'src/index.js', '--plugin', 'node-resolve']),
  esbuild([tool('esbuild/bin/esbuild'), 'src/index.js', '--bundle']),
  bun([tool('@oven/bun-linux-x64/bin/bun')]),
]

function vite(release, name) {
  const program = [NODE, tool(`${name}/bin/vite.js`)]
  return {
    tool: 'Vite',
    release,
    name,
    files: read,
    scripts: PAGE_AND_WORKER,
    ways: { 'development server': { serve: program }, build: { build: [...program, 'build'] } },
  }
}

function webpack(program) {
  // Resolves by `main` only, like the oldest tools.
  const main = ['--resolve-main-fields-reset', '--resolve-main-fields', 'main']
  return {
    tool: 'webpack',
    release: 5,
    name: 'webpack',
    files: unread,
    scripts: PAGE_AND_WORKER,
    ways: {
      'without `exports`': { build: [...program, '--resolve-exports-fields-reset', ...main] },
      development: { build: [...program, '--mode', 'development'] },
      production: { build: [...program, '--mode', 'production'] },
    },
  }
}

function rspack(program) {
  return {
    tool: 'Rspack',
    release: 2,
    name: '@rspack/core',
    files: unread,
    scripts: PAGE_AND_WORKER,
    ways: {
      development: { build: [...program, '--mode', 'development'] },
      production: { build: [...program, '--mode', 'production'] },
    },
  }
}

function parcel(program) {
  return {
    tool: 'Parcel',
    release: 2,
    name: 'parcel',
    files: read,
    scripts: PAGE_AND_WORKER,
    ways: {
      'development server': { serve: [...program, 'index.html'] },
      build: { build: [...program, 'build', 'index.html'] },
    },
  }
}

function rollup(program) {
  const to = (format) => [...program, '--file', 'dist/main.js', '--format', format]
  return {
    tool: 'Rollup',
    release: 4,
    name: 'rollup',
    files: unread,
    scripts: PAGE,
    ways: { 'ES module': { build: to('es'), type: 'module' }, script: { build: to('iife') } },
  }
}

function esbuild(program) {
  const build = [...program, '--outfile=dist/main.js']
  return {
    tool: 'esbuild',
    name: 'esbuild',
    files: unread,
    scripts: PAGE,
    ways: { 'ES module': { build: [...build, '--format=esm'], type: 'module' }, script: { build } },
  }
}

function bun(program) {
  return {
    tool: "Bun's bundler",
    release: 1,
    name: 'bun',
    files: read,
    scripts: PAGE,
    ways: {
      'development server': { serve: [...program, 'index.html', '--port=0'] },
      build: { build: [...program, 'build', 'index.html', '--outdir=dist'] },
    },
  }
}

/** @type {import('./environments.js').Environment[]} */
export const bundled = bundlers.flatMap(({ tool, release, name, files, scripts, ways }) =>
  Object.entries(ways).flatMap(([way, command]) =>
    scripts.map((script) => ({
      tool,
      release,
      way: script === 'page' ? way : way + IN_WORKER,
      version: () => versionOf(name),
      files: files(script, command),
      folder: command.build && 'dist',
      run: async (place) => shown(chromium, place, await address(place, command)),
    })),
  ),
)

async function address(place, command) {
  if (command.serve) return serve(place, ...command.serve)
  await run(place.project, ...command.build)
  return place.gateway.url
}
