import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { CID, text } from './files.js'
import {
  cards,
  choose,
  pageTest,
  pressPin,
  reaches,
  ready,
  root,
  tokenField,
  useService,
} from './page.js'
import { json, serve } from './server.js'

const FOLDER = root('var/screenshots')
const AXE = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

const NAME = 'IMG_20240611_a-name-without-a-single-space-that-goes-on-and-on-and-on.jpeg'
/** The CID of a directory on ipfs.tech, which no file can have. */
const OTHER = 'bafybeigdyrzt5sfp7udm7hu76uh7y26nf3efuylqabf3oclgtqy55fbzdi'

/** Calls `see` in every state that the page can be in. */
async function everyState({ t, page, gateway }, see) {
  const press = (name) => page.getByRole('button', { name }).first().click()
  const allReach = async (names, word) => {
    for (const name of names) await reaches(cards(page, name), word)
  }
  await page.getByText('How it works').waitFor()
  await see('empty')

  await choose(page, root('www/page/sample.jpg'))
  await choose(page, [
    { name: NAME, mimeType: 'image/jpeg', buffer: Buffer.alloc(70_000) },
    text('notes.txt', 'hello\nworld'),
    text('a copy of notes.md', 'hello\nworld'),
  ])
  await cards(page, 'sample.jpg').locator('.picture img').waitFor()
  await page.getByLabel('Web address of a file').fill('https://example.org/a/photo.jpg')
  await press('Add')
  await reaches(cards(page, 'a copy of notes.md'), 'Duplicate')
  await see('ready')

  await page.context().setOffline(true)
  await page.getByLabel('Service', { exact: true }).selectOption('Numbers')
  await page.locator('#offline').waitFor()
  await see('offline')
  await page.context().setOffline(false)
  await page.getByLabel('Service', { exact: true }).selectOption('Test service')

  const sent = ['sample.jpg', NAME, 'notes.txt', 'photo.jpg']
  await pressPin(page, 'broke-token')
  await allReach(sent, 'Failed')
  await cards(page).getByText('Details', { exact: true }).first().click()
  await see('failed')

  await useService(page, await serve(t, () => {}))
  await tokenField(page).fill('my-token')
  for (const name of sent)
    await cards(page, name).getByRole('button', { name: 'Try again' }).click()
  await reaches(cards(page, 'notes.txt'), 'Storing')
  await see('sending')

  await press('Cancel all')
  for (const name of sent)
    await cards(page, name).locator('.state:not(:text-is("Storing"))').waitFor()
  await see('unknown')

  await useService(page, await serve(t, json({ cid: OTHER, fileURL: 'https://example.org/x' })))
  await choose(page, text('strange.txt', 'strange'))
  await pressPin(page)
  await reaches(cards(page, 'strange.txt'), 'Pinned, not verified')
  await cards(page, 'strange.txt').locator('.proof summary').click()
  await see('not-verified')

  await page.reload()
  await ready(page)
  await see('history')
  await page.getByLabel('Remember the token on this device').check()
  await choose(page, { name: 'film.mp4', mimeType: 'video/mp4', buffer: LARGE })
  await choose(page, root('www/page/sample.jpg'))
  await pressPin(page)
  await reaches(cards(page, 'sample.jpg').first(), 'Pinned')
  await cards(page, 'sample.jpg').first().locator('.proof summary').click()
  await cards(page, 'sample.jpg').first().getByRole('button', { name: 'Show file' }).click()
  await page.getByRole('img', { name: 'Content of sample.jpg' }).waitFor()
  await see('pinned')

  await page.getByText('What do these words mean?').click()
  const { cid } = gateway.orders.at(-1)
  await page.getByLabel('CID of a file').fill(`${gateway.url}/ipfs/${cid}?filename=moved.jpg`)
  await press('Get file')
  await reaches(cards(page, 'moved.jpg'), 'Duplicate')
  await see('moved')
  await page.route('**/ipfs/**', (route) => route.abort())
  await page.getByLabel('CID of a file').fill(`${gateway.url}/ipfs/${cid}`)
  await press('Get file')
  await page.locator('#move-status.complaint').waitFor()
  await see('move-failed')

  await cards(page).getByRole('button', { name: 'Delete' }).last().click()
  await see('deleted')
}

const LARGE = Buffer.alloc(26_214_401)

