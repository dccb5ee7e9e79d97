import { suite, test } from 'node:test'
import assert from 'node:assert/strict'
import { cidOf, pin, pinAll } from '../../pkg/index.js'
import { service } from '../support/service.js'

const source = () => new Blob(['x'])

suite('callbacks that return a rejected promise', { timeout: 60_000 }, () => {
  const late = async () => {
    throw new Error('of the caller')
  }

  test('are ignored, and cause no unhandledRejection', async (t) => {
    const stray = []
    const note = (error) => stray.push(error)
    process.on('unhandledRejection', note)
    t.after(() => process.off('unhandledRejection', note))
    const { options } = await service(t)
    assert.ok(await pin(source(), { ...options, onProgress: late }))
    assert.ok(await cidOf(source(), { onProgress: late }))
    const [{ status }] = await pinAll([source()], { ...options, onProgress: late, onResult: late })
    assert.equal(status, 'fulfilled')
    await new Promise(setImmediate)
    assert.deepEqual(stray, [])
  })
})
