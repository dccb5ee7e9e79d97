import { CID } from 'multiformats/cid'
import * as Digest from 'multiformats/hashes/digest'
import { createHash } from 'node:crypto'
import { EventEmitter, once } from 'node:events'
import { createServer } from 'node:http'
import { CONTENT, PINS, kindOf } from './kinds.js'

const RAW = 0x55
const SHA2_256 = 0x12

/**
 * Starts the service, which records the orders that it has received and processed.
 *
 * @returns {Promise<{ endpoints: string[], posts: Uint8Array, taken: Uint8Array, close(): void }>}
 *   `posts` and `taken` are by the number of the pin; of the `endpoints` the first one keeps its
 *   connections open. A browser automatically repeats a request when a reused connection breaks, so pins
 *   whose connection breaks go to the second one.
 */
export async function startService() {
  const [posts, taken] = [new Uint8Array(PINS), new Uint8Array(PINS)]
  const unanswered = new EventEmitter()

  async function serve(request, response) {
    const [content, number] = CONTENT.exec(Buffer.concat(await request.toArray()).toString())
    const nth = Number(number)
    posts[nth] += 1

    const order = () => {
      taken[nth] += 1
      return { cid: cidOf(content), orderID: `order-${nth}`, fileSize: content.length }
    }
    const say = (status, value, headers) =>
      response
        .writeHead(status, { 'Content-Type': 'application/json', ...headers })
        .end(JSON.stringify(value))
    const busy = () =>
      say(429, {}, { 'Retry-After': '0', 'Access-Control-Expose-Headers': 'Retry-After' })

    const answers = {
      plain: () => say(200, order()),
      unauthorized: () => say(401, { message: 'no' }),
      'no funds': () => say(402, { message: 'no' }),
      '429 once': () => (posts[nth] === 1 ? busy() : say(200, order())),
      '429 forever': busy,
      '503 before processing': () => say(503, {}),
      '500 after processing': () => say(500, order()),
      'cut before processing': () => request.socket.resetAndDestroy(),
      'cut after processing': () => (order(), request.socket.resetAndDestroy()),
      'cut in the response'() {
        const text = JSON.stringify(order())
        response.writeHead(200, { 'Content-Length': text.length, Connection: 'close' })
        response.write(text.slice(0, 20), () => request.socket.destroy())
      },
      'no receipt': () => say(200, { ...order(), cid: undefined }),
      'wrong CID': () => say(200, { ...order(), cid: cidOf('other') }),
      'no response': () => (order(), unanswered.emit(nth)),
    }
    answers[kindOf(nth).name]()
  }

  /** Responds when the order of the pin in the query was processed. */
  async function whenTaken({ url }, response) {
    const nth = Number(new URL(url, 'http://127.0.0.1').searchParams.get('taken'))
    if (!taken[nth]) await once(unanswered, nth)
    response.end()
  }

  const start = async (headers) => {
    const server = createServer({ keepAliveTimeout: 0 }, (request, response) => {
      for (const header of Object.entries(headers)) response.setHeader(...header)
      response.setHeader('Access-Control-Allow-Origin', '*')
      if (request.method === 'POST') return serve(request, response)
      if (request.method === 'GET') return whenTaken(request, response)
      response.setHeader('Access-Control-Allow-Headers', 'authorization')
      response.setHeader('Access-Control-Max-Age', '7200')
      response.end()
    })
    await once(server.listen(0, '127.0.0.1'), 'listening')
    return server
  }
  const servers = await Promise.all([start({}), start({ Connection: 'close' })])
  return {
    endpoints: servers.map((server) => `http://127.0.0.1:${server.address().port}/`),
    posts,
    taken,
    close() {
      for (const server of servers) {
        server.close()
        server.closeAllConnections()
      }
    },
  }
}

/** The CID of one raw block. */
function cidOf(content) {
  const sha256 = createHash('sha256').update(content).digest()
  return CID.createV1(RAW, Digest.create(SHA2_256, sha256)).toString()
}
