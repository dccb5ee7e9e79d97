import assert from 'node:assert/strict'
import { CID } from './files.js'
import { cards, choose, field, pageTest, pressPin, reaches, useService } from './page.js'
import { json, serve } from './server.js'

const MARKUP = '<img src=x onerror="window.hacked = true">'

const named = (name) => ({ name, mimeType: 'text/html', buffer: Buffer.from('hello') })

pageTest('markup in a file name is shown as text', async ({ page }) => {
  await choose(page, named(MARKUP))
  await pressPin(page)
  await reaches(cards(page), 'Pinned')
  assert.equal(await cards(page).getByRole('heading').textContent(), MARKUP)
  await harmless(page)
})

for (const fileURL of ['javascript:window.hacked=true', 'data:text/html,x', MARKUP, ''])
  pageTest(`a receipt with the fileURL "${fileURL}" has no link`, async ({ t, page }) => {
    await useService(page, await serve(t, json({ cid: CID, fileURL, orderID: MARKUP, x: MARKUP })))
    await choose(page, named('note.txt'))
    await pressPin(page)
    await reaches(cards(page), 'Pinned')
    assert.equal(await field(cards(page), 'Order ID').innerText(), MARKUP)
    assert.equal(await cards(page).getByRole('link').count(), 0)
    await harmless(page)
  })

pageTest('markup in a message of the service is shown as text', async ({ t, page }) => {
  await useService(page, await serve(t, json({ message: MARKUP }, 400)))
  await choose(page, named('note.txt'))
  await pressPin(page)
  await reaches(cards(page), 'Failed')
  await cards(page).getByText('Details', { exact: true }).click()
  await cards(page).getByText('onerror').waitFor()
  await harmless(page)
})

pageTest('opened content cannot access the page', async ({ page, gateway }) => {
  await choose(page, {
    name: 'page.svg',
    mimeType: 'image/svg+xml',
    buffer: Buffer.from(
      '<svg xmlns="http://www.w3.org/2000/svg"><script>top.name="hacked"</script></svg>',
    ),
  })
  await pressPin(page)
  await reaches(cards(page), 'Pinned')
  const tab = await page.context().newPage()
  await tab.goto(`${gateway.url}/ipfs/${gateway.orders[0].cid}`)
  assert.equal(await tab.evaluate('window.name'), '')
})

async function harmless(page) {
  assert.equal(await page.evaluate('window.hacked'), undefined)
  assert.equal(await page.locator('img:not(header img)').count(), 0)
}
