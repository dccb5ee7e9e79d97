import assert from 'node:assert/strict'
import { pageTest } from './page.js'

for (const [verified, words] of [
  [true, 'Proven here from the bytes'],
  [false, 'Not proven, no method matches'],
  [null, 'Not checked'],
])
  pageTest(`a receipt with "verified: ${verified}" says so in words`, async ({ page }) => {
    assert.equal((await shown(page, { cid: 'x', verified })).Proof, words)
  })

pageTest('a receipt with nothing but a CID is shown', async ({ page }) => {
  assert.deepEqual(await shown(page, { cid: 'x', verified: null }), {
    CID: 'x',
    Content: 'Not stated',
    Proof: 'Not checked',
    Order: 'No number',
    Size: 'Not stated',
    'CID version': 'Not stated',
  })
})

/** What a card shows of a receipt, by the names of its rows. */
function shown(page, receipt) {
  return page.evaluate(async (receipt) => {
    const { showReceipt } = await import('./receipt.js')
    const list = document.querySelector('#card').content.querySelector('.receipt').cloneNode(true)
    showReceipt(list, receipt, true)
    const rows = [...list.children].filter((row) => !row.hidden)
    return Object.fromEntries(
      rows.map(({ children: [dt, dd] }) => [dt.textContent, dd.textContent]),
    )
  }, receipt)
}
