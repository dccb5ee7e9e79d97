import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { pin } from '../../pkg/index.js'
import { TOKEN } from '../support/faults/leaks.js'
import { failure } from '../support/failure.js'

/** Errors like those of Node and undici. */
const broken = (message, fields) => Object.assign(new Error(message), fields)
const connect = (code) => broken(`connect ${code} 192.0.2.1:443`, { code, syscall: 'connect' })
const certificate = (code) => broken('the certificate is wrong', { code })

/** The causes that Node reports if a connection was never established, or if it broke later. */
const CAUSES = {
  'not-sent': [
    connect('ECONNREFUSED'),
    connect('EHOSTUNREACH'),
    connect('ENETUNREACH'),
    connect('ETIMEDOUT'),
    broken('getaddrinfo EAI_AGAIN example.org', { code: 'EAI_AGAIN', syscall: 'getaddrinfo' }),
    Object.assign(new AggregateError([connect('ETIMEDOUT'), connect('EHOSTUNREACH')]), {
      code: 'ETIMEDOUT',
    }),
    broken('Connect Timeout Error', { code: 'UND_ERR_CONNECT_TIMEOUT' }),
    broken('Client network socket disconnected before secure TLS connection was established', {
      code: 'ECONNRESET',
    }),
    certificate('CERT_HAS_EXPIRED'),
    certificate('CERT_NOT_YET_VALID'),
    certificate('ERR_TLS_CERT_ALTNAME_INVALID'),
    certificate('SELF_SIGNED_CERT_IN_CHAIN'),
    certificate('UNABLE_TO_VERIFY_LEAF_SIGNATURE'),
  ],
  unknown: [
    broken('read ECONNRESET', { code: 'ECONNRESET', syscall: 'read' }),
    broken('read ETIMEDOUT', { code: 'ETIMEDOUT', syscall: 'read' }),
    broken('write EPIPE', { code: 'EPIPE', syscall: 'write' }),
    broken('other side closed', { code: 'UND_ERR_SOCKET' }),
    broken('Headers Timeout Error', { code: 'UND_ERR_HEADERS_TIMEOUT' }),
    broken('terminated'),
    undefined,
  ],
}

suite('a failed fetch', { timeout: 60_000 }, () => {
  for (const [outcome, causes] of Object.entries(CAUSES))
    for (const cause of causes)
      test(`outcome ${outcome} for ${cause?.message || cause?.code || 'no cause'}`, async (t) => {
        const failed = new TypeError('fetch failed', { cause })
        t.mock.method(globalThis, 'fetch', () => Promise.reject(failed))
        const options = { token: TOKEN, endpoint: 'http://127.0.0.1/', retries: 0 }
        const error = await failure(pin(new Blob(['x']), options))
        assert.deepEqual([error.code, error.outcome], ['network', outcome])
        assert.equal(error.cause, failed)
        assert.ok(error.message.includes(cause?.code ?? cause?.message ?? failed.message))
      })
})
