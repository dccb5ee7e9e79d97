import { once } from 'node:events'
import { createReadStream } from 'node:fs'
import http from 'node:http'
import https from 'node:https'
import { certificate } from './certificate.js'

const ROOT = new URL('../../', import.meta.url)
const FILES = /^\/(pkg|tests)\/([\w-]+\/)*[\w.-]+\.js$/

/**
 * Starts a server of the site.
 *
 * @param {{ secure?: boolean }} [options] `secure` is https, with a self-signed certificate
 * @returns {Promise<{ url: string, close(): void }>}
 */
export async function startSite({ secure = false } = {}) {
  const server = secure ? https.createServer(await certificate()) : http.createServer()
  server.on('request', site)
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return {
    url: `http${secure ? 's' : ''}://127.0.0.1:${server.address().port}/`,
    close() {
      server.close()
      server.closeAllConnections()
    },
  }
}

/**
 * Serves an empty page, the package and the modules of the tests. The request target may be a whole
 * URL, as for a proxy.
 *
 * @type {import('node:http').RequestListener}
 */
export function site(request, response) {
  const { pathname } = new URL(request.url, 'http://127.0.0.1')
  if (pathname === '/') {
    response.setHeader('Content-Type', 'text/html')
    response.end('<!doctype html><title>test</title><link rel="icon" href="data:,">')
  } else if (FILES.test(pathname)) {
    response.setHeader('Content-Type', 'text/javascript')
    createReadStream(new URL(`.${pathname}`, ROOT)).pipe(response)
  } else response.writeHead(404).end()
}
