import { isUtf8 } from 'node:buffer'
import express from 'express'
import { fileTypeFromBuffer } from 'file-type'
import createError from 'http-errors'
import { bases } from 'multiformats/basics'
import { CID } from 'multiformats/cid'
import { gatewayCors } from './cors.js'

const RAW_BLOCK = 'application/vnd.ipld.raw'

/**
 * `/ipfs/<cid>` as a gateway serves it: files, and single blocks as in the trustless gateway
 * specification.
 *
 * @param {import('./store.js').Store} store
 */
export function content(store) {
  const router = express.Router()
  router.use(gatewayCors)
  router.get('/:cid', async (request, response) => {
    const cid = parse(request.params.cid)
    const isBlock = wantsBlock(request)
    const bytes = await (isBlock ? store.block(cid) : store.file(cid))
    if (!bytes)
      throw createError(404, `This gateway does not have the ${isBlock ? 'block' : 'file'} ${cid}`)
    const etag = isBlock ? `"${cid}.raw"` : `"${cid}"`
    response.set({
      ETag: etag,
      'Cache-Control': 'public, max-age=29030400, immutable',
      'X-Ipfs-Path': `/ipfs/${cid}`,
      'X-Ipfs-Roots': `${cid}`,
      Vary: 'Accept',
      // Anyone may have written the content, and pages of this origin hold tokens.
      'Content-Security-Policy': 'sandbox',
      'X-Content-Type-Options': 'nosniff',
    })
    if (isKnown(request.get('If-None-Match'), etag)) response.status(304).end()
    else if (isBlock) sendBlock(response, cid, bytes)
    else sendFile(request, response, etag, bytes, await typeOf(bytes))
  })
  router.use((error, request, response, next) => {
    if (!error.expose) return next(error)
    response.status(error.status).type('text').send(error.message)
  })
  return router
}

function parse(text) {
  try {
    const base = Object.values(bases).find(({ prefix }) => text.startsWith(prefix))
    return CID.parse(text, text.startsWith('Qm') ? undefined : base)
  } catch {
    throw createError(400, 'The path after /ipfs/ must be a CID')
  }
}

/** Whether the request is for a block instead of a file. The query overrides the header. */
function wantsBlock({ query, headers }) {
  const format = query.format ?? (headers.accept?.includes(RAW_BLOCK) ? 'raw' : undefined)
  if (![undefined, 'raw'].includes(format)) throw createError(406, 'format must be raw')
  return format === 'raw'
}

/** `fetch` sends `no-cache` with its own `If-None-Match`, which express's `fresh` takes for a miss. */
function isKnown(ifNoneMatch = '', etag) {
  const tags = ifNoneMatch.split(',').map((tag) => tag.trim().replace(/^W\//, ''))
  return tags.includes(etag) || tags.includes('*')
}

function sendBlock(response, cid, bytes) {
  response.set({
    'Content-Type': RAW_BLOCK,
    'Content-Disposition': `attachment; filename="${cid}.bin"`,
  })
  response.send(bytes)
}

function sendFile(request, response, etag, bytes, type) {
  response.set({
    'Content-Type': type,
    'Content-Disposition': 'inline',
    'Accept-Ranges': 'bytes',
  })
  const isSame = [undefined, etag].includes(request.get('If-Range'))
  const range = isSame ? request.range(bytes.length) : undefined
  if (range === -1) {
    response.set({ 'Content-Range': `bytes */${bytes.length}`, 'Cache-Control': 'no-store' })
    throw createError(416, 'The range starts after the end of the file')
  }
  if (range?.type !== 'bytes' || range.length !== 1) return response.send(bytes)
  const [{ start, end }] = range
  response.status(206).set('Content-Range', `bytes ${start}-${end}/${bytes.length}`)
  response.send(bytes.subarray(start, end + 1))
}

/** The media type by the first bytes. HTML and scripts have no such signature: they are text. */
async function typeOf(bytes) {
  const found = await fileTypeFromBuffer(bytes)
  return found?.mime ?? (isUtf8(bytes) ? 'text/plain; charset=utf-8' : 'application/octet-stream')
}
