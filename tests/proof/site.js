import { Readable } from 'node:stream'
import { site as pages } from '../support/site.js'
import { keystream } from './keystream.js'

/**
 * Answers with the site of the tests and with keystreams, which a page cannot make.
 *
 * @type {import('node:http').RequestListener}
 */
export function site(request, response) {
  const { pathname, searchParams } = new URL(request.url, 'http://127.0.0.1')
  if (pathname !== '/keystream') return pages(request, response)
  const { seed, size } = Object.fromEntries(searchParams)
  Readable.fromWeb(keystream(seed, Number(size))).pipe(response)
}
