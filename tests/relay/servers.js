import express from 'express'
import Fastify from 'fastify'
import { once } from 'node:events'
import http from 'node:http'
import http2 from 'node:http2'
import https from 'node:https'
import Koa from 'koa'
import { toNodeHandler } from '../../pkg/relay/index.js'
import { certificate } from '../support/certificate.js'

/**
 * Starts a server in front of a handler, and resolves to a function that begins a request to it. The
 * request is a stream, whose `response` resolves to the status and the headers.
 */
async function listen(t, server, { secure = false, version = 1 } = {}) {
  const sessions = new Set()
  server.on('session', (session) => sessions.add(session))
  await once(server.listen(0, '127.0.0.1'), 'listening')
  t.after(() => {
    server.close()
    server.closeAllConnections?.()
    for (const session of sessions) session.destroy()
  })
  const origin = `http${secure ? 's' : ''}://127.0.0.1:${server.address().port}`
  return version === 2 ? http2Client(t, origin) : http1Client(t, origin)
}

function http1Client(t, origin) {
  const { Agent, request } = origin.startsWith('https') ? https : http
  // With `Connection: close` Node closes after a response, even while the client sends.
  const agent = new Agent({ keepAlive: true })
  t.after(() => agent.destroy())
  return (method, path, headers) => {
    const options = { method, headers, agent, rejectUnauthorized: false }
    const outgoing = request(origin + path, options)
    outgoing.on('error', () => {})
    outgoing.response = once(outgoing, 'response').then(([response]) => ({
      status: response.statusCode,
      headers: response.headers,
      text: () => response.toArray().then(String),
    }))
    outgoing.response.catch(() => {})
    return outgoing
  }
}

function http2Client(t, origin) {
  const session = http2.connect(origin, { rejectUnauthorized: false })
  session.on('error', () => {})
  t.after(() => session.destroy())
  return (method, path, headers) => {
    const outgoing = session.request({ ':method': method, ':path': path, ...headers })
    outgoing.on('error', () => {})
    outgoing.response = once(outgoing, 'response').then(([headers]) => ({
      status: headers[':status'],
      headers,
      text: () => outgoing.toArray().then(String),
    }))
    outgoing.response.catch(() => {})
    return outgoing
  }
}

/**
 * The servers of Node, and frameworks on them, each with a relay at `/api/pin`.
 *
 * @type {Record<string, (t: import('node:test').TestContext, relay: Function) => Promise<Function>>}
 */
export const servers = {
  'node:http': (t, relay) => listen(t, http.createServer(toNodeHandler(relay))),
  'node:https': async (t, relay) =>
    listen(t, https.createServer(await certificate(), toNodeHandler(relay)), { secure: true }),
  'node:http2 without TLS': (t, relay) =>
    listen(t, http2.createServer(toNodeHandler(relay)), { version: 2 }),
  'node:http2': async (t, relay) =>
    listen(t, http2.createSecureServer(await certificate(), toNodeHandler(relay)), {
      secure: true,
      version: 2,
    }),
  async 'node:http2 for a client of HTTP/1.1'(t, relay) {
    const options = { ...(await certificate()), allowHTTP1: true }
    return listen(t, http2.createSecureServer(options, toNodeHandler(relay)), { secure: true })
  },
  async Express(t, relay) {
    const app = express().all('/api/pin', toNodeHandler(relay)).use(express.json())
    return listen(t, http.createServer(app))
  },
  async 'a router of Express'(t, relay) {
    const router = express.Router().use('/pin', toNodeHandler(relay))
    return listen(t, http.createServer(express().use('/api', router)))
  },
  async Fastify(t, relay) {
    const handler = toNodeHandler(relay)
    const app = Fastify()
    app.register(async (scope) => {
      scope.removeAllContentTypeParsers()
      scope.addContentTypeParser('*', (request, body, done) => done(null))
      scope.all('/api/pin', (request, reply) => {
        reply.hijack()
        return handler(request.raw, reply.raw)
      })
    })
    await app.ready()
    return listen(t, app.server)
  },
  async Koa(t, relay) {
    const handler = toNodeHandler(relay)
    const app = new Koa()
    // Koa logs each client that leaves.
    app.silent = true
    app.use((context) => {
      context.respond = false
      return handler(context.req, context.res)
    })
    return listen(t, http.createServer(app.callback()))
  },
}
