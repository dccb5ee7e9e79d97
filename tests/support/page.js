/**
 * A page whose console, errors and requests are recorded.
 *
 * @typedef {object} Watched
 * @property {import('playwright-core').Page} page
 * @property {import('playwright-core').CDPSession} devtools
 * @property {object[]} said the console calls of scripts
 * @property {object[]} thrown uncaught exceptions and unhandled rejections
 * @property {string[]} logged the messages that the browser itself has logged
 * @property {string[]} ways how each POST was sent: `fetch` or `xhr`
 * @property {() => Promise<void>} close
 */

/**
 * Opens a page of the site in its own context, with its own connections.
 *
 * @param {import('playwright-core').Browser} browser
 * @param {{ url: string }} site
 * @param {import('playwright-core').BrowserContextOptions} [options]
 * @returns {Promise<Watched>}
 */
export async function openPage(browser, { url }, options) {
  const context = await browser.newContext(options)
  const page = await context.newPage()
  const devtools = await context.newCDPSession(page)

  const [said, thrown, logged, ways] = [[], [], [], []]
  devtools.on('Runtime.consoleAPICalled', (call) => said.push(call))
  devtools.on('Runtime.exceptionThrown', (event) => thrown.push(event))
  devtools.on('Log.entryAdded', ({ entry }) => logged.push(entry.text))
  page.on('request', (request) => {
    if (request.method() === 'POST') ways.push(request.resourceType())
  })
  await devtools.send('Runtime.enable')
  await devtools.send('Log.enable')
  await page.goto(url)

  return { page, devtools, said, thrown, logged, ways, close: () => context.close() }
}
