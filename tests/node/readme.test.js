import assert from 'node:assert/strict'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, suite, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { startGateway } from '../../www/gateway/server.js'

const root = new URL('../../', import.meta.url)
const readme = await readFile(new URL('README.md', root), 'utf8')
const examples = [...readme.matchAll(/```js\n([^]*?)```/g)].map(([, code]) => code)

const dir = await mkdtemp(join(tmpdir(), 'readme-'))
const gateway = await startGateway({ dir: join(dir, 'store'), pages: { '/': dir } })
after(async () => {
  await gateway.close()
  await rm(dir, { recursive: true })
})

const photo = await readFile(new URL('www/page/sample.jpg', root))
await writeFile(join(dir, 'photo.jpg'), photo)
await mkdir(join(dir, 'photos'))
await writeFile(join(dir, 'photos/1.jpg'), photo)

/** The package, at the local gateway where an example names none. */
const local = `
  import * as real from ${JSON.stringify(new URL('pkg/index.js', root))}
  const where = { endpoint: ${JSON.stringify(gateway.endpoint)} }
  const gateway = ${JSON.stringify(gateway.url)}
  export const pin = (source, options) => real.pin(source, { ...where, ...options })
  export const pinAll = (sources, options) => real.pinAll(sources, { ...where, ...options })
  export const { cidOf, verify, PinError, isPinError } = real
  export const download = (cid, options) => real.download(cid, { gateway, ...options })
  export const locate = (cid, options) => real.locate(cid, { gateway, ...options })
`
await writeFile(join(dir, 'local.mjs'), local)

suite('every example of the README runs', () => {
  test('and there are some', () => assert.ok(examples.length >= 5))

  for (const [nth, code] of examples.entries())
    test(`number ${nth + 1}`, async () => {
      const ours = code
        .replaceAll(/from 'numbers-pin'/g, `from './local.mjs'`)
        .replaceAll('https://example.org/photo.jpg', `${gateway.url}/photo.jpg`)
        .replaceAll("'photo.jpg'", JSON.stringify(join(dir, 'photo.jpg')))
        .replaceAll('process.env.CAPTURE_TOKEN', 'token')
        .replaceAll("from 'numbers-pin/relay'", `from '${new URL('pkg/relay/index.js', root)}'`)
        .replaceAll("'photos'", JSON.stringify(join(dir, 'photos')))
        .replaceAll('.listen(8080)', ".listen(0, '127.0.0.1').unref()")
      const file = join(dir, `example-${nth}.mjs`)
      const given = `
        import { readFile } from 'node:fs/promises'
        import { pin as pinGiven } from './local.mjs'
        const token = 'local-token'
        const file = new File([await readFile(${JSON.stringify(join(dir, 'photo.jpg'))})], 'photo.jpg')
      `
      const imports = ours.match(/^import .*$/gm).join('\n')
      const rest = ours.replaceAll(/^import .*$/gm, '')
      const declares = /const cid\b/.test(rest)
      const cid = declares ? '' : `const { cid } = await pinGiven(file, { token })`
      // What an example logs is no output of the test.
      const quiet = `const console = { log() {} }`
      await writeFile(file, [imports, given, cid, quiet, `{\n${rest}\n}`].join('\n'))
      await import(pathToFileURL(file))
    })
})