for (const width of [375, 768, 1200])
  pageTest(
    `every state fits into ${width} px in light and dark, without overlaps and axe violations`,
    async (world) => {
      const { page } = world
      await page.evaluate(AXE)
      await everyState(world, async (state) => {
        for (const colorScheme of ['dark', 'light']) {
          await page.emulateMedia({ colorScheme })
          await shoot(page, join(FOLDER, `${state}-${width}-${colorScheme}.png`))
          assert.deepEqual(await findings(page), [], `${state}, ${colorScheme}`)
        }
        assert.equal(await page.evaluate('document.documentElement.scrollWidth'), width, state)
        assert.deepEqual(await page.evaluate(covered), [], state)
      })
    },
    { viewport: { width, height: 900 }, reducedMotion: 'reduce' },
  )

/** Runs in the page: all texts and controls that are covered after they were scrolled into view. */
function covered() {
  const parts =
    'h1, h2, h3, p, label, input, select, button, a, dt, dd, code, summary, legend, small'
  const found = []
  for (const part of document.querySelectorAll(parts)) {
    if (!part.checkVisibility({ visibilityProperty: true }) || part.matches('.unseen')) continue
    part.scrollIntoView({ block: 'nearest' })
    const { left, top, width, height } = part.getBoundingClientRect()
    const above = document.elementFromPoint(left + width / 2, top + height / 2)
    const isSeen = width * height === 0 || part.contains(above) || above?.contains(part)
    if (!isSeen) found.push(`${part.outerHTML} under ${above?.outerHTML}`)
  }
  scrollTo(0, 0)
  return found
}

for (const [width, height] of [
  [375, 812],
  [768, 1024],
  [1200, 900],
  [1200, 1130],
])
  pageTest(
    `the Pin button is visible and covers no setting, ${width} × ${height} px`,
    async ({ page }) => {
      for (const service of ['Test service', 'Numbers', 'Other']) {
        await page.getByLabel('Service', { exact: true }).selectOption(service)
        await page.evaluate('scrollTo(0, 0)')
        const [order, settings] = await page.evaluate(() =>
          ['#order', '#settings'].map((id) => document.querySelector(id).getBoundingClientRect()),
        )
        assert.ok(order.bottom <= height, `ends at ${order.bottom} px`)
        // Either next to the settings, or a bar at the bottom, above which they scroll.
        if (order.width === width) assert.equal(order.bottom, height)
        else assert.ok(order.top >= settings.bottom, `${order.top} < ${settings.bottom}`)
        if (width === 1200) assert.ok(settings.bottom <= order.top, `${settings.bottom} px`)
      }
    },
    { viewport: { width, height } },
  )

/** The axe violations of the current state. */
async function findings(page) {
  if (await page.evaluate('!window.axe')) await page.evaluate(AXE)
  const { violations } = await page.evaluate('axe.run()')
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)
}

/** Takes a screenshot of the whole page, with fixed elements at its edges. */
async function shoot(page, path) {
  const { width, height } = page.viewportSize()
  const whole = await page.evaluate('document.documentElement.scrollHeight')
  await page.setViewportSize({ width, height: Math.max(whole, height) })
  await page.screenshot({ path, animations: 'disabled' })
  await page.setViewportSize({ width, height })
}

const RECEIPT = {
  fileURL: `https://ipfs-pin.numbersprotocol.io/ipfs/${CID}`,
  cid: CID,
  fileSize: 26_214_400,
  cid_version: 1,
  orderID: '3f6f1a0e-8d0f-4d0a-9a51-0e5f6f3f3b1a',
}

for (const width of [360, 600, 900, 1280])
  for (const [word, answer] of [
    ['Pinned', json(RECEIPT)],
    ['Failed', json({ message: 'no' }, 402)],
    ['Outcome unknown', json({ message: 'no' }, 500)],
  ])
    pageTest(
      `a card keeps its height when its file is ${word}, ${width} px`,
      async ({ t, page }) => {
        let url
        const asked = new Promise((resolve) => {
          url = serve(t, (...order) => resolve(order))
        })
        await useService(page, await url)
        await choose(page, { name: NAME, mimeType: 'image/jpeg', buffer: Buffer.from('hello') })
        await pressPin(page)
        await reaches(cards(page), 'Storing')
        const before = await cards(page).boundingBox()
        answer(...(await asked))
        await reaches(cards(page), word)
        const { height } = await cards(page).boundingBox()
        assert.ok(Math.abs(height - before.height) < 1, `${before.height} px become ${height} px`)
      },
      { viewport: { width, height: 800 } },
    )
