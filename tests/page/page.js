import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { startGateway } from '../../www/gateway/server.js'
import { launchChromium } from '../support/browser.js'
import { temporaryFolder } from '../support/temporary-folder.js'

export const root = (path) => fileURLToPath(new URL(`../../${path}`, import.meta.url))

let browser
const launched = () => (browser ??= launchChromium())
after(async () => (await browser)?.close())

/**
 * A test of the page in a tab of its own, served by a gateway of its own. At its end the page must
 * have written no error to the console and have asked nobody beyond this machine.
 *
 * @param {string} name
 * @param {(world: {
 *   t: import('node:test').TestContext,
 *   page: import('playwright-core').Page,
 *   gateway: Awaited<ReturnType<typeof startGateway>>,
 *   dir: string,
 * }) => Promise<void>} run `dir` is an empty folder
 * @param {import('playwright-core').BrowserContextOptions} [options]
 */
export function pageTest(name, run, options) {
  test(name, async (t) => {
    const dir = await temporaryFolder(t)
    const gateway = await startGateway({
      dir: await temporaryFolder(t),
      pages: { '/': root('www/page'), '/pkg/': root('pkg') },
    })
    t.after(() => gateway.close())
    const context = await (await launched()).newContext(options)
    t.after(() => context.close())
    const complaints = watch(context)
    const page = await context.newPage()
    // Dialogues are caught from now on; who only begins to listen before a click may be too late.
    page.on('filechooser', () => {})
    await open(page, gateway.url)
    await run({ t, page, gateway, dir })
    assert.deepEqual(complaints, [])
  })
}

/** Opens the page, and waits until it has found the local gateway and its history. */
export async function open(page, url) {
  await page.goto(url)
  await ready(page)
}

export async function ready(page) {
  await page.locator('#settings:not([inert])').waitFor()
}

/** Collects what a page should never do. */
function watch(context) {
  const complaints = []
  const orders = new Set()
  context.on('request', (request) => {
    const { protocol, hostname } = new URL(request.url())
    const local = protocol === 'blob:' || ['127.0.0.1', 'localhost'].includes(hostname)
    if (!local) complaints.push(`asked ${request.url()}`)
    if (request.method() === 'POST') orders.add(request.url())
  })
  context.on('weberror', (error) => complaints.push(error.error().stack))
  context.on('console', (message) => {
    // Chromium itself notes every order that is refused, and all content that a gateway lacks.
    const noted = message.text().startsWith('Failed to load resource')
    const { url } = message.location()
    if (noted && (orders.has(url) || url.includes('/ipfs/'))) return
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text())
  })
  return complaints
}

/** Chooses files as a person does: a click, and the dialogue that it opens. */
export async function choose(page, files) {
  const opened = page.waitForEvent('filechooser')
  await page.getByText('Choose files').click()
  const dialogue = await opened
  await dialogue.setFiles(files)
}

/** Gives a web address. */
export async function addAddress(page, url) {
  await page.getByLabel('Web address of a file').fill(url)
  await page.getByRole('button', { name: 'Add' }).click()
}

/** Stops the clock of the page until the test lets it run on. */
export async function holdTime(page) {
  await page.clock.install()
  await page.clock.pauseAt(Date.now() + 60_000)
}

/**
 * Has the next file that is read wait until what it gives back is called, and so all whose CIDs are
 * computed after it: the page goes past a slow one, but its clock stands still meanwhile.
 */
export async function holdNextFile(page) {
  await holdTime(page)
  await page.evaluate(() => {
    const { arrayBuffer } = Blob.prototype
    const released = new Promise((resolve) => (window.release = resolve))
    Blob.prototype.arrayBuffer = async function () {
      Blob.prototype.arrayBuffer = arrayBuffer
      await released
      return arrayBuffer.call(this)
    }
  })
  return async () => {
    await page.evaluate('window.release()')
    await page.clock.resume()
  }
}

/** Has the next file fail to be read, once. */
export async function failNextFile(page) {
  await page.evaluate(() => {
    const { arrayBuffer } = Blob.prototype
    Blob.prototype.arrayBuffer = async function () {
      Blob.prototype.arrayBuffer = arrayBuffer
      throw new DOMException('', 'NotReadableError')
    }
  })
}

/** The field for the token. */
export const tokenField = (page) => page.getByLabel('Capture Token', { exact: true })

/** The button that orders: "Pin", "Pin 1 file", "Pin 20 files". */
export const pinButton = (page) => page.getByRole('button', { name: /^Pin( \d+ files?)?$/ })

/** Gives a token and presses Pin. */
export async function pressPin(page, token = 'demo-token') {
  await tokenField(page).fill(token)
  await pinButton(page).click()
}

/** Chooses another service than the local gateway. */
export async function useService(page, url) {
  await page.getByLabel('Service', { exact: true }).selectOption('Other')
  await page.getByLabel('Address of the service').fill(url)
}

/** The cards, or the one with a name. */
export function cards(page, name) {
  const all = page.getByRole('list').getByRole('listitem').and(page.locator('.card'))
  return name === undefined ? all : all.filter({ has: page.getByRole('heading', { name }) })
}

/** A field of the receipt on a card. */
export function field(card, term) {
  return card.locator(`dt:text-is("${term}") + dd .value`)
}

/** The state of a card settles on this word. */
export async function reaches(card, word) {
  await card.locator('.state', { hasText: new RegExp(`^${word}$`) }).waitFor()
}

/** Reads what a card links to. */
export async function readContent(card) {
  const href = await field(card, 'Link').getByRole('link').getAttribute('href')
  const response = await fetch(href)
  assert.equal(response.status, 200)
  return Buffer.from(await response.arrayBuffer())
}

/** The CID that a card shows. */
export const cidOf = (card) => card.locator('.cid code').innerText()

/** Asks until the answer is the one that is expected. */
export async function expectSoon(ask, expected) {
  const deadline = Date.now() + 30_000
  let answer = await ask()
  while (answer !== expected && Date.now() < deadline) answer = await ask()
  assert.deepEqual(answer, expected)
}

/** Drops as the browser itself does when a person lets go of the mouse. */
export async function drop(page, { items = [], files = [] }) {
  const session = await page.context().newCDPSession(page)
  for (const type of ['dragEnter', 'dragOver', 'drop'])
    await session.send('Input.dispatchDragEvent', {
      type,
      x: 20,
      y: 20,
      data: { items, files, dragOperationsMask: 1 },
    })
}
