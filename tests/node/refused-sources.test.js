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

suite('a source is rejected', { timeout: 60_000 }, () => {
  const expected = ['`source`', 'http(s) URL']
  for (const [name, source, given] of [
    ['if it is undefined', undefined, 'undefined'],
    ['if it is null', null, 'null'],
    ['if it is a number', 42, '42'],
    ['if it is a boolean', true, 'true'],
    ['if it is a BigInt', 42n, '42'],
    ['if it is a symbol', Symbol('s'), 'Symbol(s)'],
    ['if it is a function', () => blob, 'a function'],
    ['if it is an object', {}, 'got an object'],
    ['if it is a stream of node:stream', Readable.from(['x']), '`Readable.toWeb`'],
    ['if it is an array', [1, 2], 'an Array'],
    ['if it is a promise', Promise.resolve(blob), 'a Promise'],
    ['if it is a FormData', new FormData(), 'a FormData'],
    ['if it is a Request', new Request('http://127.0.0.1/'), 'a Request'],
    ['if it is text', 'not a url', 'a string that is neither'],
    ['if it is an empty string', '', 'a string that is neither'],
    ['if it is a path', './photo.png', 'a string that is neither'],
    ['if it is the token, passed as first argument', TOKEN, 'a string that is neither'],
    ['if it is a string with an ftp URL', 'ftp://example.org/a', '`ftp:`'],
    ['if it is a data URL', 'data:,x', '`data:`'],
    ['if it is a file URL', new URL('file:///tmp/x'), '`file:`'],
    ['if it is a String object', new String('https://example.org/'), 'a String'],
    [
      'if it only looks like a Blob',
      { size: 1, type: '', slice() {}, stream() {} },
      'got an object',
    ],
  ]) {
    test(name, async () => refuses(await refusal(source, options), ...expected, given))
  }

  test('if it is missing, like the options', async () => {
    assert.equal((await refusal()).code, 'invalid-input')
  })

  for (const type of ['Blob', 'File', 'ArrayBuffer', 'ReadableStream', 'Response', 'URL']) {
    test(`if it only has the tag ${type}`, async () => {
      const { code } = await refusal({ [Symbol.toStringTag]: type }, options)
      assert.ok(['invalid-input', 'unreadable'].includes(code), code)
    })
  }

  test('if its tag throws', async () => {
    const source = {
      get [Symbol.toStringTag]() {
        throw new Error('no')
      },
    }
    refuses(await refusal(source, options), '`source`')
  })
})

suite('pins or rejects a source behind a Proxy:', { timeout: 60_000 }, () => {
  for (const [name, source] of Object.entries({
    'a Blob': new Blob(['text']),
    'a File': new File(['text'], 'x'),
    'a stream': new Blob(['text']).stream(),
    'a Response': new Response('text'),
    'an ArrayBuffer': new TextEncoder().encode('text').buffer,
    'a typed array': new TextEncoder().encode('text'),
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

  test('a URL', async () => {
    const proxy = new Proxy(new URL('https://example.org/'), {})
    const [{ reason }] = await Promise.allSettled([pin(proxy, options)])
    if (reason) {
      assert.equal(reason.code, 'invalid-input')
      assert.equal(reason.outcome, 'not-sent')
    } else {
      assert.equal(posts.at(-1).body.toString(), '{"fileURL":"https://example.org/"}')
    }
  })
})

test('rejecting a source does not affect other calls', async () => {
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
