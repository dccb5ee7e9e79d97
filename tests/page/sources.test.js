import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { cards, choose, drop, pageTest, pressPin, reaches, readContent, root } from './page.js'
import { serve } from './server.js'

const SAMPLE = root('www/page/sample.jpg')

pageTest('a click adds the sample picture', async ({ page }) => {
  await page.getByRole('button', { name: 'use the sample picture' }).click()
  await reaches(cards(page, 'sample.jpg'), 'Ready')
  await pressPin(page)
  await reaches(cards(page), 'Pinned')
})

pageTest('a file that is dropped on the page is pinned', async ({ page, dir }) => {
  const path = join(dir, 'dropped.bin')
  const bytes = randomBytes(5000)
  await writeFile(path, bytes)
  await drop(page, { files: [path] })
  await pressPin(page)
  await reaches(cards(page, 'dropped.bin'), 'Pinned')
  assert.deepEqual(await readContent(cards(page)), bytes)
})

pageTest('rejects a folder, and accepts the other files', async (world) => {
  const { page, dir } = world
  await mkdir(join(dir, 'folder'))
  await writeFile(join(dir, 'file.txt'), 'hello')
  await drop(page, { files: [join(dir, 'folder'), join(dir, 'file.txt')] })
  await page.locator('#sources-hint', { hasText: 'You cannot pin a folder.' }).waitFor()
  await reaches(cards(page, 'file.txt'), 'Ready')
  assert.equal(await cards(page).count(), 1)
})

pageTest('a URL that is dropped on the page is pinned', async ({ t, page }) => {
  const url = await serve(t, (request, response) => response.end('from afar'))
  await drop(page, { items: [{ mimeType: 'text/uri-list', data: `# a page\r\n${url}` }] })
  await pressPin(page)
  await reaches(cards(page, url), 'Pinned, not checked')
  assert.equal(String(await readContent(cards(page))), 'from afar')
})

pageTest('rejects a dropped URL that is not http(s)', async ({ page }) => {
  await drop(page, { items: [{ mimeType: 'text/uri-list', data: 'javascript:alert(1)' }] })
  await page.locator('#sources-hint', { hasText: 'no file, picture or web address' }).waitFor()
  assert.equal(await cards(page).count(), 0)
})

pageTest('a URL that is typed is pinned', async ({ t, page }) => {
  const url = await serve(t, (request, response) => response.end(request.url))
  const address = page.getByLabel('Web address of a file')
  await address.fill(`${url}one`)
  await page.getByRole('button', { name: 'Add' }).click()
  await address.fill(`${url}two`)
  await pressPin(page)
  for (const path of ['one', 'two']) {
    await reaches(cards(page, `${url}${path}`), 'Pinned, not checked')
    assert.equal(String(await readContent(cards(page, `${url}${path}`))), `/${path}`)
  }
})

const CLIPBOARD = { permissions: ['clipboard-read', 'clipboard-write'] }

for (const [way, paste] of [
  ['the keyboard', (page) => page.keyboard.press('ControlOrMeta+v')],
  ['the button', (page) => page.getByRole('button', { name: 'Paste' }).click()],
]) {
  pageTest(
    `a picture is pasted by ${way}`,
    async ({ page }) => {
      await page.evaluate(async () => {
        const canvas = Object.assign(document.createElement('canvas'), { width: 20, height: 10 })
        const blob = await new Promise((resolve) => canvas.toBlob(resolve, 'image/png'))
        await navigator.clipboard.write([new ClipboardItem({ 'image/png': blob })])
      })
      await paste(page)
      await reaches(cards(page), 'Ready')
      assert.match(await cards(page).getByRole('heading').innerText(), /\.png$/)
      await cards(page).locator('.picture img').waitFor()
    },
    CLIPBOARD,
  )

  pageTest(
    `a URL is pasted by ${way}`,
    async ({ page }) => {
      await page.evaluate("navigator.clipboard.writeText('https://example.org/a.jpg')")
      await paste(page)
      await reaches(cards(page, 'https://example.org/a.jpg'), 'Ready')
    },
    CLIPBOARD,
  )
}

pageTest(
  'text that is pasted into a field stays there',
  async ({ page }) => {
    await page.evaluate("navigator.clipboard.writeText('https://example.org/a.jpg')")
    const address = page.getByLabel('Web address of a file')
    await address.focus()
    await page.keyboard.press('ControlOrMeta+v')
    assert.equal(await address.inputValue(), 'https://example.org/a.jpg')
    assert.equal(await cards(page).count(), 0)
  },
  CLIPBOARD,
)

pageTest(
  'a phone offers the camera',
  async ({ page }) => {
    const opened = page.waitForEvent('filechooser')
    await page.getByText('Take a photo').click()
    const dialogue = await opened
    const input = dialogue.element()
    assert.equal(await input.getAttribute('capture'), 'environment')
    assert.equal(await input.getAttribute('accept'), 'image/*')
    await dialogue.setFiles(SAMPLE)
    await reaches(cards(page, 'sample.jpg'), 'Ready')
  },
  { hasTouch: true, isMobile: true, viewport: { width: 360, height: 740 } },
)

pageTest('a sample that cannot be loaded is not pinned in its place', async ({ page }) => {
  await page.evaluate(() => (window.fetch = async () => new Response('no', { status: 404 })))
  await page.getByRole('button', { name: /sample/i }).click()
  await page.getByText('The sample picture could not be loaded.').first().waitFor()
  assert.equal(await cards(page).count(), 0)
})

pageTest('the same file can be chosen again after it was removed', async ({ page }) => {
  for (let round = 0; round < 2; round += 1) {
    await choose(page, SAMPLE)
    await reaches(cards(page), 'Ready')
    await cards(page).getByRole('button', { name: 'Remove' }).click()
    await cards(page).waitFor({ state: 'detached' })
  }
})
