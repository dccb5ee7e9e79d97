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
 * A test of the page in its own tab, served by its own gateway. At its end the page must have logged no
 * error, and sent no request to other machines.
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
    context.setDefaultTimeout(PATIENCE)
    const complaints = watch(context)
    const page = await context.newPage()
    // File dialogs are intercepted from now on; a listener that is added before a click may be too late.
    page.on('filechooser', () => {})
    await open(page, gateway.url)
    await run({ t, page, gateway, dir })
    assert.deepEqual(complaints, [])
  })
}

/** How long an action may take in milliseconds, on a busy machine. */
const PATIENCE = 180_000

/** Opens the page, and waits until it has found the local gateway and its history. */
export async function open(page, url) {
  await page.goto(url)
  await ready(page)
}

export async function ready(page) {
  await page.locator('#settings:not([inert])').waitFor()
}

/** Collects logged errors, and requests to other machines. */
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
    // Chromium itself logs every rejected order, and all content that a gateway lacks.
    const noted = message.text().startsWith('Failed to load resource')
    const { url } = message.location()
    if (noted && (orders.has(url) || url.includes('/ipfs/'))) return
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text())
  })
  return complaints
}

/** Chooses files like a user: by a click, and by the dialog that it opens. */
export async function choose(page, files) {
  const opened = page.waitForEvent('filechooser')
  await page.getByText('Choose files').click()
  const dialogue = await opened
  await dialogue.setFiles(files)
}

/** Adds a URL. */
export async function addAddress(page, url) {
  await page.getByLabel('Web address of a file').fill(url)
  await page.getByRole('button', { name: 'Add' }).click()
}

/** Stops the clock of the page until the test resumes it. */
export async function holdTime(page) {
  await page.clock.install()
  await page.clock.pauseAt(Date.now() + 60_000)
}

/**
 * Pauses the read of the next file until the returned function is called, and so of all files whose
 * CIDs are computed after it: the page would skip a slow file, but its clock is stopped meanwhile.
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

/** Makes the next read of a file fail. */
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

/** Enters a token and clicks Pin. */
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

/** Waits until a card has this state. */
export async function reaches(card, word) {
  await card.locator('.state', { hasText: new RegExp(`^${word}$`) }).waitFor()
}

/** Downloads the content that a card links to. */
export async function readContent(card) {
  const href = await field(card, 'Link').getByRole('link').getAttribute('href')
  const response = await fetch(href)
  assert.equal(response.status, 200)
  return Buffer.from(await response.arrayBuffer())
}

/** The CID that a card shows. */
export const cidOf = (card) => card.locator('.cid code').innerText()

/** Calls `ask` until it resolves to the expected value. */
export async function expectSoon(ask, expected) {
  const deadline = Date.now() + 30_000
  let answer = await ask()
  while (answer !== expected && Date.now() < deadline) answer = await ask()
  assert.deepEqual(answer, expected)
}

/** Drops items like the browser when the user releases the mouse. */
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
