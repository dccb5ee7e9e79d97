import assert from 'node:assert/strict'
import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { bundlers } from './bundlers.js'
import { newProject } from './project.js'
import { run } from './tools.js'

suite('who imports PinError alone gets no WebAssembly', { timeout: 60_000 }, () => {
  for (const { tool, release, files, ways } of bundlers) {
    const name = [tool, release].filter(Boolean).join(' ')
    test(`from ${name}`, async (t) => {
      const command = Object.values(ways).at(-1)
      const parts = { files: files('error', command) }
      const { project } = await newProject(t, `${name} error`, parts)
      await run(project, ...command.build)
      const script = await scripts(join(project, 'dist'))
      const module_ = await readFile(
        join(project, 'node_modules/numbers-pin/wasm/inline.js'),
        'utf8',
      )
      assert.match(script, /AbortError/)
      assert.ok(!script.includes(/'(.{64})/.exec(module_)[1]))
      t.diagnostic(script.length)
      assert.ok(script.length < 2000)
    })
  }
})

async function scripts(folder) {
  const files = await readdir(folder, { recursive: true })
  const texts = files
    .filter((file) => file.endsWith('.js'))
    .map((file) => readFile(join(folder, file)))
  return (await Promise.all(texts)).join('\n')
}
