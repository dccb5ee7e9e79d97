import assert from 'node:assert/strict'
import { after, suite, test } from 'node:test'
import { pin } from '../../pkg/index.js'
import { service } from '../support/service.js'
import { TOKEN } from '../support/faults/leaks.js'
import { refuses, unsent } from './settle.js'

const blob = new Blob(['x'])
const { options, posts } = await service({ after })
const refusal = (...args) => unsent(posts, pin(...args))

suite('an option is rejected:', { timeout: 60_000 }, () => {
  for (const [name, value, ...texts] of [
    ['version', 2, '0 or 1', 'got 2'],
    ['version', '1', '0 or 1', 'got "1"'],
    ['version', true, '0 or 1', 'got true'],
    ['version', null, '0 or 1', 'got null'],
    ['version', NaN, '0 or 1', 'got NaN'],
    ['pin', 'yes', 'true or false', 'got "yes"'],
    ['pin', 0, 'true or false', 'got 0'],
    ['pin', null, 'true or false', 'got null'],
    ['timeout', -1, 'milliseconds', 'got -1'],
    ['timeout', NaN, 'milliseconds', 'got NaN'],
    ['timeout', Infinity, 'milliseconds', 'got Infinity'],
    ['timeout', 2 ** 31, 'milliseconds', 'got 2147483648'],
    ['timeout', '1000', 'milliseconds', 'got "1000"'],
    ['maxSize', -1, 'bytes', 'got -1'],
    ['maxSize', NaN, 'bytes', 'got NaN'],
    ['maxSize', '25MB', 'bytes', 'got "25MB"'],
    ['retries', -1, 'got -1'],
    ['retries', 1.5, 'got 1.5'],
    ['retries', NaN, 'got NaN'],
    ['retries', '2', 'got "2"'],
    ['verify', 'yes', "'require'", 'got "yes"'],
    ['verify', 1, "'require'", 'got 1'],
    ['verify', null, "'require'", 'got null'],
    ['onProgress', {}, 'a function', 'got an object'],
    ['onProgress', 'log', 'a function', 'got "log"'],
    ['filename', '', 'string', 'got ""'],
    ['filename', 7, 'string', 'got 7'],
    ['filename', new String('x'), 'string', 'got a String'],
    ['endpoint', 'not a url', 'http(s) URL', 'got "not a url"'],
    ['endpoint', '', 'http(s) URL', 'got ""'],
    ['endpoint', '/pin', 'http(s) URL', 'got "/pin"'],
    ['endpoint', 'example.org/pin', 'http(s) URL', 'got "example.org/pin"'],
    ['endpoint', 'ftp://example.org/', 'http(s) URL', 'got "ftp://example.org/"'],
    ['endpoint', 'javascript:alert(1)', 'http(s) URL', 'got "javascript:alert(1)"'],
    ['endpoint', new URL('file:///tmp/x'), 'http(s) URL', 'URL'],
    ['endpoint', 'https://', 'http(s) URL', 'got "https://"'],
    ['endpoint', 'https://me:pass@example.org/', 'without a password'],
    ['endpoint', 8080, 'http(s) URL', 'got 8080'],
    ['endpoint', {}, 'http(s) URL', 'got an object'],
    ['signal', {}, 'AbortSignal', 'got an object'],
    ['signal', 'abort', 'AbortSignal', 'got "abort"'],
    ['signal', new AbortController(), 'AbortSignal', 'got an AbortController'],
    ['signal', new EventTarget(), 'AbortSignal', 'got an EventTarget'],
    ['token', 7, 'a string', 'got 7'],
    ['token', null, 'a string', 'got null'],
    ['token', { token: TOKEN }, 'a string', 'got an object'],
    ['token', new String(TOKEN), 'a string', 'got a String'],
    ['token', Promise.resolve(TOKEN), 'a string', 'got a Promise'],
    ['token', '', 'is empty'],
    ['token', `${TOKEN}\n`, 'visible ASCII', 'line breaks'],
    ['token', ` ${TOKEN}`, 'visible ASCII'],
    ['token', `token ${TOKEN}`, 'visible ASCII'],
    ['token', `${TOKEN}\r\nX-Evil: 1`, 'visible ASCII'],
    ['token', `${TOKEN}\0`, 'visible ASCII'],
    ['token', `${TOKEN}é`, 'visible ASCII'],
    ['token', `"${TOKEN}"`, 'visible ASCII', 'quotes'],
    ['token', `${TOKEN}\\`, 'visible ASCII', 'backslashes'],
  ]) {
    const given = typeof value === 'object' ? Object.prototype.toString.call(value) : String(value)
    test(`\`${name}\` that is ${JSON.stringify(given).slice(0, 60)}`, async () => {
      const error = await refusal(blob, { ...options, [name]: value })
      refuses(error, `\`${name}\``, ...texts)
    })
  }

  test('missing `token`', async () => {
    refuses(await refusal(blob, { endpoint: options.endpoint }), '`token`', 'required')
    refuses(await refusal(blob, { ...options, token: undefined }), '`token`', 'required')
    refuses(await refusal(blob), '`token`', 'required')
  })

  test('`token` function that throws', async () => {
    const cause = new Error('the vault is shut')
    for (const token of [
      () => {
        throw cause
      },
      async () => {
        throw cause
      },
      () => ({
        get then() {
          throw cause
        },
      }),
    ]) {
      const error = await refusal(blob, { ...options, token })
      refuses(error, '`token` function')
      assert.equal(error.cause, cause)
    }
  })

  test('`token` function that rejects with a value that is not an Error', async () => {
    for (const cause of [null, 0, '', 'no', Symbol('s')]) {
      const error = await refusal(blob, { ...options, token: () => Promise.reject(cause) })
      refuses(error, '`token` function')
      assert.equal(error.cause, cause)
    }
  })

  test('`token` function that returns an invalid token', async () => {
    for (const [given, text] of [
      [undefined, 'got undefined'],
      [null, 'got null'],
      [42, 'got 42'],
      [{ token: TOKEN }, 'got an object'],
      ['', 'is empty'],
      [`${TOKEN}\n`, 'visible ASCII'],
    ])
      for (const token of [() => given, async () => given])
        refuses(await refusal(blob, { ...options, token }), '`token` function', text)
  })

  for (const [wrong, right] of [
    ['Token', 'token'],
    ['tokne', 'token'],
    ['endPoint', 'endpoint'],
    ['end_point', 'endpoint'],
    ['time_out', 'timeout'],
    ['fileName', 'filename'],
    ['maxsize', 'maxSize'],
    ['onprogress', 'onProgress'],
    ['abortSignal', undefined],
    ['colour', undefined],
    ['__proto', undefined],
    ['', undefined],
    ['照片', undefined],
  ]) {
    test(`unknown name \`${wrong}\``, async () => {
      const error = await refusal(blob, { ...options, [wrong]: 1 })
      refuses(error, `\`${wrong}\``)
      if (right) refuses(error, `did you mean \`${right}\`?`)
      else assert.doesNotMatch(error.message, /did you mean/)
    })
  }

  test('`version` whose getter throws', async () => {
    const cause = new Error('no')
    const given = {
      ...options,
      get version() {
        throw cause
      },
    }
    const error = await refusal(blob, given)
    refuses(error, '`version`')
    assert.equal(error.cause, cause)
  })
})

