import { once } from 'node:events'
import { createReadStream } from 'node:fs'
import http from 'node:http'
import https from 'node:https'
import { generate } from 'selfsigned'

const ROOT = new URL('../../', import.meta.url)
const FILES = /^\/(pkg(\/(wasm|runtime))?|tests\/(chromium|faults|soak))\/[\w.-]+\.js$/

/**
 * Starts a site with an empty page, the package and the modules of these tests.
 *
 * @param {{ secure?: boolean }} [options] `secure` is https, by a certificate made for the occasion
 * @returns {Promise<{ url: string, close(): void }>}
 */
export async function startSite({ secure = false } = {}) {
  const server = secure ? https.createServer(await certificate()) : http.createServer()
  server.on('request', answer)
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return {
    url: `http${secure ? 's' : ''}://127.0.0.1:${server.address().port}/`,
    close() {
      server.close()
      server.closeAllConnections()
    },
  }
}

function answer({ url }, response) {
  if (url === '/') {
    response.setHeader('Content-Type', 'text/html')
    response.end('<!doctype html><title>faults</title><link rel="icon" href="data:,">')
  } else if (FILES.test(url)) {
    response.setHeader('Content-Type', 'text/javascript')
    createReadStream(new URL(`.${url}`, ROOT)).pipe(response)
  } else response.writeHead(404).end()
}

async function certificate() {
  const { private: key, cert } = await generate([{ name: 'commonName', value: '127.0.0.1' }])
  return { key, cert }
}
