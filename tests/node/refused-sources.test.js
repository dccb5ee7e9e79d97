import assert from 'node:assert/strict'
import { Readable } from 'node:stream'
import { after, suite, test } from 'node:test'
import { PinError, pin } from '../../pkg/index.js'
import { parts, service } from '../support/service.js'
import { TOKEN } from '../support/faults/leaks.js'
import { refuses, unsent } from './settle.js'

const blob = new Blob(['x'])
const { options, posts } = await service({ after })
const refusal = (...args) => unsent(posts, pin(...args))

suite('a source is refused', { timeout: 60_000 }, () => {
  const expected = ['`source`', 'http(s) URL']
  for (const [name, source, given] of [
    ['that is undefined', undefined, 'undefined'],
    ['that is null', null, 'null'],
    ['that is a number', 42, '42'],
    ['that is a boolean', true, 'true'],
    ['that is a BigInt', 42n, '42'],
    ['that is a symbol', Symbol('s'), 'Symbol(s)'],
    ['that is a function', () => blob, 'a function'],
    ['that is an object', {}, 'got an object'],
    ["that is a stream of Node's", Readable.from(['x']), '`Readable.toWeb`'],
    ['that is an array', [1, 2], 'an Array'],
    ['that is a promise', Promise.resolve(blob), 'a Promise'],
    ['that is a FormData', new FormData(), 'a FormData'],
    ['that is a Request', new Request('http://127.0.0.1/'), 'a Request'],
    ['that is text', 'not a url', 'a string that is neither'],
    ['that is an empty string', '', 'a string that is neither'],
    ['that is a path', './photo.png', 'a string that is neither'],
    ['that is the token, given first', TOKEN, 'a string that is neither'],
    ['that is an address of another kind', 'ftp://example.org/a', '`ftp:`'],
    ['that is a data URL', 'data:,x', '`data:`'],
    ['that is a URL of another kind', new URL('file:///tmp/x'), '`file:`'],
    ['that is text in an object', new String('https://example.org/'), 'a String'],
    [
      'that only looks like a Blob',
      { size: 1, type: '', slice() {}, stream() {} },
      'got an object',
    ],
  ]) {
    test(name, async () => refuses(await refusal(source, options), ...expected, given))
  }

  test('that is not there, as the options are', async () => {
    assert.equal((await refusal()).code, 'invalid-input')
  })

  for (const type of ['Blob', 'File', 'ArrayBuffer', 'ReadableStream', 'Response', 'URL']) {
    test(`that only claims to be a ${type}`, async () => {
      const { code } = await refusal({ [Symbol.toStringTag]: type }, options)
      assert.ok(['invalid-input', 'unreadable'].includes(code), code)
    })
  }

  test('that throws when it is looked at', async () => {
    const source = {
      get [Symbol.toStringTag]() {
        throw new Error('no')
      },
    }
    refuses(await refusal(source, options), '`source`')
  })
})

suite(
  'what some hosts take and some do not is pinned as it is, or refused:',
  { timeout: 60_000 },
  () => {
    for (const [name, source] of Object.entries({
      'a proxy of a Blob': new Blob(['text']),
      'a proxy of a File': new File(['text'], 'x'),
      'a proxy of a stream': new Blob(['text']).stream(),
      'a proxy of a Response': new Response('text'),
      'a proxy of an ArrayBuffer': new TextEncoder().encode('text').buffer,
      'a proxy of a typed array': new TextEncoder().encode('text'),
    })) {
      test(name, async () => {
        const before = posts.length
        const [{ reason }] = await Promise.allSettled([pin(new Proxy(source, {}), options)])
        if (reason) {
          assert.ok(['invalid-input', 'unreadable'].includes(reason.code), reason.code)
          assert.equal(reason.outcome, 'not-sent')
          assert.equal(posts.length, before)
        } else {
          assert.equal(parts(posts.at(-1))[0].bytes.toString(), 'text')
        }
      })
    }

    test('a proxy of a URL', async () => {
      const proxy = new Proxy(new URL('https://example.org/'), {})
      const [{ reason }] = await Promise.allSettled([pin(proxy, options)])
      if (reason) {
        assert.equal(reason.code, 'invalid-input')
        assert.equal(reason.outcome, 'not-sent')
      } else {
        assert.equal(posts.at(-1).body.toString(), '{"fileURL":"https://example.org/"}')
      }
    })
  },
)

test('a refusal disturbs no other call', async () => {
  const calls = [
    pin(blob, options),
    pin(new Proxy(new URL('https://example.org/'), {}), options),
    pin(null, options),
    pin(blob, options),
  ]
  const [first, proxy, nothing, last] = await Promise.allSettled(calls)
  assert.equal(first.status, 'fulfilled')
  assert.ok(proxy.status === 'fulfilled' || proxy.reason instanceof PinError)
  assert.ok(nothing.reason instanceof PinError)
  assert.equal(last.status, 'fulfilled')
})
