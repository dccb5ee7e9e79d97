import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startGateway } from '../../www/gateway/server.js'
import { launchChromium } from '../support/browser.js'
import { cards, choose, open, pressPin, reaches, root } from './page.js'

// Draws the picture of the page for the README, into www/page/page.webp: node tests/page/picture.js

const dir = await mkdtemp(join(tmpdir(), 'picture-'))
const pages = { '/': root('www/page'), '/pkg/': root('pkg') }
const gateway = await startGateway({ dir, port: 8080, pages })
const browser = await launchChromium()
try {
  const page = await browser.newPage({ viewport: { width: 1200, height: 1130 } })
  page.on('filechooser', () => {})
  await open(page, gateway.url)
  await choose(page, root('www/page/sample.jpg'))
  await pressPin(page)
  await reaches(cards(page), 'Pinned')
  await choose(page, { name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('hello') })
  await cards(page, 'notes.txt').getByText('bafkrei').waitFor()
  await cards(page, 'sample.jpg').locator('.proof summary').click()
  await page.locator('h1').click()
  const png = await page.screenshot({ animations: 'disabled' })
  await writeFile(root('www/page/page.webp'), Buffer.from(await page.evaluate(toWebp, [...png])))
} finally {
  await browser.close()
  await gateway.close()
  await rm(dir, { recursive: true })
}

/** Runs in the page: converts a PNG to a WebP, which is a third of its size. */
async function toWebp(png) {
  const image = await createImageBitmap(new Blob([new Uint8Array(png)]))
  const canvas = new OffscreenCanvas(image.width, image.height)
  canvas.getContext('2d').drawImage(image, 0, 0)
  const blob = await canvas.convertToBlob({ type: 'image/webp', quality: 0.75 })
  return [...new Uint8Array(await blob.arrayBuffer())]
}
