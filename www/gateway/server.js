import { once } from 'node:events'
import { createServer } from 'node:http'
import { isIPv6 } from 'node:net'
import express from 'express'
import createError from 'http-errors'
import { content } from './content.js'
import { discardRest } from './discard.js'
import { pages } from './pages.js'
import { pin } from './pin.js'
import { Store } from './store.js'

/**
 * A completed order. `bytes` is the size of the file.
 *
 * @typedef {{ orderID: string, cid: string, bytes: number, filename: string, pin: boolean }} Order
 */

/**
 * Starts the gateway.
 *
 * @param {object} options
 * @param {string} options.dir where blocks are stored; created if missing
 * @param {number} [options.port] a free one by default
 * @param {string} [options.host] this machine only by default
 * @param {Record<string, string>} [options.pages] folders to serve, by URL prefix
 * @returns {Promise<{
 *   url: string, endpoint: string, port: number, orders: Order[], close(): Promise<void>
 * }>} `endpoint` takes the place of the API page's. Rejects if the port or the folder is not available.
 */
export async function startGateway({ port = 0, host = '127.0.0.1', dir, pages: folders = {} }) {
  const store = new Store(dir)
  await store.open()
  // An idle connection that ends by time may end as its client sends the next request.
  const server = createServer({ keepAliveTimeout: 0 })
  server.listen(port, host)
  await once(server, 'listening')
  const closed = once(server, 'close')
  const address = server.address()
  const url = `http://${isIPv6(host) ? `[${host}]` : host}:${address.port}`
  const orders = []
  server.on('request', listener({ store, orders, url, folders }))
  return {
    url,
    endpoint: `${url}/pin`,
    port: address.port,
    orders,
    async close() {
      server.close()
      server.closeAllConnections()
      await closed
      await store.close()
    },
  }
}

function listener({ store, orders, url, folders }) {
  const app = express()
  app.disable('x-powered-by')
  app.disable('etag')
  app.use(discardRest)
  app.use('/pin', pin({ store, orders, url }))
  app.use('/ipfs', content(store))
  app.use(pages(folders))
  app.use((request) => {
    throw createError(404, `Page not found: ${request.path}`)
  })
  app.use((error, request, response, next) => {
    if (response.headersSent) return next(error)
    if (!error.expose) console.error(error)
    const { status, message } = error.expose ? error : createError(500)
    response.status(status).json({ message })
  })
  return app
}
