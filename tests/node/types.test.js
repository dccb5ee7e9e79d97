import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { suite, test } from 'node:test'
import * as numbersPin from '../../pkg/index.js'
import { failure } from '../support/failure.js'

const types = await readFile(new URL('../../pkg-template/index.d.ts', import.meta.url), 'utf8')
const bytes = new Uint8Array(1)
const CID = await numbersPin.cidOf(bytes)

/** The options of an interface, also those that it inherits. */
function optionsOf(name) {
  const [, parent, body] = new RegExp(`interface ${name} (.*?){\n([^]*?)\n}`).exec(types)
  const own = body.match(/^ {2}\w+(?=\?:)/gm).map((option) => option.trim())
  const [, base, omitted] = /extends Omit<(\w+), (.*)>/.exec(parent) ?? []
  const inherited = base ? optionsOf(base).filter((option) => !omitted.includes(`'${option}'`)) : []
  return [...new Set([...own, ...inherited])].sort()
}

suite('the types have every option', { timeout: 60_000 }, () => {
  for (const [name, type, args] of [
    ['pin', 'PinOptions', [bytes]],
    ['pinAll', 'PinAllOptions', [[bytes]]],
    ['cidOf', 'CidOptions', [bytes]],
    ['verify', 'VerifyOptions', [bytes, CID]],
    ['download', 'DownloadOptions', [CID]],
    ['locate', 'LocateOptions', [CID]],
  ])
    test(`of ${name}`, async () => {
      const { message } = await failure(numbersPin[name](...args, { unlikeAnyOther: 1 }))
      const [, listed] = /the options are (.*)/.exec(message)
      assert.deepEqual(listed.split(', ').sort(), optionsOf(type))
    })
})
