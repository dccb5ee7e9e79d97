import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { PinError } from '../../pkg/index.js'
import { createRelay } from '../../pkg/relay/index.js'
import { FORM, form } from './client.js'
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
  ...['false', 0].map((urls) => ['urls', { token: TOKEN, urls }]),
  ...[-1, NaN, '5', Infinity, 2 ** 31].map((timeout) => ['timeout', { token: TOKEN, timeout }]),
  ['fetch', { token: TOKEN, fetch: 'fetch' }],
  ['token', null],
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

/** Sends an order to a relay with these options. */
function order(options) {
  const body = form(Buffer.from('hello world'))
  const request = new Request('http://relay.example/', { method: 'POST', headers: FORM, body })
  return createRelay({ token: TOKEN, authorize, ...options })(request)
}

suite('an option of a relay', () => {
  test('is read only from own properties, not from `Object.prototype`', async (t) => {
    const polluted = {
      endpoint: 'https://evil.example/',
      authorize: () => true,
      allowOrigin: '*',
      fetch: () => assert.fail('the fetch of the prototype'),
      // An option of Bun's `fetch`.
      proxy: 'https://evil.example/',
    }
    t.after(() => Object.keys(polluted).forEach((name) => delete Object.prototype[name]))
    let sent
    t.mock.method(globalThis, 'fetch', async (url, init) => {
      sent = { url, proxy: init.proxy }
      return Response.json({})
    })
    const relay = createRelay({ token: TOKEN, authorize })
    Object.assign(Object.prototype, polluted)
    const request = new Request('http://relay.example/', {
      method: 'POST',
      headers: FORM,
      body: form(Buffer.from('hello world')),
    })
    const open = await createRelay({ token: TOKEN })(request.clone())
    assert.equal(open.status, 403)
    const { status } = await createRelay({ token: TOKEN, authorize })(request.clone())
    await relay(request)
    assert.equal(status, 200)
    assert.deepEqual(sent, { url: 'https://eoqctv92ahgrcif.m.pipedream.net', proxy: undefined })
  })

  test('`fetch` replaces the global one', async (t) => {
    t.mock.method(globalThis, 'fetch', () => assert.fail('the global fetch'))
    let called
    const endpoint = new URL('https://endpoint.example/pin')
    async function fetch(url, { headers, method, redirect }) {
      called = [this, url, method, redirect, headers.Authorization]
      return Response.json({ cid: 'b' }, { status: 201, headers: { 'Set-Cookie': 'a=b' } })
    }
    const response = await order({ endpoint, fetch })
    assert.deepEqual([response.status, await response.text()], [201, '{"cid":"b"}'])
    assert.equal(response.headers.get('Set-Cookie'), null)
    assert.deepEqual(called, [undefined, endpoint.href, 'POST', 'error', `token ${TOKEN}`])
  })

  test('`fetch` may throw, and the error is not shown', async () => {
    const fetch = () => {
      throw new Error(TOKEN)
    }
    const response = await order({ fetch })
    assert.equal(response.status, 502)
    assert.ok(!(await response.text()).includes(TOKEN))
  })

  test('`timeout` ends an order even if `fetch` ignores its signal', async () => {
    let signal
    const fetch = (url, init) => new Promise(() => (signal = init.signal))
    const response = await order({ timeout: 20, fetch })
    assert.equal(response.status, 504)
    assert.equal(signal.aborted, true)
    const { error } = await response.json()
    assert.equal(error, 'The endpoint did not respond within 20 ms')
  })

  test('`timeout` ends a response that does not end', async () => {
    const fetch = async () => new Response(new ReadableStream({ pull() {} }))
    assert.equal((await order({ timeout: 20, fetch })).status, 504)
  })

  test('`timeout` is 300 seconds by default, and disabled by 0', async (t) => {
    const timers = []
    t.mock.method(globalThis, 'setTimeout', (run, ms) => timers.push(ms))
    const fetch = async () => Response.json({})
    await order({ fetch })
    assert.deepEqual(timers, [300_000])
    await order({ fetch, timeout: 0 })
    assert.deepEqual(timers, [300_000])
  })
})

function printed(options) {
  return String(
    JSON.stringify(options, (_, value) => (typeof value === 'bigint' ? `${value}n` : value)),
  )
}
