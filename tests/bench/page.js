import { once } from 'node:events'
import { createServer } from 'node:http'
import { build } from 'esbuild'

const BUNDLING = { bundle: true, minify: true, write: false, target: 'es2022' }

/**
 * A module as a page would have it: one minified script.
 *
 * @param {import('esbuild').BuildOptions} options what to bundle, and as what
 * @returns {Promise<Buffer>}
 */
export async function bundle(options) {
  const { outputFiles } = await build({ ...BUNDLING, ...options })
  return Buffer.from(outputFiles[0].contents)
}

/**
 * Serves scripts by their paths, and everywhere else a page that loads `/script.js` if there is one.
 *
 * @param {Record<string, Buffer>} scripts
 */
export async function serve(scripts) {
  const page = '<!doctype html><meta charset="utf-8"><title>Contenders</title>'
  const load = '/script.js' in scripts ? '<script src="/script.js"></script>' : ''
  const server = createServer((request, response) => {
    const script = scripts[request.url]
    response.setHeader('Content-Type', script ? 'text/javascript' : 'text/html')
    response.end(script ?? page + load)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return server
}
