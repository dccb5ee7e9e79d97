import { randomUUID } from 'node:crypto'
import express from 'express'
import createError from 'http-errors'
import { serviceCors } from './cors.js'
import { MAX_JSON_SIZE } from './limits.js'
import { fetchSource, isForeign } from './source.js'
import { requireToken } from './tokens.js'
import { readUpload } from './upload.js'

/** Timeout for the file of a `fileURL`, in ms: the usual limit of the service's host. */
const FETCH_TIMEOUT = 30_000

/**
 * The API page's endpoint.
 *
 * @param {{ store: import('./store.js').Store, orders: object[], url: string }} gateway
 */
export function pin({ store, orders, url }) {
  const router = express.Router()
  router.use(serviceCors)
  router.post(
    '/',
    requireToken,
    express.json({ limit: MAX_JSON_SIZE }),
    async (request, response) => {
      const { bytes, filename, pin = true, version = 1 } = await readOrder(request)
      const cid = String(await store.import(bytes, { pin, version }))
      const orderID = randomUUID()
      orders.push({ orderID, cid, bytes: bytes.length, filename, pin })
      response.json({
        fileURL: `${url}/ipfs/${cid}`,
        cid,
        fileSize: bytes.length,
        cid_version: version,
        orderID,
      })
    },
  )
  router.all('/', (request, response) => {
    response.set('Allow', 'POST, OPTIONS')
    throw createError(405, `${request.method} is not allowed. Use POST`)
  })
  return router
}

function readOrder(request) {
  if (request.is('multipart/form-data')) return readUpload(request)
  if (request.is('application/json')) return readReference(request)
  throw createError(400, 'Content-Type must be multipart/form-data or application/json')
}

async function readReference(request) {
  const { fileURL, pin, version, ...rest } = request.body ?? {}
  const [unknown] = Object.keys(rest)
  if (unknown !== undefined)
    throw createError(400, `Unknown field "${unknown}". The fields are fileURL, pin and version`)
  if (typeof fileURL !== 'string') throw createError(400, 'fileURL must be a string')
  if (![undefined, true, false].includes(pin)) throw createError(400, 'pin must be true or false')
  if (![undefined, 0, 1].includes(version)) throw createError(400, 'version must be 0 or 1')
  if (isForeign(request.get('Origin')))
    throw createError(403, 'Only pages from this computer can use fileURL')
  return { ...(await fetchSource(fileURL, AbortSignal.timeout(FETCH_TIMEOUT))), pin, version }
}
