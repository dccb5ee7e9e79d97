import assert from 'node:assert/strict'
import { test } from 'node:test'
import vm from 'node:vm'
import { PinError, isPinError, pin } from '../../pkg/index.js'

const refused = await pin('no URL', { token: 'token-1234' }).catch((error) => error)
const { PinError: OtherCopy } = await import('../../pkg/index.js?copy')

test('isPinError and instanceof accept a PinError of another copy of the package', () => {
  const other = new OtherCopy('x', { code: 'server', outcome: 'unknown' })
  assert.notEqual(OtherCopy, PinError)
  assert.ok(isPinError(other) && isPinError(refused))
  assert.ok(other instanceof PinError && refused instanceof OtherCopy)
})

test('isPinError and instanceof reject other values', () => {
  class Sub extends PinError {}
  for (const value of [
    undefined,
    null,
    1,
    'x',
    {},
    new Error('x'),
    vm.runInNewContext('new Error("x")'),
  ])
    assert.ok(!isPinError(value) && !(value instanceof PinError))
  const throwing = new Proxy({}, { get: () => assert.fail('thrown') })
  assert.equal(isPinError(throwing), false)
  assert.ok(!(refused instanceof Sub))
  assert.ok(new Sub('x', { code: 'server', outcome: 'unknown' }) instanceof Sub)
})

test('toJSON has all fields', () => {
  const fields = {
    code: 'server',
    outcome: 'unknown',
    status: 500,
    detail: 'oops',
    cid: 'bafy',
    receipt: { cid: 'bafy' },
  }
  const error = new PinError('It failed', { ...fields, cause: new TypeError('why') })
  const expected = {
    name: 'PinError',
    message: 'It failed',
    ...fields,
    cause: { name: 'TypeError', message: 'why' },
  }
  assert.deepEqual(JSON.parse(JSON.stringify(error)), expected)
  assert.deepEqual(structuredClone(error.toJSON()), expected)
})

test('toJSON can be sent, whatever the cause is', () => {
  const fields = { code: 'aborted', outcome: 'unknown' }
  const circle = {}
  circle.itself = circle
  for (const value of [1n, circle, () => {}, Symbol('s'), { toJSON: () => 1n }]) {
    const json = new PinError('x', { ...fields, cause: { name: value, message: value } }).toJSON()
    const expected = { name: 'AbortError', message: 'x', ...fields, cause: {} }
    assert.deepEqual(JSON.parse(JSON.stringify(json)), expected)
    assert.equal(structuredClone(json).outcome, 'unknown')
  }
})

test('toJSON converts a cause that is not an object to a string', () => {
  const fields = { code: 'aborted', outcome: 'not-sent' }
  assert.equal(new PinError('x', { ...fields, cause: 'why' }).toJSON().cause, 'why')
  assert.equal(new PinError('x', { ...fields, cause: Symbol('s') }).toJSON().cause, 'Symbol(s)')
  assert.ok(!('cause' in new PinError('x', fields).toJSON()))
  assert.equal(new PinError('x', fields).toJSON().name, 'AbortError')
})
