import assert from 'node:assert/strict'
import { test } from 'node:test'
import { chromium, firefox, webkit } from './browsers.js'
import { html, plain } from './pages.js'
import { newProject } from './project.js'

const POLICY = "script-src 'self'; connect-src 'self'"

for (const browser of [chromium, firefox, webkit]) {
  const name = `${browser.name}: names a policy that forbids WebAssembly, and orders nothing`
  test(name, { timeout: 60_000 }, async (t) => {
    const missing = await browser.missing?.()
    if (missing) return t.skip(missing)
    const page = plain(browser, 'forbidden', html('src/page.js', { policy: POLICY }))
    const place = await newProject(t, `${browser.name} forbidden`, page)
    const ends = await page.run(place)
    for (const { error } of Object.values(ends)) {
      assert.match(error.message, /'wasm-unsafe-eval'/)
      assert.deepEqual(
        [error.isPinError, error.code, error.outcome],
        [true, 'unsupported', 'not-sent'],
      )
    }
    assert.deepEqual(place.gateway.orders, [])
  })
}
