import assert from 'node:assert/strict'
import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { bundlers } from './bundlers.js'
import { newProject } from './project.js'
import { run } from './tools.js'

suite('importing only PinError bundles no WebAssembly', { timeout: 180_000 }, () => {
  for (const bundler of bundlers)
    test(`with ${nameOf(bundler)}`, async (t) => {
      const { scripts, module } = await bundle(t, bundler, 'error')
      assert.match(scripts, /AbortError/)
      assert.ok(!scripts.includes(module))
      t.diagnostic(scripts.length)
      assert.ok(scripts.length < 2000)
    })
})

suite('importing and requiring the package bundles it once', { timeout: 180_000 }, () => {
  // Rollup does not support CommonJS without a plugin.
  for (const bundler of bundlers.filter(({ tool }) => tool !== 'Rollup'))
    test(`with ${nameOf(bundler)}`, async (t) => {
      const { scripts, module } = await bundle(t, bundler, 'both')
      assert.equal(scripts.split(module).length - 1, 1)
    })
})

function nameOf({ tool, release }) {
  return [tool, release].filter(Boolean).join(' ')
}

/** The scripts that a bundler builds from a program, as one string, and a part of the WebAssembly's text. */
async function bundle(t, bundler, program) {
  const command = Object.values(bundler.ways).at(-1)
  const parts = { files: bundler.files(program, command) }
  const { project } = await newProject(t, `${nameOf(bundler)} ${program}`, parts)
  await run(project, ...command.build)
  const entry = await readFile(join(project, 'node_modules/numbers-pin/index.js'), 'utf8')
  const [, module] = /wasm = "(.{64})/.exec(entry)
  return { scripts: await scriptsIn(join(project, 'dist')), module }
}

async function scriptsIn(folder) {
  const files = await readdir(folder, { recursive: true })
  const texts = files
    .filter((file) => file.endsWith('.js'))
    .map((file) => readFile(join(folder, file)))
  return (await Promise.all(texts)).join('\n')
}
