import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { createServer } from 'node:net'
import { delimiter, join } from 'node:path'
import puppeteer from 'puppeteer-core'

/**
 * A tab of a browser that is installed here.
 *
 * @typedef {object} Tab
 * @property {(url: string) => Promise<unknown>} goto
 * @property {(selector: string, path: string) => Promise<unknown>} upload chooses a file
 * @property {(selector: string) => Promise<unknown>} click
 * @property {(expression: string) => Promise<unknown>} evaluate
 *
 * @typedef {object} Browser
 * @property {string} name
 * @property {() => Promise<string | undefined>} missing what it needs that is not installed here
 * @property {(t: import('node:test').TestContext) => Promise<Tab>} open until the test has ended
 */

/** @type {Browser} controlled by WebDriver BiDi */
export const firefox = {
  name: 'Firefox',
  missing: async () => missing('firefox-esr'),
  async open(t) {
    const browser = await puppeteer.launch({
      browser: 'firefox',
      executablePath: installed('firefox-esr'),
      // So that it cannot reach other machines.
      extraPrefsFirefox: { 'network.dns.disabled': true },
    })
    t.after(() => browser.close())
    const page = await browser.newPage()
    return {
      goto: (url) => page.goto(url),
      upload: async (selector, path) => (await page.$(selector)).uploadFile(path),
      click: (selector) => page.click(selector),
      evaluate: (expression) => page.evaluate(expression),
    }
  },
}

/** The key of an element in WebDriver. */
const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf'

/** @type {Browser} MiniBrowser of WebKitGTK, controlled by WebDriver, on a virtual screen */
export const webkit = {
  name: 'WebKit',
  async missing() {
    if (!(await miniBrowser())) return 'webkit2gtk-driver is not installed'
    return missing('WebKitWebDriver') ?? missing('Xvfb')
  },
  async open(t) {
    const ends = []
    t.after(async () => {
      while (ends.length > 0) await ends.pop()()
    })
    const run = (program, args, env) => {
      const child = spawn(program, args, {
        env: { ...process.env, ...env },
        stdio: ['ignore', 'pipe', 'ignore'],
      })
      ends.push(() => child.kill())
      return child
    }

    const screen = run('Xvfb', ['-displayfd', '1', '-nolisten', 'tcp'])
    const [number] = await once(screen.stdout, 'data')
    const port = await freePort()
    run('WebKitWebDriver', [`--port=${port}`], { DISPLAY: `:${String(number).trim()}` })
    await answers(`http://127.0.0.1:${port}/status`)

    let session = `http://127.0.0.1:${port}/session`
    const call = async (method, path, body) => {
      const options = { method, body: body && JSON.stringify(body) }
      const { value } = await (await fetch(`${session}${path}`, options)).json()
      if (value?.error) throw new Error(`${value.error}: ${value.message}`)
      return value
    }
    const browser = { binary: await miniBrowser(), args: ['--automation'] }
    const capabilities = { alwaysMatch: { 'webkitgtk:browserOptions': browser } }
    session += `/${(await call('POST', '', { capabilities })).sessionId}`
    ends.push(() => call('DELETE', ''))

    const find = async (value) =>
      (await call('POST', '/element', { using: 'css selector', value }))[ELEMENT]
    return {
      goto: (url) => call('POST', '/url', { url }),
      upload: async (selector, text) =>
        call('POST', `/element/${await find(selector)}/value`, { text }),
      click: async (selector) => call('POST', `/element/${await find(selector)}/click`, {}),
      evaluate: (expression) =>
        call('POST', '/execute/sync', { script: `return ${expression}`, args: [] }),
    }
  },
}

/** Debian installs it next to the libraries, in a folder of their architecture. */
async function miniBrowser() {
  const folders = await readdir('/usr/lib').catch(() => [])
  const paths = folders.map((folder) => join('/usr/lib', folder, 'webkit2gtk-4.1/MiniBrowser'))
  return paths.find(existsSync)
}

function installed(program) {
  const folders = process.env.PATH.split(delimiter)
  return folders.map((folder) => join(folder, program)).find(existsSync)
}

function missing(program) {
  return installed(program) ? undefined : `${program} is not installed`
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address()
  server.close()
  await once(server, 'close')
  return port
}

async function answers(url) {
  const deadline = Date.now() + 30_000
  while (!(await fetch(url).catch(() => undefined)))
    if (Date.now() > deadline) throw new Error(`Nothing answers at ${url}`)
}
