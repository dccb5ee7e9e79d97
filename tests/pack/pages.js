import { once } from 'node:events'
import { createServer } from 'node:http'
import { chromium, firefox, webkit } from './browsers.js'

/** Allows only what the package needs. */
const POLICY = "script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'"

/** Pages without a bundler. @type {import('./environments.js').Environment[]} */
export const pages = [chromium, firefox, webkit].flatMap((browser) => [
  plain(browser, 'page', html('src/page.js')),
  plain(browser, 'page with a Content-Security-Policy', html('src/page.js', { policy: POLICY })),
  plain(browser, 'dedicated worker', html('src/dedicated.js')),
  plain(browser, 'shared worker', html('src/shared.js')),
  plain(browser, 'service worker', html('src/service.js')),
  plain(
    browser,
    'page with a `<base>`',
    `<!doctype html><base href="/">${element('src/relative.js')}`,
    'a/b.html',
  ),
  plain(
    browser,
    'frame with `srcdoc`',
    `<!doctype html><iframe srcdoc='${element('/src/relative.js')}'></iframe>`,
  ),
  plain(browser, 'shared and resizable memory', html('src/memory.js')),
])

/** The programs import the file of the package that npm has installed. */
export function plain(browser, way, page, path = 'index.html') {
  return {
    tool: browser.name,
    way,
    missing: browser.missing,
    version: browser.version,
    files: { [path]: page },
    specifier: '/node_modules/numbers-pin/index.js',
    run: (place) => shown(browser, place, `${place.gateway.url}/${path}`),
  }
}

/** A page with one script. */
export function html(src, { type = 'module', policy } = {}) {
  const meta = policy && `<meta http-equiv="Content-Security-Policy" content="${policy}">`
  return `<!doctype html>${meta ?? ''}${element(src, type)}`
}

/**
 * Shows a page, which navigates to a URL with the results of its orders.
 *
 * @param {import('./browsers.js').Browser} browser
 * @param {import('./environments.js').Place} place
 * @param {string} address the page's
 */
export async function shown(browser, place, address) {
  const server = createServer()
  place.t.after(() => server.close().closeAllConnections())
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const report = `http://127.0.0.1:${server.address().port}/report`
  const { endpoint } = place.gateway
  const url = `${address}?${new URLSearchParams({ endpoint, report })}`
  return new Promise((resolve, reject) => {
    server.on('request', (request, response) => {
      response.end()
      const { pathname, search } = new URL(request.url, report)
      if (pathname === '/report') resolve(JSON.parse(decodeURIComponent(search.slice(1))))
    })
    browser.open(place, url, reject).catch(reject)
  })
}

function element(src, type = 'module') {
  return `<script type="${type}" src="${src}" defer></script>`
}
