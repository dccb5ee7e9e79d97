import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { startGateway } from '../../www/gateway/server.js'
import { launchChromium } from '../browser.js'

export const root = (path) => fileURLToPath(new URL(`../../${path}`, import.meta.url))

let browser
before(async () => (browser = await launchChromium()))
after(() => browser.close())

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
      pages: { '/': root('www'), '/pkg/': root('pkg') },
    })
    t.after(() => gateway.close())
    const context = await browser.newContext(options)
    t.after(() => context.close())
    const complaints = watch(context)
    const page = await context.newPage()
    // Dialogues are caught from now on; who only begins to listen before a click may be too late.
    page.on('filechooser', () => {})
    await page.goto(gateway.url)
    await run({ t, page, gateway, dir })
    assert.deepEqual(complaints, [])
  })
}

async function temporaryFolder(t) {
  const dir = await mkdtemp(join(tmpdir(), 'page-'))
  t.after(() => rm(dir, { recursive: true }))
  return dir
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
    // Chromium itself notes every refusal of an order.
    const noted = message.text().startsWith('Failed to load resource')
    if (noted && orders.has(message.location().url)) return
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

/** Gives a token and presses Pin. */
export async function pressPin(page, token = 'demo-token') {
  await page.getByLabel('Token', { exact: true }).fill(token)
  await page.getByRole('button', { name: 'Pin', exact: true }).click()
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
  return card.locator(`dt:text-is("${term}") + dd`)
}

/** The state of a card settles on this word. */
export async function reaches(card, word) {
  await card.locator('.state', { hasText: new RegExp(`^${word}$`) }).waitFor()
}

/** Reads what a card links to. */
export async function readContent(card) {
  const href = await field(card, 'Content').getByRole('link').getAttribute('href')
  const response = await fetch(href)
  assert.equal(response.status, 200)
  return Buffer.from(await response.arrayBuffer())
}
