import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { transformSync } from 'esbuild'
import { localGateway } from '../support/gateway.js'

export const TARBALL = process.env.NUMBERS_PIN_TARBALL
if (!TARBALL) throw new Error('These tests are run by `cargo xtask test pack`')

const here = (path) => join(import.meta.dirname, path)

/**
 * A fresh project of a user, and a gateway that serves it. The package is installed as it would be
 * published, `src/` has the programs, and the tools are found in the folder above, as in a workspace.
 *
 * @param {import('node:test').TestContext} t
 * @param {string} name
 * @param {Pick<import('./environments.js').Environment, 'files' | 'specifier' | 'folder'>} parts
 * @returns {Promise<import('./environments.js').Place>}
 */
export async function newProject(t, name, { files = {}, specifier = 'numbers-pin', folder = '.' }) {
  const project = here(`projects/${name.replace(/\W+/g, '-')}`)
  await rm(project, { recursive: true, force: true })
  const write = async (path, text) => {
    await mkdir(dirname(join(project, path)), { recursive: true })
    await writeFile(join(project, path), text)
  }
  await write('package.json', JSON.stringify({ private: true, type: 'module' }))
  for (const [path, text] of Object.entries(files)) await write(path, text)
  for (const path of await readdir(here('programs'), { recursive: true })) {
    if (!/\.c?js$/.test(path)) continue
    const text = await readFile(here(`programs/${path}`), 'utf8')
    await write(`src/${path}`, text.replace("'numbers-pin'", `'${specifier}'`))
  }
  await install(project)
  return { t, project, gateway: await localGateway(t, { pages: { '/': join(project, folder) } }) }
}

/** A program as CommonJS. */
export function commonJs(program) {
  const text = readFileSync(here(`programs/${program}`), 'utf8')
  const { code } = transformSync(text, { format: 'cjs', platform: 'node' })
  return code.replaceAll(/"(\.\/\w+)\.js"/g, '"$1.cjs"')
}

async function install(project) {
  const flags = ['--offline', '--ignore-scripts', '--no-audit', '--no-fund']
  const args = ['install', ...flags, TARBALL]
  await promisify(execFile)('npm', args, { cwd: project })
}
