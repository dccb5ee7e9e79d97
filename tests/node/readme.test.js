import assert from 'node:assert/strict'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, suite, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import * as numbersPin from '../../pkg/index.js'
import { startGateway } from '../../www/gateway/server.js'
import { functionsOf } from '../support/functions.js'
import { TYPES, interfaceOf, optionsTypeOf, stringsOf } from '../support/types.js'

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
await mkdir(join(dir, 'photos/more'), { recursive: true })
await writeFile(join(dir, 'photos/more/1.jpg'), photo)

/** The package, at the local gateway unless an example names another one. */
const local = `
  export * from ${JSON.stringify(new URL('pkg/index.js', root))}
  import * as real from ${JSON.stringify(new URL('pkg/index.js', root))}
  const where = { endpoint: ${JSON.stringify(gateway.endpoint)} }
  const gateway = ${JSON.stringify(gateway.url)}
  export const pin = (source, options) => real.pin(source, { ...where, ...options })
  export const pinAll = (sources, options) => real.pinAll(sources, { ...where, ...options })
  export const download = (cid, options) => real.download(cid, { gateway, ...options })
  export const locate = (cid, options) => real.locate(cid, { gateway, ...options })
`
await writeFile(join(dir, 'local.mjs'), local)

/** Declares what the examples use: the package, a file, and the elements of a page. */
const context = `
  import { ${Object.keys(numbersPin)} } from './local.mjs'
  import { readFile } from 'node:fs/promises'
  const token = 'local-token'
  const readToken = () => token
  const file = new File([await readFile(${JSON.stringify(join(dir, 'photo.jpg'))})], 'photo.jpg')
  const { cid } = await pin(file, { token })
  const listeners = []
  const fileInput = { files: [file] }
  const pinButton = { addEventListener: (_, listener) => listeners.push(listener) }
  const tokenInput = { value: token }
  const link = {}
  const logged = []
  const console = { log: (...texts) => logged.push(texts), error: (error) => { throw error } }
`

suite('every example of the README runs', () => {
  test('has an example for each function', () => {
    for (const name of functionsOf(numbersPin))
      assert.ok(
        examples.some((code) => code.includes(`${name}(`)),
        name,
      )
  })

  for (const [index, code] of examples.entries())
    test(`example ${index + 1}: ${code.split('\n').find((line) => /await|\(/.test(line))}`, async () => {
      const ours = code
        .replaceAll(/^import .* from 'numbers-pin'\n/gm, '')
        .replaceAll('https://example.org/photo.jpg', `${gateway.url}/photo.jpg`)
        .replaceAll("'photo.jpg'", JSON.stringify(join(dir, 'photo.jpg')))
        .replaceAll('process.env.CAPTURE_TOKEN', 'token')
        .replaceAll("'photos'", JSON.stringify(join(dir, 'photos')))
      const imports = ours.match(/^import .*$/gm)?.join('\n') ?? ''
      const rest = ours.replaceAll(/^import .*$/gm, '')
      const end = 'for (const listener of listeners) await listener()'
      const file = join(dir, `example-${index}.mjs`)
      const orders = gateway.orders.length
      await writeFile(file, [imports, context, `{\n${rest}\n${end}\n}`, RESULTS].join('\n'))
      const { results } = await import(pathToFileURL(file))
      if (results.link) assert.match(results.link, /\/ipfs\/baf/)
      if (/\bpin(All)?\(/.test(code)) assert.ok(gateway.orders.length > orders + 1)
      for (const texts of results.logged) assert.ok(texts.every((text) => text !== undefined))
    })
})

const RESULTS = 'export const results = { link: link.href, logged }'

suite('the README agrees with the types', () => {
  const headings = [...readme.matchAll(/^### `(\w+)\((.*)\): (.*)`$/gm)]

  test('has every function, with its parameters and its result', () => {
    const declared = [...TYPES.matchAll(/^export function (\w+)\(([^]*?)\): ([^{]*?)$/gm)]
    const signatures = declared.map(([, name, parameters, result]) => {
      const names = parameters
        .split(',\n')
        .join(', ')
        .match(/\w+\??(?=: )/g)
      return [name, names.join(', '), result.trim().replace(/\s+/g, ' ')]
    })
    const functions = signatures.filter(([name]) => name !== 'isPinError')
    const listed = headings.map(([, ...signature]) => signature)
    assert.deepEqual(listed.sort(), functions.sort())
  })

  for (const [heading, name] of headings) {
    test(`has exactly the options of ${name}`, () => {
      const [section] = readme.slice(readme.indexOf(heading) + heading.length).split(/\n##/)
      const { options } = interfaceOf(optionsTypeOf(name))
      const columns = section.match(/^\| `.*?\|/gm) ?? []
      const text = /Options: [^]*?\n\n/.exec(section) ?? []
      const listed = [...columns, ...text].flatMap((part) => part.match(/(?<=`)\w+(?=`)/g))
      const others = ['pin', 'cidOf', 'download']
      assert.deepEqual(
        new Set(listed.filter((option) => text.length === 0 || !others.includes(option))),
        new Set(options),
      )
    })
  }

  test('has every code and every outcome', () => {
    for (const name of [...stringsOf('PinErrorCode'), ...stringsOf('PinOutcome')])
      assert.match(readme, new RegExp(`^\\|.*\`${name}\`.*\\|`, 'm'))
  })
})
