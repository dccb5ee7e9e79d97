import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { NODE, tool } from '../support/tools.js'
import { ends } from './hosts.js'
import { TARBALL } from './project.js'
import { run, versionOf } from './tools.js'

const YARN = [NODE, tool('@yarnpkg/cli-dist/bin/yarn.js')]

/** Package managers with folders of their own kind. @type {import('./environments.js').Environment[]} */
export const managers = [
  {
    tool: 'pnpm',
    release: 11,
    way: 'its `node_modules`',
    version: () => versionOf('pnpm'),
    files: { 'pnpm-workspace.yaml': '' },
    async run({ project, gateway }) {
      await clear(project)
      await run(project, NODE, tool('pnpm/bin/pnpm.mjs'), 'add', '--offline', TARBALL)
      return ends(project, NODE, 'src/main.js', gateway.endpoint)
    },
  },
  ...['main.js', 'main.cjs'].map((main) => ({
    tool: 'Yarn',
    release: 4,
    way: `Plug'n'Play, ${main === 'main.js' ? '`import`' : '`require()`'}`,
    version: () => versionOf('@yarnpkg/cli-dist'),
    files: { '.yarnrc.yml': 'nodeLinker: pnp\nenableTelemetry: false\nenableNetwork: false\n' },
    async run({ project, gateway }) {
      await clear(project)
      await writeFile(join(project, 'yarn.lock'), '')
      await run(project, ...YARN, 'add', `numbers-pin@file:${TARBALL}`)
      return ends(project, ...YARN, 'node', `src/${main}`, gateway.endpoint)
    },
  })),
]

/** Removes what npm has installed. */
async function clear(project) {
  for (const path of ['node_modules', 'package-lock.json'])
    await rm(join(project, path), { recursive: true })
  const manifest = { name: 'project', private: true, type: 'module' }
  await writeFile(join(project, 'package.json'), JSON.stringify(manifest))
}
