import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { cards, choose, field, pageTest, pressPin, reaches, readContent, root } from './page.js'
import { serve } from './server.js'

const SAMPLE = root('www/sample.jpg')

pageTest('a photograph gets a receipt, and its bytes come back', async ({ page, gateway }) => {
  await choose(page, SAMPLE)
  await reaches(cards(page, 'sample.jpg'), 'Waiting')
  assert.deepEqual(gateway.orders, [])
  await pressPin(page)
  const card = cards(page, 'sample.jpg')
  await reaches(card, 'Done')
  const bytes = await readFile(SAMPLE)
  const [{ orderID, cid }] = gateway.orders
  assert.equal(await field(card, 'CID').innerText(), cid)
  assert.equal(await field(card, 'Order').innerText(), orderID)
  assert.equal(await field(card, 'CID version').innerText(), '1')
  assert.equal(await field(card, 'Size').innerText(), `${bytes.length.toLocaleString('en')} bytes`)
  assert.deepEqual(await readContent(card), bytes)
})

pageTest('a click on the link opens the content in a new tab', async ({ page }) => {
  await choose(page, SAMPLE)
  await pressPin(page)
  const opened = page.context().waitForEvent('page')
  await field(cards(page), 'Content').getByRole('link').click()
  const tab = await opened
  await tab.waitForLoadState()
  assert.equal(await tab.evaluate('document.contentType'), 'image/jpeg')
  assert.equal(await tab.evaluate('window.opener'), null)
})

pageTest('the sample is one click away', async ({ page }) => {
  await page.getByRole('button', { name: 'take a sample picture' }).click()
  await reaches(cards(page, 'sample.jpg'), 'Waiting')
  await pressPin(page)
  await reaches(cards(page), 'Done')
  assert.deepEqual(await readContent(cards(page)), await readFile(SAMPLE))
})

for (const [what, name, buffer] of [
  ['an empty file', 'empty.txt', Buffer.alloc(0)],
  ['a file with a name of all sorts', '照片 "x"\n.png', randomBytes(1000)],
]) {
  pageTest(`${what} comes back identical`, async ({ page, gateway }) => {
    await choose(page, { name, buffer, mimeType: 'application/octet-stream' })
    await pressPin(page)
    await reaches(cards(page), 'Done')
    assert.equal(await cards(page).getByRole('heading').textContent(), name)
    assert.equal(gateway.orders.length, 1)
    assert.ok(buffer.equals(await readContent(cards(page))))
  })
}

pageTest('a file of exactly 25 MB comes back identical', async ({ page, dir }) => {
  const path = join(dir, 'largest.bin')
  const bytes = randomBytes(26_214_400)
  await writeFile(path, bytes)
  await choose(page, path)
  await pressPin(page)
  await reaches(cards(page), 'Done')
  assert.ok(bytes.equals(await readContent(cards(page))))
})

pageTest('each of several files has its own receipt', async ({ page }) => {
  const files = Array.from({ length: 7 }, (_, number) => ({
    name: `${number}.bin`,
    mimeType: 'application/octet-stream',
    buffer: randomBytes(300_000),
  }))
  await choose(page, files)
  await page.getByText('7 files are waiting.').waitFor()
  await pressPin(page)
  for (const { name, buffer } of files) {
    await reaches(cards(page, name), 'Done')
    assert.ok(buffer.equals(await readContent(cards(page, name))))
  }
  await page.getByText('No file is waiting.').waitFor()
})

pageTest('a file that is dropped on the page is pinned', async ({ page, dir }) => {
  const path = join(dir, 'dropped.bin')
  const bytes = randomBytes(5000)
  await writeFile(path, bytes)
  await drop(page, { items: [], files: [path] })
  await pressPin(page)
  await reaches(cards(page, 'dropped.bin'), 'Done')
  assert.deepEqual(await readContent(cards(page)), bytes)
})

pageTest('an address that is dropped on the page is pinned', async ({ t, page }) => {
  const url = await serve(t, (request, response) => response.end('from afar'))
  await drop(page, {
    items: [{ mimeType: 'text/uri-list', data: `# a page\r\n${url}` }],
    files: [],
  })
  await pressPin(page)
  await reaches(cards(page, url), 'Done')
  assert.equal(String(await readContent(cards(page))), 'from afar')
})

pageTest('an address that is typed is pinned', async ({ t, page }) => {
  const url = await serve(t, (request, response) => response.end(request.url))
  const address = page.getByLabel('Or a web address')
  await address.fill(`${url}one`)
  await page.getByRole('button', { name: 'Add' }).click()
  await address.fill(`${url}two`)
  await pressPin(page)
  for (const path of ['one', 'two']) {
    await reaches(cards(page, `${url}${path}`), 'Done')
    assert.equal(String(await readContent(cards(page, `${url}${path}`))), `/${path}`)
  }
})

pageTest('the CID is of the version that was chosen', async ({ page, gateway }) => {
  await choose(page, SAMPLE)
  await page.getByLabel('0 the older kind').check()
  await pressPin(page)
  await reaches(cards(page), 'Done')
  assert.match(await field(cards(page), 'CID').innerText(), /^Qm/)
  assert.equal(await field(cards(page), 'CID version').innerText(), '0')
  assert.equal(gateway.orders.length, 1)
})

pageTest('without pinning there is a CID and nothing to open', async ({ page, gateway }) => {
  await choose(page, SAMPLE)
  await page.getByLabel('Keep the files pinned').uncheck()
  await pressPin(page)
  await reaches(cards(page), 'Done')
  const [{ cid, pin }] = gateway.orders
  assert.equal(pin, false)
  assert.equal(await field(cards(page), 'CID').innerText(), cid)
  assert.equal(await field(cards(page), 'Content').innerText(), 'Not kept')
})

pageTest('the keyboard alone does it', async ({ page }) => {
  const step = async (locator) => {
    await page.keyboard.press('Tab')
    await page.locator(':focus').and(locator).waitFor()
  }
  await step(page.getByLabel('Choose files'))
  const opened = page.waitForEvent('filechooser')
  await page.keyboard.press('Enter')
  const dialogue = await opened
  await dialogue.setFiles(SAMPLE)
  await step(page.getByLabel('Or a web address'))
  await step(page.getByRole('button', { name: 'Add' }))
  await step(page.getByLabel('Service', { exact: true }))
  await step(page.getByLabel('Token', { exact: true }))
  await page.keyboard.type('demo-token')
  await page.keyboard.press('Enter')
  await reaches(cards(page), 'Done')
})

/** Drops as the browser itself does when a person lets go of the mouse. */
async function drop(page, data) {
  const session = await page.context().newCDPSession(page)
  for (const type of ['dragEnter', 'dragOver', 'drop'])
    await session.send('Input.dispatchDragEvent', {
      type,
      x: 20,
      y: 20,
      data: { ...data, dragOperationsMask: 1 },
    })
}
