import { readFileSync } from 'node:fs'
import { access, cp } from 'node:fs/promises'
import { join } from 'node:path'
import { NODE, tool } from '../support/tools.js'
import { run, versionOf } from './tools.js'

const text = (path) => readFileSync(new URL(path, import.meta.url), 'utf8')

/** Uses every export of the package. */
const USAGE = { 'usage.ts': text('../types/usage.ts') }
const EVERY = { 'every.ts': text('types/every.ts') }
const WEB = { 'web.ts': text('types/web.ts') }
const OF_NODE = { 'node.ts': text('types/node.ts') }

/** The README's examples in JavaScript. */
const EXAMPLES = Object.fromEntries([
  ['examples.d.ts', text('types/examples.d.ts')],
  ...[...text('../../README.md').matchAll(/```js\n([^]*?)```/g)].map(([, code], nth) => [
    `example-${nth}.ts`,
    code,
  ]),
])

/** Types of other packages are found only where a separate project would find them. */
const STRICT = ['--strict', '--noEmit', '--target', 'es2022', '--typeRoots', 'node_modules/@types']
const NODENEXT = ['--module', 'nodenext']
/** The examples are JavaScript, whose parameters and errors have no types. */
const LOOSE = ['--noImplicitAny', 'false', '--useUnknownInCatchVariables', 'false']

const MODULES = {
  node: ['--module', 'esnext', '--moduleResolution', 'node'],
  node16: ['--module', 'node16'],
  nodenext: NODENEXT,
  bundler: ['--module', 'esnext', '--moduleResolution', 'bundler'],
}

/**
 * The oldest TypeScript and the newest, by how they find modules, and with the libraries that a project has.
 *
 * @type {import('./environments.js').Environment[]}
 */
export const compilers = [
  ...['node', 'node16', 'nodenext'].map((way) =>
    typescript(4, '4.9', `\`${way}\``, USAGE, MODULES[way]),
  ),
  ...['node16', 'nodenext', 'bundler'].map((way) =>
    typescript(7, '7', `\`${way}\``, USAGE, MODULES[way]),
  ),
  ...[
    [5, '5.4'],
    [7, '7'],
  ].flatMap(([major, release]) => [
    libraries(major, release, 'ES2023', EVERY),
    libraries(major, release, 'DOM', { ...EVERY, ...WEB }),
    libraries(major, release, 'WebWorker', { ...EVERY, ...WEB }),
    ...(major === 5 ? [20, 24] : [20, 22, 24]).map((node) => withNode(major, release, node)),
  ]),
]

function libraries(major, release, lib, files) {
  const flags = [...NODENEXT, '--lib', lib === 'ES2023' ? lib : `ES2023,${lib}`]
  return typescript(major, release, `with the library ${lib}`, files, flags)
}

/** Without the DOM, then with it. */
function withNode(major, release, node) {
  const way = `with \`@types/node\` ${node}`
  const flags = [...NODENEXT, ...(major > 5 ? ['--types', 'node'] : [])]
  const without = typescript(major, release, way, { ...EVERY, ...OF_NODE }, [
    ...flags,
    '--lib',
    'ES2023',
  ])
  const withDom = typescript(major, release, way, { ...WEB, ...EXAMPLES }, [
    ...flags,
    ...LOOSE,
    '--lib',
    'ES2023,DOM,DOM.Iterable',
  ])
  return {
    ...without,
    files: { ...without.files, ...withDom.files },
    async run(place) {
      await installTypes(place.project, tool(`types-node-${node}`))
      return [...(await without.run(place)), ...(await withDom.run(place))]
    },
  }
}

/** Copies the types, like npm. A link would lead to the types of other releases. */
async function installTypes(project, types) {
  const modules = join(project, 'node_modules')
  await cp(types, join(modules, '@types/node'), { recursive: true })
  const own = join(types, 'node_modules/undici-types')
  if (await access(own).catch(() => true))
    await cp(tool('undici-types'), join(modules, 'undici-types'), { recursive: true })
}

function typescript(major, release, way, files, flags) {
  const name = `typescript-${major}`
  return {
    tool: 'TypeScript',
    release,
    way,
    version: () => versionOf(name),
    files,
    async run({ project }) {
      await run(project, NODE, tool(`${name}/bin/tsc`), ...Object.keys(files), ...STRICT, ...flags)
      return []
    },
  }
}
