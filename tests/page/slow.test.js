import assert from 'node:assert/strict'
import { text } from './files.js'
import {
  cards,
  choose,
  holdNextFile,
  holdTime,
  pageTest,
  pinButton,
  pressPin,
  reaches,
} from './page.js'

/** Longer than the next file waits for a slow one, and longer than the order of a slow one waits, in ms. */
const [SHORT, LONG] = [2000, 15_000]

for (const [what, size] of [
  ['small', 5],
  ['large', 2_000_000],
])
  pageTest(`a ${what} file that is never read does not block the others`, async (world) => {
    const { page, gateway } = world
    await holdTime(page)
    await page.evaluate(() => {
      for (const method of ['arrayBuffer', 'stream']) {
        const read = Blob.prototype[method]
        Blob.prototype[method] = function () {
          if (this.name !== 'away.bin') return read.call(this)
          return method === 'stream' ? new ReadableStream() : new Promise(() => {})
        }
      }
    })
    await choose(page, [text('away.bin', Buffer.alloc(size)), text('a.txt'), text('b.txt')])
    await pressPin(page)
    await page.clock.runFor(SHORT)
    for (const name of ['a.txt', 'b.txt']) await reaches(cards(page, name), 'Pinned')

    const away = cards(page, 'away.bin')
    await page.clock.runFor(LONG)
    await reaches(away, 'Still reading')
    await away.getByText('The file is still being read. It was not sent.').waitFor()
    await page.locator('#announcement', { hasText: 'It was not sent.' }).waitFor()
    await away.getByRole('button', { name: 'Remove' }).click()
    await away.waitFor({ state: 'detached' })
    assert.equal(gateway.orders.length, 2)
  })

pageTest('a file that was read too late is ordered by the next click on Pin', async (world) => {
  const { page, gateway } = world
  const release = await holdNextFile(page)
  await choose(page, text('a.txt'))
  await pressPin(page)
  await page.clock.runFor(LONG)
  await reaches(cards(page), 'Still reading')
  await release()
  await cards(page).getByText('bafkrei').waitFor()
  await reaches(cards(page), 'Ready')
  assert.equal(gateway.orders.length, 0)

  await pinButton(page).click()
  await reaches(cards(page), 'Pinned')
  assert.equal(gateway.orders.length, 1)
})

pageTest('previews that never load do not block orders', async ({ page }) => {
  await page.evaluate(() => (window.createImageBitmap = () => new Promise(() => {})))
  const names = ['a.jpg', 'b.jpg', 'c.jpg', 'd.jpg']
  await choose(
    page,
    names.map((name) => ({ ...text(name), mimeType: 'image/jpeg' })),
  )
  await pressPin(page)
  for (const name of names) await reaches(cards(page, name), 'Pinned')
})
