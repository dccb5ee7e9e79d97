import { realpath } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import express from 'express'
import { serviceCors } from './cors.js'

const GATEWAY_FOLDER = fileURLToPath(new URL('.', import.meta.url))

/**
 * Serves folders as static pages, never cached. Files that begin with a dot and the gateway's own
 * files are not served.
 *
 * @param {Record<string, string>} folders from a URL prefix to a folder
 */
export function pages(folders) {
  const router = express.Router()
  router.use(serviceCors)
  for (const [prefix, folder] of Object.entries(folders)) {
    const files = express.static(folder, {
      cacheControl: false,
      etag: false,
      lastModified: false,
      setHeaders: (response) => response.set('Cache-Control', 'no-store'),
    })
    router.use(prefix, async (request, response, next) => {
      if (await isPublic(folder, request.path)) files(request, response, next)
      else next()
    })
  }
  return router
}

/** Resolves the path in the file system, which may ignore case and follow links. */
async function isPublic(folder, path) {
  try {
    const file = await realpath(join(folder, decodeURIComponent(path)))
    return !join(file, '/').startsWith(GATEWAY_FOLDER)
  } catch {
    return false
  }
}
