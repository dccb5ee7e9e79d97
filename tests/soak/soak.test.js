import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { suite, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { launchChromium } from '../support/browser.js'
import { openPage } from '../support/page.js'
import { startSite } from '../support/site.js'
import { start } from '../support/start.js'
import { flat, reconcile } from './books.js'
import { PINS } from './kinds.js'
import { startService } from './service.js'

const NODE = fileURLToPath(new URL('node.js', import.meta.url))

suite('10 000 pins, 8 at a time, some with faults', { timeout: 1_800_000 }, () => {
  test('have the right outcomes in Node, and leak nothing', async (t) => {
    const service = await start(t, startService())
    const args = ['--expose-gc', NODE, ...service.endpoints]
    const { stdout, stderr } = await promisify(execFile)(process.execPath, args)
    assert.equal(stderr, '')
    const { ends, measured, listeners } = JSON.parse(stdout)
    reconcile(ends, service)
    flat(measured)
    assert.equal(listeners, 0)
  })

  test('have the right outcomes in Chromium, and leak nothing', async (t) => {
    const service = await start(t, startService())
    const site = await start(t, startSite())
    const browser = await start(t, launchChromium())
    const { page, devtools, said, thrown } = await start(t, openPage(browser, site))
    await page.evaluate(async () => {
      globalThis.client = await import('/tests/soak/client.js')
    })
    const measured = []
    for (let from = 0; from < PINS; from += 1000) {
      const batch = [service.endpoints, from, from + 1000]
      const wasm = await page.evaluate(async (batch) => {
        await globalThis.client.pins(...batch)
        return globalThis.client.wasm()
      }, batch)
      await devtools.send('HeapProfiler.collectGarbage')
      const { usedSize: heap } = await devtools.send('Runtime.getHeapUsage')
      measured.push({ heap, wasm })
    }
    reconcile(await page.evaluate(() => [...globalThis.client.ends]), service)
    flat(measured)
    const { result } = await devtools.send('Runtime.evaluate', { expression: 'client.signal' })
    const { listeners } = await devtools.send('DOMDebugger.getEventListeners', result)
    assert.deepEqual(listeners, [])
    assert.deepEqual(said, [])
    assert.deepEqual(thrown, [])
  })
})
