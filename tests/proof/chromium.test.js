import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { launchChromium } from '../support/browser.js'
import { serve } from '../support/server.js'
import { site } from './site.js'
import { VECTORS } from '../support/vectors.js'

/** All that may be pinned by default. With the larger ones Chromium takes a minute. */
const PINNABLE = VECTORS.filter(({ size }) => size <= 26_214_400)

/** Without the SHA-256 of the runtime hashing takes ten times as long. */
const LIGHT = VECTORS.filter(
  ({ size, content }) => size <= 4_194_304 || (size === 25_000_000 && content.pattern === 'p31'),
)

let browser
before(async () => (browser = await launchChromium()))
after(() => browser.close())

/**
 * Opens a page with its own server.
 *
 * @param {import('node:test').TestContext} t
 * @param {string} [origin] the origin of the page, if it is not that of the server
 */
async function open(t, origin) {
  const { url } = await serve(t, site)
  const context = await browser.newContext(origin && { proxy: { server: url } })
  t.after(() => context.close())
  const page = await context.newPage()
  await page.goto(origin ?? url)
  return page
}

/** The differences that the page finds. */
function check(page, vectors) {
  return page.evaluate(async (vectors) => {
    const { bytesOf } = await import('/tests/support/content.js')
    const { check } = await import('/tests/proof/check.js')
    const keystream = async (seed, size) => {
      const response = await fetch(`/keystream?${new URLSearchParams({ seed, size })}`)
      return new Uint8Array(await response.arrayBuffer())
    }
    const wrong = []
    for (const vector of vectors) {
      const bytes = await bytesOf(vector.content, vector.size, keystream)
      wrong.push(...(await check(vector, bytes)))
    }
    return wrong
  }, vectors)
}

const runtimeOf = (page) => page.evaluate(() => [isSecureContext, typeof globalThis.crypto?.subtle])

test('Chromium computes the CIDs of other implementations', async (t) => {
  const page = await open(t)
  assert.deepEqual(await runtimeOf(page), [true, 'object'])
  assert.deepEqual(await check(page, PINNABLE), [])
})

test('an http page without crypto.subtle computes the same CIDs', async (t) => {
  const page = await open(t, 'http://pin.example/')
  assert.deepEqual(await runtimeOf(page), [false, 'undefined'])
  assert.deepEqual(await check(page, LIGHT), [])
})

test('sends no preflight to a gateway of another origin', async (t) => {
  const { url, requests } = await serve(t, (request, response) => {
    response.setHeader('Access-Control-Allow-Origin', '*')
    response.setHeader('Content-Type', 'text/plain')
    response.end('hello world')
  })
  const page = await open(t)
  const cid = 'Qmf412jQZiuVUtdgnB36FXFX7xg5V6KEbSJ4dpQuhkLyfD'
  const said = await page.evaluate(
    async ([cid, gateway]) => {
      const { download, locate } = await import('/pkg/index.js')
      const blob = await download(cid, { gateway, onProgress() {} })
      return [await locate(cid, { gateway }), await blob.text(), blob.type]
    },
    [cid, url],
  )
  assert.deepEqual(said, ['present', 'hello world', 'text/plain'])
  assert.deepEqual(
    requests.map(({ method, url }) => `${method} ${url}`),
    [`GET /ipfs/${cid}`, `HEAD /ipfs/${cid}`],
  )
})
