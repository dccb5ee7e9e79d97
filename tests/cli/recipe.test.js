import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { localGateway } from '../support/gateway.js'
import { folder } from './files.js'
import { environment } from './run.js'

const root = new URL('../../', import.meta.url)
const readme = await readFile(new URL('README.md', root), 'utf8')
const [recipe] = /(?<=```js\n)[^`]*filesOf[^]*?(?=```)/.exec(readme)

suite('the recipe for a folder', { timeout: 120_000 }, () => {
  const isLinux = process.platform === 'linux'
  test('pins what can be read, and fails for the rest', { skip: !isLinux }, async (t) => {
    const gateway = await localGateway(t)
    const cwd = await folder(t, {})
    await mkdir(join(cwd, 'photos/more'), { recursive: true })
    await writeFile(join(cwd, 'photos/more/1.jpg'), 'one')
    const program = join(cwd, 'program.mjs')
    const token = 'process.env.CAPTURE_TOKEN'
    await writeFile(
      program,
      recipe
        .replace("'numbers-pin'", JSON.stringify(new URL('pkg/index.js', root)))
        .replace(token, `${token}, endpoint: ${JSON.stringify(gateway.endpoint)}`),
    )
    const pinPhotos = () =>
      new Promise((resolve) => {
        const options = { cwd, env: environment() }
        execFile(process.execPath, [program], options, (error, stdout, stderr) =>
          resolve({ status: error?.code ?? 0, cids: stdout.split('\n').length - 1, stderr }),
        )
      })
    assert.deepEqual(await pinPhotos(), { status: 0, cids: 1, stderr: '' })
    const notUtf8 = Buffer.from([0x63, 0x61, 0x66, 0xe9])
    const inPhotos = (name) => Buffer.concat([Buffer.from(join(cwd, 'photos/')), name])
    await writeFile(inPhotos(notUtf8), 'two')
    await mkdir(inPhotos(Buffer.concat([notUtf8, notUtf8])))
    await writeFile(join(cwd, 'photos/3.jpg'), 'three')
    const { status, cids, stderr } = await pinPhotos()
    assert.deepEqual([status, cids], [1, 2])
    assert.equal(stderr.match(/^photos\/caf\ufffd/gm).length, 2)
  })
})
