import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { CID } from './files.js'
import {
  cards,
  choose,
  cidOf,
  expectSoon,
  field,
  pageTest,
  pressPin,
  reaches,
  root,
  useService,
} from './page.js'
import { json, serve } from './server.js'

const SAMPLE = root('www/page/sample.jpg')
const HELLO = { name: 'hello.txt', mimeType: 'text/plain', buffer: Buffer.from('hello') }
/** The CID of a directory on ipfs.tech, which no file can have. */
const OTHER = 'bafybeigdyrzt5sfp7udm7hu76uh7y26nf3efuylqabf3oclgtqy55fbzdi'

const CLIPBOARD = { permissions: ['clipboard-read', 'clipboard-write'] }

const proof = (card) => card.locator('.proof summary')

pageTest('a verified receipt shows Verified, and a click explains it', async ({ page }) => {
  await choose(page, HELLO)
  await pressPin(page)
  await reaches(cards(page), 'Pinned')
  assert.equal(await proof(cards(page)).innerText(), 'Verified')
  await proof(cards(page)).click()
  await cards(page).getByText('This page computed the CID from your file').waitFor()
})

pageTest('a CID of no known profile is Not verified, with advice', async ({ t, page }) => {
  await useService(page, await serve(t, json({ cid: OTHER, orderID: 'A-1' })))
  await choose(page, HELLO)
  await pressPin(page)
  await reaches(cards(page), 'Pinned, not verified')
  assert.equal(await proof(cards(page)).innerText(), 'Not verified')
  await proof(cards(page)).click()
  await cards(page).getByText('check that it is yours before you use this CID').waitFor()
})

pageTest('shows a mismatch with its receipt', async ({ t, page }) => {
  const answer = { cid: CID.replace('yeq', 'yea'), orderID: 'A-1' }
  await useService(page, await serve(t, json(answer)))
  await choose(page, HELLO)
  await pressPin(page)
  await reaches(cards(page), 'Check receipt')
  await cards(page).getByText('The CID in the receipt does not belong to your file.').waitFor()
  assert.equal(await cidOf(cards(page)), answer.cid)
  assert.equal(await field(cards(page), 'Order ID').innerText(), 'A-1')
})

pageTest('the receipt of a URL is Not checked', async ({ t, page }) => {
  const url = await serve(t, (request, response) => response.end('from afar'))
  await page.getByLabel('Web address of a file').fill(url)
  await pressPin(page)
  await reaches(cards(page), 'Pinned, not checked')
  assert.equal(await proof(cards(page)).innerText(), 'Not checked')
})

pageTest('a receipt with only a CID is shown', async ({ t, page }) => {
  await useService(page, await serve(t, json({ cid: CID })))
  await choose(page, HELLO)
  await pressPin(page)
  await reaches(cards(page), 'Pinned')
  assert.equal(await cidOf(cards(page)), CID)
  for (const term of ['Link', 'Order ID', 'Size'])
    assert.equal(await field(cards(page), term).innerText(), 'Not stated')
  for (const name of ['Copy Link', 'Copy Order ID', 'Copy Size', 'Share'])
    assert.equal(await cards(page).getByRole('button', { name }).count(), 0)
})

pageTest(
  'each part of a receipt is copied by its button',
  async ({ page, gateway }) => {
    await choose(page, SAMPLE)
    await pressPin(page)
    await reaches(cards(page), 'Pinned')
    const [{ cid, orderID, bytes }] = gateway.orders
    const link = `${gateway.url}/ipfs/${cid}`
    for (const [name, text] of [
      ['Copy CID', cid],
      ['Copy Link', link],
      ['Copy Order ID', orderID],
      ['Copy Size', String(bytes)],
    ]) {
      await cards(page).getByRole('button', { name }).click()
      await expectSoon(() => page.evaluate('navigator.clipboard.readText()'), text)
    }
    await page.locator('#announcement', { hasText: 'Size copied.' }).waitFor()
    // Nobody else can open a link to this machine.
    assert.equal(await cards(page).getByRole('button', { name: 'Share' }).count(), 0)
  },
  CLIPBOARD,
)

pageTest(
  'Share copies the link in a browser that cannot share',
  async ({ t, page }) => {
    const fileURL = `https://example.org/ipfs/${CID}`
    await useService(page, await serve(t, json({ cid: CID, fileURL })))
    await choose(page, HELLO)
    await pressPin(page)
    await cards(page).getByRole('button', { name: 'Share' }).click()
    await expectSoon(() => page.evaluate('navigator.clipboard.readText()'), fileURL)
    await page.locator('#announcement', { hasText: 'Link copied.' }).waitFor()
  },
  CLIPBOARD,
)

pageTest('Show file verifies a file and shows it', async ({ page }) => {
  await choose(page, SAMPLE)
  await pressPin(page)
  await cards(page).getByRole('button', { name: 'Show file' }).click()
  await cards(page).getByText('Downloaded 141,802 bytes').waitFor()
  const shown = page.getByRole('img', { name: 'Content of sample.jpg' })
  assert.ok(await shown.evaluate((image) => image.naturalWidth > 0))

  const download = page.waitForEvent('download')
  await cards(page).getByRole('link', { name: 'Save to this device' }).click()
  const saved = await (await download).path()
  assert.deepEqual(await readFile(saved), await readFile(SAMPLE))

  await cards(page).getByRole('button', { name: 'Hide file' }).click()
  await shown.waitFor({ state: 'detached' })
})

pageTest('Show file shows a script as text', async ({ page }) => {
  const text = '<script>window.hacked = true</script>'
  await choose(page, { name: 'page.html', mimeType: 'text/html', buffer: Buffer.from(text) })
  await pressPin(page)
  await cards(page).getByRole('button', { name: 'Show file' }).click()
  await cards(page).locator('pre', { hasText: text }).waitFor()
  assert.equal(await page.evaluate('window.hacked'), undefined)
})

pageTest('Show file does not show other bytes than the pinned ones', async ({ page }) => {
  await page.route('**/ipfs/**', (route) => route.fulfill({ body: 'something else' }))
  await choose(page, HELLO)
  await pressPin(page)
  await cards(page).getByRole('button', { name: 'Show file' }).click()
  await cards(page).getByText('The gateway sent another file.').waitFor()
  assert.equal(await cards(page).locator('pre').count(), 0)
  assert.equal(await cards(page).getByRole('link', { name: 'Save to this device' }).count(), 0)
})
