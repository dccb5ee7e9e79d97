import assert from 'node:assert/strict'
import { once } from 'node:events'
import http from 'node:http'
import http2 from 'node:http2'
import https from 'node:https'
import net from 'node:net'
import { suite, test } from 'node:test'
import tls from 'node:tls'
import { generate } from 'selfsigned'
import { run } from './run.js'

const { private: key, cert } = await generate([{ name: 'commonName', value: '127.0.0.1' }])

const NODES = ['Node 20', 'Node 22', 'Node 24', 'Node 26']
const ALL = [...NODES, 'Deno', 'Bun']

/** Responds to the first bytes of a handshake with a fatal alert (RFC 8446, section 6). */
const alert = (description) => () =>
  net.createServer((socket) => {
    socket.on('error', () => {})
    socket.once('data', () => socket.end(Buffer.from([21, 3, 3, 0, 2, 2, description])))
  })

/** A proxy that handles CONNECT with this function. */
const proxy = (answer) => () =>
  http.createServer().on('connect', (_, socket) => {
    socket.on('error', () => {})
    answer(socket)
  })
const refusing = (status) => proxy((socket) => socket.end(`HTTP/1.1 ${status} No\r\n\r\n`))

const ignoring = (server) => server.on('tlsClientError', () => {}).on('sessionError', () => {})

/** All permissions that the program needs, except the network. */
const PERMISSION = ['--permission', '--allow-fs-read=*']

/** Failures after which no part of a request was processed. */
const CASES = {
  'a port that fetch forbids': { endpoint: 'http://127.0.0.1:6000/', in: [...NODES, 'Deno'] },
  'no common TLS version': {
    serve: () =>
      tls.createServer({
        ...{ key, cert, minVersion: 'TLSv1', maxVersion: 'TLSv1.1' },
        ciphers: 'DEFAULT@SECLEVEL=0',
      }),
  },
  'a failed TLS handshake': { serve: alert(40) },
  'an unknown server name': { serve: alert(112) },
  'no common application protocol': { serve: alert(120) },
  'HTTP instead of TLS': { serve: () => http.createServer() },
  'a required client certificate': {
    serve: () =>
      https.createServer({ key, cert, requestCert: true, maxVersion: 'TLSv1.2' }, assert.fail),
    trusted: true,
  },
  'an untrusted certificate': { serve: () => https.createServer({ key, cert }) },
  'a refused HTTP/2 stream': {
    serve: () =>
      http2.createSecureServer({ key, cert }).on('stream', (stream) => {
        stream.on('error', () => {})
        stream.close(http2.constants.NGHTTP2_REFUSED_STREAM)
      }),
    trusted: true,
    in: ['Node 26', 'Deno'],
  },
  'a proxy that responds with 407': {
    proxy: refusing(407),
    in: ['Node 22', 'Node 24', 'Node 26', 'Deno', 'Bun'],
  },
  'a proxy that responds with 403': {
    proxy: refusing(403),
    in: ['Node 22', 'Node 24', 'Node 26', 'Deno', 'Bun'],
  },
  'a proxy that responds with 503': {
    proxy: refusing(503),
    in: ['Node 22', 'Node 24', 'Node 26', 'Deno', 'Bun'],
  },
  'a proxy that closes the connection': {
    proxy: proxy((socket) => socket.destroy()),
    in: ['Node 26', 'Deno'],
  },
  'no permission to connect': {
    flags: { Deno: [], 'Node 26': PERMISSION },
    in: ['Node 26', 'Deno'],
  },
}

async function listen(t, server) {
  ignoring(server)
  await once(server.listen(0, '127.0.0.1'), 'listening')
  t.after(() => {
    server.close()
    server.closeAllConnections?.()
  })
  return `127.0.0.1:${server.address().port}`
}

for (const [name, { in: runtimes = ALL, ...situation }] of Object.entries(CASES))
  suite(`nothing was sent: ${name}`, { timeout: 120_000 }, () => {
    for (const runtime of runtimes)
      test(runtime, async (t) => {
        const env = { NODE_USE_ENV_PROXY: '1', NODE_NO_WARNINGS: '1' }
        let { endpoint = 'https://example.org/' } = situation
        if (situation.serve) endpoint = `https://${await listen(t, situation.serve())}/`
        if (situation.proxy) env.HTTPS_PROXY = `http://${await listen(t, situation.proxy())}`
        let flags = situation.flags?.[runtime]
        if (situation.trusted) env.NODE_TLS_REJECT_UNAUTHORIZED = '0'
        if (situation.trusted && runtime === 'Deno')
          flags = ['--allow-net', '--unsafely-ignore-certificate-errors', '--quiet']
        const said = await run(runtime, 'refused', [endpoint], { env, flags })
        assert.deepEqual(said, { code: 'network', outcome: 'not-sent' })
      })
  })
