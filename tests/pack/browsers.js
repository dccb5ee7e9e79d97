import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { after } from 'node:test'
import { launchChromium } from '../support/browser.js'
import { start, versionSaid } from './tools.js'

/**
 * @typedef {import('./environments.js').Place} Place
 *
 * @typedef {object} Browser
 * @property {string} name
 * @property {() => string | undefined | Promise<string | undefined>} [missing] what it needs that
 *   is not installed here
 * @property {(place: Place) => Promise<string>} version
 * @property {(place: Place, url: string, fail: (error: Error) => void) => Promise<void>} open
 *   shows a page until the test has ended, and reports errors of the page if it can
 */

/** One for all pages. */
let browser
const launched = () => (browser ??= launchChromium())
after(async () => (await browser)?.close())

/** @type {Browser} */
export const chromium = {
  name: 'Chromium',
  version: async () => (await launched()).version(),
  async open({ t }, url, fail) {
    const context = await (await launched()).newContext()
    t.after(() => context.close())
    const page = await context.newPage()
    page.on('pageerror', fail)
    page.on('response', (response) => {
      if (response.status() >= 400 && response.status() !== 401)
        fail(new Error(`${response.url()}: ${response.status()}`))
    })
    await page.goto(url, { waitUntil: 'commit' })
  },
}

/** @type {Browser} */
export const firefox = {
  name: 'Firefox',
  missing: () => missing('firefox-esr'),
  version: () => versionSaid('firefox-esr'),
  async open(place, url) {
    const profile = join(place.project, 'profile')
    await mkdir(profile)
    // So that it cannot reach other machines.
    await writeFile(join(profile, 'user.js'), 'user_pref("network.dns.disabled", true);\n')
    start(place, 'firefox-esr', ['--headless', '--profile', profile, url])
  },
}

/** @type {Browser} MiniBrowser of WebKitGTK, on a virtual screen. */
export const webkit = {
  name: 'WebKit',
  async missing() {
    return (await miniBrowser())
      ? missing('Xvfb')
      : 'MiniBrowser of webkit2gtk-4.1 is not installed'
  },
  version: async (place) => versionSaid(await miniBrowser(), await screen(place)),
  async open(place, url) {
    start(place, await miniBrowser(), [url], await screen(place))
  },
}

/** Debian installs it next to the libraries, in a folder of their architecture. */
async function miniBrowser() {
  const folders = await readdir('/usr/lib').catch(() => [])
  const paths = folders.map((folder) => join('/usr/lib', folder, 'webkit2gtk-4.1/MiniBrowser'))
  return paths.find(existsSync)
}

async function screen(place) {
  const { stdout } = start(place, 'Xvfb', ['-displayfd', '1', '-nolisten', 'tcp'])
  const [number] = await once(stdout, 'data')
  return { DISPLAY: `:${String(number).trim()}` }
}

function missing(program) {
  const paths = process.env.PATH.split(delimiter).map((folder) => join(folder, program))
  return paths.some(existsSync) ? undefined : `${program} is not installed`
}
