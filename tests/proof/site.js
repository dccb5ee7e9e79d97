import { Readable } from 'node:stream'
import { site as pages } from '../support/site.js'
import { keystream } from './keystream.js'

/**
 * Serves the site of the tests, and keystreams, which a page cannot generate.
 *
 * @type {import('node:http').RequestListener}
 */
export function site(request, response) {
  const { pathname, searchParams } = new URL(request.url, 'http://127.0.0.1')
  if (pathname !== '/keystream') return pages(request, response)
  const { seed, size } = Object.fromEntries(searchParams)
  Readable.fromWeb(keystream(seed, Number(size))).pipe(response)
}
