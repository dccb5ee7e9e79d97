import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  cards,
  choose,
  cidOf,
  field,
  pageTest,
  pressPin,
  reaches,
  readContent,
  root,
  tokenField,
} from './page.js'

const SAMPLE = root('www/page/sample.jpg')

pageTest('a photo gets a receipt, and can be downloaded', async ({ page, gateway }) => {
  await choose(page, SAMPLE)
  await reaches(cards(page, 'sample.jpg'), 'Ready')
  assert.deepEqual(gateway.orders, [])
  await pressPin(page)
  const card = cards(page, 'sample.jpg')
  await reaches(card, 'Pinned')
  const bytes = await readFile(SAMPLE)
  const [{ orderID, cid }] = gateway.orders
  assert.equal(await cidOf(card), cid)
  assert.equal(await field(card, 'Order ID').innerText(), orderID)
  assert.equal(await field(card, 'Size').innerText(), `${bytes.length.toLocaleString('en')} bytes`)
  assert.deepEqual(await readContent(card), bytes)
})

pageTest('a click on the link opens the content in a new tab', async ({ page }) => {
  await choose(page, SAMPLE)
  await pressPin(page)
  const opened = page.context().waitForEvent('page')
  await field(cards(page), 'Link').getByRole('link').click()
  const tab = await opened
  await tab.waitForLoadState()
  assert.equal(await tab.evaluate('document.contentType'), 'image/jpeg')
  assert.equal(await tab.evaluate('window.opener'), null)
})

for (const [what, name, buffer] of [
  ['an empty file', 'empty.txt', Buffer.alloc(0)],
  ['a file with special characters in its name', '照片 "x"\n.png', randomBytes(1000)],
]) {
  pageTest(`${what} can be downloaded unchanged`, async ({ page, gateway }) => {
    await choose(page, { name, buffer, mimeType: 'application/octet-stream' })
    await pressPin(page)
    await reaches(cards(page), 'Pinned')
    assert.equal(await cards(page).getByRole('heading').textContent(), name)
    assert.equal(gateway.orders.length, 1)
    assert.ok(buffer.equals(await readContent(cards(page))))
  })
}

pageTest('a file of the maximum size can be downloaded unchanged', async ({ page, dir }) => {
  const path = join(dir, 'largest.bin')
  const bytes = randomBytes(26_214_400)
  await writeFile(path, bytes)
  await choose(page, path)
  await pressPin(page)
  await reaches(cards(page), 'Pinned')
  assert.ok(bytes.equals(await readContent(cards(page))))
})

pageTest('each of several files has its own receipt', async ({ page }) => {
  const files = Array.from({ length: 7 }, (_, number) => ({
    name: `${number}.bin`,
    mimeType: 'application/octet-stream',
    buffer: randomBytes(300_000),
  }))
  await choose(page, files)
  await page.getByRole('button', { name: 'Pin 7 files' }).waitFor()
  await pressPin(page)
  for (const { name, buffer } of files) {
    await reaches(cards(page, name), 'Pinned')
    assert.ok(buffer.equals(await readContent(cards(page, name))))
  }
  await page.getByText('No file to pin').or(page.getByText('No file chosen')).waitFor()
})

pageTest('the CID has the selected version', async ({ page, gateway }) => {
  await choose(page, SAMPLE)
  await page.getByLabel('0 for older software').check()
  await pressPin(page)
  await reaches(cards(page), 'Pinned')
  assert.match(await cidOf(cards(page)), /^Qm/)
  assert.equal(gateway.orders.length, 1)
})

pageTest('without pinning there is a CID, but no link', async ({ page, gateway }) => {
  await choose(page, SAMPLE)
  await page.getByLabel('Keep the files pinned').uncheck()
  await pressPin(page)
  await reaches(cards(page), 'Not pinned')
  const [{ cid, pin }] = gateway.orders
  assert.equal(pin, false)
  assert.equal(await cidOf(cards(page)), cid)
  assert.equal(await field(cards(page), 'Link').innerText(), 'Not pinned')
  for (const name of ['Copy Link', 'Show file', 'Share'])
    assert.equal(await cards(page).getByRole('button', { name }).count(), 0)
})

pageTest('works with the keyboard alone', async ({ page }) => {
  const step = async (locator) => {
    await page.keyboard.press('Tab')
    await page.locator(':focus').and(locator).waitFor()
  }
  await step(page.getByLabel('Choose files'))
  const opened = page.waitForEvent('filechooser')
  await page.keyboard.press('Enter')
  const dialogue = await opened
  await dialogue.setFiles(SAMPLE)
  await step(page.getByRole('button', { name: 'Paste' }))
  await step(page.getByLabel('Web address of a file'))
  await step(page.getByRole('button', { name: 'Add' }))
  await step(page.getByLabel('CID of a file that is already on IPFS'))
  await step(page.getByRole('button', { name: 'Get file' }))
  await step(cards(page).getByRole('button', { name: 'Remove' }))
  await cards(page).getByText('bafkrei').waitFor()
  await step(cards(page).getByRole('button', { name: 'Copy CID' }))
  await step(page.getByText('What do these words mean?'))
  await step(page.getByLabel('Service', { exact: true }))
  await step(tokenField(page))
  await page.keyboard.type('demo-token')
  await page.keyboard.press('Enter')
  await reaches(cards(page), 'Pinned')
})
