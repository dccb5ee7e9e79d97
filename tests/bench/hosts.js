import { execFile, fork } from 'node:child_process'
import { once } from 'node:events'
import { constants } from 'node:fs'
import { access } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { launch } from 'puppeteer-core'
import { chromiumFiles } from '../support/browser.js'
import { tool } from '../support/tools.js'
import { bundle, serve } from './page.js'

const WORKER = fileURLToPath(new URL('worker.js', import.meta.url))

/**
 * What runs JavaScript. Each contender gets a process or a page of its own there, so that none finds
 * the memory as another has left it.
 *
 * @typedef {object} Host
 * @property {string} name with its version
 * @property {string} [skipped] why it is not here; then it has nothing but its name
 * @property {() => Promise<Call>} load starts a process or page, and the module in it
 * @property {() => Promise<void>} clear ends all that were started
 * @property {() => Promise<void>} close
 *
 * @callback Call calls a function that the module exports
 * @param {string} name
 * @param {...unknown} args
 * @returns {Promise<any>}
 */

/**
 * Opens hosts one after the other; each is closed before the next.
 *
 * @param {string} module a file of `contenders/`
 * @param {((module: string) => Promise<Host>)[]} openers those below
 * @returns {AsyncGenerator<Host>}
 */
export async function* hosts(module, openers) {
  for (const open of openers) {
    const host = await open(fileURLToPath(new URL(`contenders/${module}`, import.meta.url)))
    try {
      yield host
    } finally {
      await host.close?.()
    }
  }
}

/**
 * A fresh process or page for each contender, instead of all that the runtime has.
 *
 * @param {Host} host
 * @param {string[]} contenders
 * @returns {Promise<Record<string, Call>>}
 */
export async function loadEach(host, contenders) {
  await host.clear()
  const calls = {}
  for (const contender of contenders) calls[contender] = await host.load()
  return calls
}

export const node = nodeAt(process.execPath)

/** Newer releases of Node. The oldest one that the package supports runs the benchmark. */
export const newerNodes = [22, 24].map((release) => nodeAt(tool(`node-${release}/bin/node`)))

function nodeAt(execPath) {
  return (module) => inNode(module, execPath)
}

async function inNode(module, execPath) {
  const children = []
  const { stdout } = await promisify(execFile)(execPath, ['--version'])
  return {
    name: `Node ${stdout.trim().slice(1)}`,
    async load() {
      const child = fork(WORKER, [module], { execPath, execArgv: ['--expose-gc'] })
      children.push(child)
      const died = once(child, 'exit').then(() => {
        throw new Error("A contender's process has ended")
      })
      died.catch(() => {})
      const answer = () => Promise.race([once(child, 'message'), died])
      await answer()
      return async (...call) => {
        child.send(call)
        const [{ error, value }] = await answer()
        if (error) throw new Error(error)
        return value
      }
    },
    async clear() {
      for (const child of children.splice(0)) child.kill()
    },
    close() {
      return this.clear()
    },
  }
}

export async function chromium(module) {
  const { args, ...files } = await chromiumFiles()
  if (process.getuid() === 0) args.push('--no-sandbox')
  // Who watches the network has a copy of every body, which costs more than to send it.
  const browser = await launch({ ...files, args, networkEnabled: false })
  return pages(module, browser, (await browser.version()).replace(/.*Chrome\//, 'Chromium '))
}

export async function firefox(module) {
  const executablePath = await installed('firefox', 'firefox-esr')
  if (!executablePath) return { name: 'Firefox', skipped: 'not installed on this machine' }
  const browser = await launch({ browser: 'firefox', executablePath })
  return pages(module, browser, (await browser.version()).replace('firefox/', 'Firefox '))
}

async function pages(module, browser, name) {
  const script = await bundle({ entryPoints: [module], format: 'iife', globalName: 'contenders' })
  const server = await serve({ '/script.js': script })
  const open = []
  return {
    name,
    async load() {
      const page = await browser.newPage()
      open.push(page)
      await page.goto(`http://127.0.0.1:${server.address().port}/`)
      return async (...call) => {
        await page.bringToFront()
        return page.evaluate(([name, ...args]) => globalThis.contenders[name](...args), call)
      }
    },
    async clear() {
      for (const page of open.splice(0)) await page.close()
    },
    async close() {
      await browser.close()
      server.close()
    },
  }
}

async function installed(...names) {
  for (const folder of process.env.PATH.split(delimiter)) {
    for (const name of names) {
      const path = join(folder, name)
      const isThere = await access(path, constants.X_OK).then(
        () => true,
        () => false,
      )
      if (isThere) return path
    }
  }
}
