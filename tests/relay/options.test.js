import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { PinError } from '../../pkg/index.js'
import { createRelay } from '../../pkg/relay/index.js'
import { TOKEN } from './programs/relays.js'

const authorize = () => true

/** Invalid options, and the one that the error must name. */
const WRONG = [
  ['token', undefined],
  ['token', {}],
  ['token', { token: '' }],
  ['token', { token: 'two words' }],
  ['token', { token: `"${TOKEN}"` }],
  ['token', { token: `'${TOKEN}'` }],
  ['token', { token: `${TOKEN}\\` }],
  ['token', { token: 'a\nX-Header: b' }],
  ['token', { token: Promise.resolve(TOKEN) }],
  ['authorize', { token: TOKEN, authorize: true }],
  ['authorize', { token: TOKEN, allowOrigin: '*' }],
  ['authorize', { token: TOKEN, allowOrigin: ['https://a.example', '*'] }],
  ...[
    'https://a.example/',
    'https://a.example/page',
    'https://A.example',
    'https://a.example:443',
    'a.example',
    'https://*.a.example',
    'null',
    '',
    7,
    [['https://a.example/']],
  ].map((allowOrigin) => ['allowOrigin', { token: TOKEN, authorize, allowOrigin }]),
  ...[-1, NaN, '5', 5n].map((maxSize) => ['maxSize', { token: TOKEN, maxSize }]),
  ...['/api/pin', 'ftp://a.example/', 'https://user:word@a.example/', '', 7].map((endpoint) => [
    'endpoint',
    { token: TOKEN, endpoint },
  ]),
  ['maxsize', { token: TOKEN, maxsize: 5 }],
]

suite('the options of a relay', () => {
  for (const [name, options] of WRONG)
    test(`reject an invalid \`${name}\`: ${printed(options)}`, () => {
      assert.throws(
        () => createRelay(options),
        (error) => {
          assert.ok(error instanceof PinError)
          assert.deepEqual([error.code, error.outcome], ['invalid-input', 'not-sent'])
          assert.ok(error.message.includes(`\`${name}\``), error.message)
          assert.ok(!error.message.includes(TOKEN) && !error.stack.includes(TOKEN))
          return true
        },
      )
    })

  test('have defaults, except for `token`', () => {
    assert.equal(typeof createRelay({ token: TOKEN }), 'function')
    const endpoint = new URL('https://a.example/pin')
    const allowOrigin = ['https://a.example', 'http://127.0.0.1:3000', 'chrome-extension://abc']
    assert.equal(typeof createRelay({ token: () => TOKEN, allowOrigin, endpoint }), 'function')
  })
})

function printed(options) {
  return String(
    JSON.stringify(options, (_, value) => (typeof value === 'bigint' ? `${value}n` : value)),
  )
}
