import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startGateway } from '../../www/gateway/server.js'
import { firefox, webkit } from './browsers.js'
import { temporaryFolder } from '../support/temporary-folder.js'
import { expectSoon, root } from './page.js'

for (const browser of [firefox, webkit])
  test(`${browser.name}: pins a file, verifies it, and shows its preview and the history`, async (t) => {
    const missing = await browser.missing()
    if (missing) return t.skip(missing)
    const gateway = await startGateway({
      dir: await temporaryFolder(t),
      pages: { '/': root('www/page'), '/pkg/': root('pkg') },
    })
    t.after(() => gateway.close())
    const tab = await browser.open(t)
    const shows = (selector, text) => {
      const expression = `document.querySelector(${JSON.stringify(selector)})?.innerText`
      return expectSoon(() => tab.evaluate(expression), text)
    }

    await tab.goto(gateway.url)
    await shows('#settings:not([inert]) h2', 'Settings')
    await tab.upload('#files', root('www/page/sample.jpg'))
    await shows('#order .primary', 'Pin 1 file')
    await expectSoon(
      () => tab.evaluate(`/^bafkrei/.test(document.querySelector('.cid code').innerText)`),
      true,
    )
    await tab.click('#order .primary')
    await shows('.card .state', 'Pinned')
    const [{ cid }] = gateway.orders
    await shows('.cid code', cid)
    await shows('.proof summary', 'Verified')

    await tab.click('.fetch')
    const host = new URL(gateway.url).host
    const words = `Downloaded 141,802 bytes from ${host}. The content matches the CID.`
    await shows('.preview p', words)
    assert.ok(await tab.evaluate(`document.querySelector('.preview img').naturalWidth > 0`))

    await tab.goto(gateway.url)
    await shows('#past .card .state', 'Pinned')
    assert.equal(gateway.orders.length, 1)
  })
