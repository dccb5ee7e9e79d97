import { createHash } from 'node:crypto'
import { createServer } from 'node:http'

/**
 * A pin service in a process of its own, which keeps nothing but what it has to tell afterwards.
 * `POST /pin?cid=…` is answered as soon as it has arrived with that CID, `&pace=…` reads so many
 * bytes a second, and `GET /taken` tells what has arrived since it was last asked.
 * Sends its port to its parent.
 */
let taken = []

const server = createServer((request, response) => {
  const { pathname, searchParams } = new URL(request.url, 'http://service')
  response.setHeader('Access-Control-Allow-Origin', '*')
  response.setHeader('Access-Control-Allow-Headers', 'Authorization')
  response.setHeader('Access-Control-Max-Age', 600)
  if (request.method === 'POST') order(request, response, searchParams)
  else if (pathname === '/taken') tell(response)
  else response.writeHead(204).end()
})

// A contender that finds its connection closed would pay for a new one.
server.keepAliveTimeout = 600_000

server.listen(0, '127.0.0.1', () => process.send(server.address().port))
process.once('disconnect', () => process.exit())

/** Whatever can be done later is not done while a contender waits. */
function order(request, response, query) {
  const chunks = []
  const link = query.has('pace') ? new Link(Number(query.get('pace'))) : undefined
  request.on('data', (chunk) => {
    chunks.push(chunk)
    const wait = link?.carry(chunk.length)
    if (wait > 0) {
      request.pause()
      setTimeout(() => request.resume(), wait)
    }
  })
  request.on('end', () => {
    const cid = query.get('cid')
    const receipt = {
      fileURL: `http://127.0.0.1/ipfs/${cid}`,
      cid,
      fileSize: Number(query.get('size')),
      cid_version: 1,
      orderID: 'bench',
    }
    response.setHeader('Content-Type', 'application/json').end(JSON.stringify(receipt))
    taken.push({ type: request.headers['content-type'], chunks })
  })
}

function tell(response) {
  const files = taken.map(({ type, chunks }) => {
    const file = fileOf(Buffer.concat(chunks), type)
    return { bytes: file.length, sha256: createHash('sha256').update(file).digest('hex') }
  })
  taken = []
  response.end(JSON.stringify(files))
}

/** The file of a form that holds nothing else. */
function fileOf(body, type) {
  const [, boundary] = /boundary=(\S+)$/.exec(type)
  return body.subarray(body.indexOf('\r\n\r\n') + 4, body.lastIndexOf(`\r\n--${boundary}--`))
}

/** A link that carries so many bytes a second, with a bucket for what timers are late. */
class Link {
  static #LATE = 10

  #pace
  #free = 0

  constructor(pace) {
    this.#pace = pace / 1000
  }

  /** The ms until it has carried so many bytes more. */
  carry(bytes) {
    const now = performance.now()
    this.#free = Math.max(this.#free, now - Link.#LATE) + bytes / this.#pace
    return this.#free - now
  }
}
