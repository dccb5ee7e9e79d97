import { createReadStream } from 'node:fs'
import { Readable } from 'node:stream'
import { keystream } from './keystream.js'

const ROOT = new URL('../../', import.meta.url)
const FILES = /^\/(pkg(\/(wasm|runtime))?|tests\/proof)\/\w+\.js$/

/**
 * What a page needs for these tests: itself, the package, the modules of this folder, and the
 * keystreams. The address may be a whole one, as a proxy is asked for it.
 *
 * @type {import('node:http').RequestListener}
 */
export function site(request, response) {
  const { pathname, searchParams } = new URL(request.url, 'http://127.0.0.1')
  if (pathname === '/') {
    response.setHeader('Content-Type', 'text/html')
    response.end('<!doctype html><title>proof</title><link rel="icon" href="data:,">')
  } else if (pathname === '/keystream') {
    const { seed, size } = Object.fromEntries(searchParams)
    Readable.fromWeb(keystream(seed, Number(size))).pipe(response)
  } else if (FILES.test(pathname)) {
    response.setHeader('Content-Type', 'text/javascript')
    createReadStream(new URL(`.${pathname}`, ROOT)).pipe(response)
  } else response.writeHead(404).end()
}
