import { createHash } from 'node:crypto'
import { createServer } from 'node:http'
import { CarReader } from '@ipld/car'
import { exporter } from 'ipfs-unixfs-exporter'
import { CID } from 'multiformats/cid'
import * as raw from 'multiformats/codecs/raw'
import { create } from 'multiformats/hashes/digest'
import { sha256 } from 'multiformats/hashes/sha2'

/**
 * Three pin services in a process of their own, which keep nothing but what they have to tell
 * afterwards. `POST /CID/PACE` is the Numbers API, `…/files` Pinata's and `…/upload/` nft.storage's.
 * Each reads at most PACE bytes a second, or 0 for all that come, and answers with that CID as soon as
 * all has arrived; where it is `raw`, with the CIDv1 of the file as one raw block. `GET /taken` tells
 * what has arrived since it was last asked. Sends its port to its parent.
 */
let taken = []

const ANSWERS = {
  '': (cid, fileSize) => {
    const fileURL = `http://127.0.0.1/ipfs/${cid}`
    return { fileURL, cid, fileSize, cid_version: 1, orderID: 'bench' }
  },
  files: (cid, size) => ({ data: { id: 'bench', cid, size } }),
  upload: (cid) => ({ ok: true, value: { cid } }),
}

const server = createServer((request, response) => {
  response.setHeader('Access-Control-Allow-Origin', '*')
  response.setHeader(
    'Access-Control-Allow-Headers',
    'Authorization, Content-Type, Source, X-Client',
  )
  response.setHeader('Access-Control-Max-Age', 600)
  if (request.method === 'POST') order(request, response)
  else if (request.url === '/taken') tell(response)
  else response.writeHead(204).end()
})

// A contender that finds its connection closed would pay for a new one.
server.keepAliveTimeout = 600_000

server.listen(0, '127.0.0.1', () => process.send(server.address().port))
process.once('disconnect', () => process.exit())

/** Whatever can be done later is not done while a contender waits. */
function order(request, response) {
  const [, cid, pace, service = ''] = request.url.split('/')
  const type = request.headers['content-type']
  const chunks = []
  const link = pace === '0' ? undefined : new Link(Number(pace))
  request.on('data', (chunk) => {
    chunks.push(chunk)
    const wait = link?.carry(chunk.length)
    if (wait > 0) {
      request.pause()
      setTimeout(() => request.resume(), wait)
    }
  })
  request.on('end', () => {
    const size = Number(request.headers['content-length'])
    const answer = ANSWERS[service](cid === 'raw' ? rawCid(chunks, type) : cid, size)
    response.setHeader('Content-Type', 'application/json').end(JSON.stringify(answer))
    taken.push({ type, chunks })
  })
}

function rawCid(chunks, type) {
  const digest = hash(formFile(Buffer.concat(chunks), type)).digest()
  return CID.createV1(raw.code, create(sha256.code, digest)).toString()
}

async function tell(response) {
  const files = []
  for (const { type, chunks } of taken) {
    const body = Buffer.concat(chunks)
    const file = type === 'application/car' ? await carFile(body) : formFile(body, type)
    files.push({ bytes: file.length, sha256: hash(file).digest('hex') })
  }
  taken = []
  response.end(JSON.stringify(files))
}

function hash(bytes) {
  return createHash('sha256').update(bytes)
}

/** The part of a form that is named `file`. */
function formFile(body, type) {
  const [, boundary] = /boundary=(\S+)$/.exec(type)
  const start = body.indexOf('\r\n\r\n', body.indexOf('name="file"')) + 4
  return body.subarray(start, body.indexOf(`\r\n--${boundary}`, start))
}

/** The file whose blocks are in an archive. */
async function carFile(body) {
  const car = await CarReader.fromBytes(body)
  const blocks = {
    async *get(cid) {
      yield (await car.get(cid)).bytes
    },
  }
  const [root] = await car.getRoots()
  const file = await exporter(root, blocks)
  const chunks = []
  for await (const chunk of file.content()) chunks.push(chunk)
  return Buffer.concat(chunks)
}

/** A link of this many bytes a second, with a bucket for what timers are late. */
class Link {
  static #LATE = 10

  #pace
  #free = 0

  constructor(pace) {
    this.#pace = pace / 1000
  }

  /** The ms until it has carried this many more bytes. */
  carry(bytes) {
    const now = performance.now()
    this.#free = Math.max(this.#free, now - Link.#LATE) + bytes / this.#pace
    return this.#free - now
  }
}
