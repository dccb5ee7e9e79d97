import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { chmod, mkdir, writeFile } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { suite, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { parse } from 'yaml'
import { localGateway } from '../support/gateway.js'
import { temporaryFolder } from '../support/temporary-folder.js'
import { PACKAGE, blocks } from './recipes.js'

const execute = promisify(execFile)

suite('the recipes for Node', { timeout: 120_000 }, () => {
  test('pin an image, and then the JSON that names it', async (t) => {
    const gateway = await localGateway(t)
    const cwd = await temporaryFolder(t)
    await writeFile(join(cwd, 'photo.jpg'), 'not really a photo')
    const [code] = blocks('The metadata of an NFT', 'js')
    const program = code
      .replace("'numbers-pin'", JSON.stringify(new URL('index.js', PACKAGE)))
      .replaceAll('{ token,', `{ token, endpoint: ${JSON.stringify(gateway.endpoint)},`)
    await writeFile(join(cwd, 'program.mjs'), program)
    const env = { ...process.env, CAPTURE_TOKEN: 'local-token' }
    const { stdout } = await execute(process.execPath, ['program.mjs'], { cwd, env })
    const fetched = async (uri) => fetch(`${gateway.url}/ipfs/${uri.slice('ipfs://'.length)}`)
    const metadata = await (await fetched(stdout.trim())).json()
    assert.equal(metadata.name, 'A photo')
    assert.equal(await (await fetched(metadata.image)).text(), 'not really a photo')
    assert.deepEqual(
      gateway.orders.map(({ filename }) => filename),
      ['photo.jpg', 'metadata.json'],
    )
  })

  test('pin a folder each night, each file once', async (t) => {
    const gateway = await localGateway(t)
    const cwd = await temporaryFolder(t)
    const path = await commands(cwd, gateway)
    for (const name of ['more', '.more'])
      await mkdir(join(cwd, 'photos', name), { recursive: true })
    for (const file of ['photos/one.jpg', 'photos/more/two.jpg', 'photos/.a', 'photos/.more/b.jpg'])
      await writeFile(join(cwd, file), file)
    await writeFile(join(cwd, 'capture-token'), 'local-token')
    const [program] = blocks('A nightly job in Node', 'js')
    await writeFile(join(cwd, 'nightly.mjs'), program)
    const env = { ...process.env, PATH: path }
    const nightly = () => execute(process.execPath, ['nightly.mjs'], { cwd, env })
    const { stdout } = await nightly()
    assert.equal((await nightly()).stdout, stdout)
    assert.deepEqual(gateway.orders.map(({ filename }) => filename).sort(), ['one.jpg', 'two.jpg'])
    assert.equal(stdout.match(/^bafk\w+$/gm).length, 2)
    await writeFile(join(cwd, 'capture-token'), 'wrong-token')
    await writeFile(join(cwd, 'photos/three.jpg'), 'three')
    await assert.rejects(nightly(), { code: 1 })
  })

  test('pin build artefacts by GitHub Actions, each once', async (t) => {
    const gateway = await localGateway(t)
    const cwd = await temporaryFolder(t)
    const path = await commands(cwd, gateway)
    const workflow = parse(blocks('Build artefacts, by GitHub Actions', 'yaml')[0])
    const { steps } = workflow.jobs.pin
    const [restore, save] = ['restore', 'save'].map((what) =>
      steps.find(({ uses }) => uses === `actions/cache/${what}@v4`),
    )
    assert.equal(workflow.concurrency, 'pin')
    // GitHub does not share the cache of a tag with other tags.
    assert.deepEqual(workflow.on.push, { branches: ['main'] })
    assert.equal(save.if, 'always()')
    assert.deepEqual([restore.with.path, restore.with.key], [save.with.path, save.with.key])
    assert.ok(save.with.key.startsWith(restore.with['restore-keys']))

    const runAll = async () => {
      for (const { run, env = {} } of steps.filter(({ run }) => run)) {
        const secret = '${{ secrets.CAPTURE_TOKEN }}'
        assert.deepEqual(env, run.includes('numbers-pin') ? { CAPTURE_TOKEN: secret } : {})
        const variables = { ...process.env, PATH: path }
        if (env.CAPTURE_TOKEN) variables.CAPTURE_TOKEN = 'local-token'
        // As the runner calls it.
        await execute('bash', ['-e', '-c', run], { cwd, env: variables })
      }
    }
    await runAll()
    await runAll()
    assert.deepEqual(gateway.orders.map(({ filename }) => filename).sort(), ['one.zip', 'two.zip'])
  })
})

/** The `PATH` with an `npm` that builds two files, and an `npx` that runs the command line. */
async function commands(cwd, { endpoint }) {
  const bin = join(cwd, 'bin')
  await mkdir(bin)
  const cli = fileURLToPath(new URL('cli/index.js', PACKAGE))
  await program(bin, 'npm', 'mkdir -p dist && echo one > dist/one.zip && echo two > dist/two.zip')
  const npx = `shift\nexec "${process.execPath}" "${cli}" --endpoint "${endpoint}" "$@"`
  await program(bin, 'npx', npx)
  return [bin, process.env.PATH].join(delimiter)
}

async function program(folder, name, script) {
  const path = join(folder, name)
  await writeFile(path, `#!/bin/sh\n${script}\n`)
  await chmod(path, 0o755)
}
