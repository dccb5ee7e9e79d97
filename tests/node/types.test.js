import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import * as numbersPin from '../../pkg/index.js'
import { functionsOf, optionsOf } from '../support/functions.js'
import { interfaceOf, optionsTypeOf } from '../support/types.js'

/** The options of an interface, also those that it inherits. */
function allOptionsOf(name) {
  const { parent, options } = interfaceOf(name)
  const [, base, omitted] = /extends Omit<(\w+), (.*)>/.exec(parent) ?? []
  const inherited = base
    ? allOptionsOf(base).filter((option) => !omitted.includes(`'${option}'`))
    : []
  return [...new Set([...options, ...inherited])].sort()
}

suite('the types have every option', { timeout: 60_000 }, () => {
  for (const name of functionsOf(numbersPin))
    test(`of ${name}`, async () => {
      const options = await optionsOf(numbersPin[name])
      assert.deepEqual(options.sort(), allOptionsOf(optionsTypeOf(name)))
    })
})
