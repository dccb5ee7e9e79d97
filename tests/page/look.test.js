import assert from 'node:assert/strict'
import { join } from 'node:path'
import { cards, choose, pageTest, pressPin, reaches, root, useService } from './page.js'
import { json, serve } from './server.js'

const FOLDER = root('var/screenshots')
const NAME = 'IMG_20240611_a-name-without-a-single-space-that-goes-on-and-on-and-on.jpeg'
const RECEIPT = {
  fileURL:
    'https://ipfs-pin.numbersprotocol.io/ipfs/bafkreibm6jg3ux5qumhcn2b3flc3tyu6dmlb4xa7u5bf44yegnrjhc4yeq',
  cid: 'bafkreibm6jg3ux5qumhcn2b3flc3tyu6dmlb4xa7u5bf44yegnrjhc4yeq',
  fileSize: 26_214_400,
  cid_version: 1,
  orderID: '3f6f1a0e-8d0f-4d0a-9a51-0e5f6f3f3b1a',
}

for (const width of [360, 1280])
  for (const colorScheme of ['light', 'dark'])
    pageTest(
      `every state fits into ${width} px, ${colorScheme}`,
      async ({ t, page }) => {
        const shoot = async (state) => {
          const name = `${state}-${width}-${colorScheme}.png`
          await page.screenshot({
            path: join(FOLDER, name),
            fullPage: true,
            animations: 'disabled',
          })
          assert.equal(await page.evaluate('document.documentElement.scrollWidth'), width, state)
        }
        await shoot('empty')

        await choose(page, root('www/sample.jpg'))
        await choose(page, { name: NAME, mimeType: 'image/jpeg', buffer: Buffer.alloc(70_000) })
        await page.getByLabel('Or a web address').fill('https://example.org/a/photo.jpg')
        await page.getByRole('button', { name: 'Add' }).click()
        await shoot('waiting')

        await pressPin(page, 'broke-token')
        for (const card of await cards(page).all()) await reaches(card, 'Failed')
        await cards(page).first().getByText('Details', { exact: true }).click()
        await shoot('failed')

        const silent = await serve(t, () => {})
        await useService(page, silent)
        for (const card of await cards(page).all())
          await card.getByRole('button', { name: 'Try again' }).click()
        for (const card of await cards(page).all()) await reaches(card, 'Sending')
        await shoot('sending')

        await cards(page).first().getByRole('button', { name: 'Cancel' }).click()
        await reaches(cards(page).first(), 'Unclear')
        await shoot('unclear')

        await choose(page, root('www/sample.jpg'))
        await page.getByLabel('Service', { exact: true }).selectOption('Local gateway')
        await pressPin(page)
        await reaches(cards(page).last(), 'Done')
        await shoot('done')
      },
      { viewport: { width, height: 800 }, colorScheme, reducedMotion: 'reduce' },
    )

for (const width of [360, 600, 900, 1280])
  for (const [word, answer] of [
    ['Done', json(RECEIPT)],
    ['Failed', json({ message: 'no' }, 402)],
    ['Unclear', json({ message: 'no' }, 500)],
  ])
    pageTest(
      `nothing jumps when a file is ${word}, ${width} px`,
      async ({ t, page }) => {
        let url
        const asked = new Promise((resolve) => {
          url = serve(t, (...order) => resolve(order))
        })
        await useService(page, await url)
        await choose(page, { name: NAME, mimeType: 'image/jpeg', buffer: Buffer.from('hello') })
        await pressPin(page)
        await reaches(cards(page), 'Sending')
        const before = await cards(page).boundingBox()
        answer(...(await asked))
        await reaches(cards(page), word)
        const { height } = await cards(page).boundingBox()
        assert.ok(Math.abs(height - before.height) < 1, `${before.height} px become ${height} px`)
      },
      { viewport: { width, height: 800 } },
    )
