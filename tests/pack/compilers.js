import { readFileSync } from 'node:fs'
import { NODE, tool } from '../support/tools.js'
import { run, versionOf } from './tools.js'

/** Uses every export of the package. */
const USAGE = readFileSync(new URL('../types/usage.ts', import.meta.url), 'utf8')

/** Types that other packages bring are found only where a project of its own would find them. */
const STRICT = ['--strict', '--noEmit', '--target', 'es2022', '--typeRoots', 'node_modules/@types']

const MODULES = {
  node: ['--module', 'esnext', '--moduleResolution', 'node'],
  node16: ['--module', 'node16'],
  nodenext: ['--module', 'nodenext'],
  bundler: ['--module', 'esnext', '--moduleResolution', 'bundler'],
}

/** The oldest TypeScript and the newest. @type {import('./environments.js').Environment[]} */
export const compilers = [
  ...typescript(4, '4.9', ['node', 'node16', 'nodenext']),
  ...typescript(7, '7', ['node16', 'nodenext', 'bundler']),
]

function typescript(major, release, resolutions) {
  const name = `typescript-${major}`
  return resolutions.map((resolution) => ({
    tool: 'TypeScript',
    release,
    way: `\`${resolution}\``,
    version: () => versionOf(name),
    files: { 'usage.ts': USAGE },
    async run({ project }) {
      await run(
        project,
        NODE,
        tool(`${name}/bin/tsc`),
        'usage.ts',
        ...STRICT,
        ...MODULES[resolution],
      )
      return []
    },
  }))
}