suite('the options are rejected', { timeout: 60_000 }, () => {
  for (const [name, given, text] of [
    ['if they are null', null, 'null'],
    ['if they are a number', 7, '7'],
    ['if they are a function', () => options, 'a function'],
    ['if they are a boolean', false, 'false'],
  ]) {
    test(name, async () => refuses(await refusal(blob, given), 'options', text))
  }

  test('if they are the token itself, which is not printed', async () => {
    refuses(await refusal(blob, TOKEN), 'options')
  })

  test('if listing them throws', async () => {
    const cause = new Error('no')
    const given = new Proxy(options, {
      ownKeys() {
        throw cause
      },
    })
    const error = await refusal(blob, given)
    refuses(error, 'options')
    assert.equal(error.cause, cause)
  })
})

suite('the option object', { timeout: 60_000 }, () => {
  test('may be frozen, and is not modified', async () => {
    const given = Object.freeze({ ...options, pin: true, version: 1, filename: 'x', timeout: 0 })
    const before = Object.entries(given)
    await pin(blob, given)
    assert.deepEqual(Object.entries(given), before)
    const watched = new Proxy(given, {
      set: () => assert.fail('set'),
      defineProperty: () => assert.fail('defineProperty'),
      deleteProperty: () => assert.fail('deleteProperty'),
    })
    await pin(blob, watched)
  })

  test('may be an instance of a class, or have no prototype', async () => {
    class Options {
      token = options.token
      get endpoint() {
        return options.endpoint
      }
    }
    await pin(blob, new Options())
    await pin(blob, Object.assign(Object.create(null), options))
    await pin(blob, Object.create(options))
  })

  test('may be an instance with private fields', async () => {
    class Options {
      #token = options.token
      endpoint = options.endpoint
      get token() {
        return this.#token
      }
    }
    await pin(blob, new Options())
  })

  test('may have undefined for every optional field', async () => {
    const given = { ...options }
    for (const name of 'pin version filename maxSize verify signal timeout retries onProgress'.split(
      ' ',
    ))
      given[name] = undefined
    await pin(blob, given)
  })

  test('ignores symbol keys', async () => {
    await pin(blob, { ...options, [Symbol('mine')]: 1 })
  })
})
