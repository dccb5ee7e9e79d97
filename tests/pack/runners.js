import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { NODE, tool } from '../support/tools.js'
import { commonJs } from './project.js'
import { run, versionOf } from './tools.js'

/** No fake clock. */
const REAL = { way: '', before: '', after: '' }

const JEST = "jest.useFakeTimers({ doNotFake: ['performance', 'Date'] })"
const VITEST = "vi.useFakeTimers({ toNotFake: ['performance', 'Date'] })"
const MOCK = "mock.timers.enable({ apis: ['setTimeout', 'setInterval', 'setImmediate'] })"
// Without the last two, Node's `fetch` hangs too.
const SINON =
  "sinon.useFakeTimers({ toNotFake: ['performance', 'Date', 'nextTick', 'queueMicrotask'] })"

/**
 * Test runners, with their defaults. Fake timers never fire on their own; the clock goes on, so that the
 * package yields to the event loop.
 *
 * @type {import('./environments.js').Environment[]}
 */
export const runners = [
  jest('node', REAL),
  jest('node', fake(JEST)),
  jest('node', fakeFirst(JEST)),
  jest('jsdom', REAL),
  jest('jsdom', fakeFirst(JEST)),
  vitest('node', REAL),
  vitest('node', fakeFirst(VITEST)),
  vitest('jsdom', REAL),
  vitest('happy-dom', REAL),
  vitest('happy-dom', fake(VITEST)),
  vitestInBrowser(),
  nodeTest('`mock`', "import { mock } from 'node:test'", fake(MOCK)),
  nodeTest('`mock`', "import { mock } from 'node:test'", fakeFirst(MOCK)),
  nodeTest('sinon', "import sinon from 'sinon'", fake(SINON)),
  nodeTest('sinon', "import sinon from 'sinon'", fakeFirst(SINON)),
]

function fake(after) {
  return { way: ', fake timers', before: '', after }
}

function fakeFirst(before) {
  return { way: ', fake timers before the import', before, after: '' }
}

/** CommonJS, with no preset of Babel. */
function jest(environment, { way, before, after }) {
  const files = {
    'package.json': JSON.stringify({ private: true, jest: { testEnvironment: environment } }),
    'src/use.cjs': commonJs('use.js'),
    'src/tested.cjs': commonJs('tested.js'),
    'order.test.js': `test('orders', () => {
  ${before}
  const { ordered } = require('./src/tested.cjs')
  ${after}
  return ordered()
}, 60_000)
`,
  }
  return runner('Jest', 30, `\`${environment}\`${way}`, 'jest', files, ['jest/bin/jest.js'])
}

function vitest(environment, { way, before, after }) {
  const files = {
    'order.test.js': `import { test, vi } from 'vitest'
test('orders', async () => {
  ${before}
  const { ordered } = await import('./src/tested.js')
  ${after}
  await ordered()
}, 60_000)
`,
  }
  const command = ['vitest/vitest.mjs', 'run', '--environment', environment]
  return runner('Vitest', 5, `\`${environment}\`${way}`, 'vitest', files, command)
}

/** With Playwright. The only setting is the Chromium that these tests have. */
function vitestInBrowser() {
  const files = {
    'vitest.config.js': `import { playwright } from '@vitest/browser-playwright'
import { chromiumFiles } from '${new URL('../support/browser.js', import.meta.url)}'
const provider = playwright({ launchOptions: await chromiumFiles() })
const instances = [{ browser: 'chromium' }]
export default { test: { browser: { enabled: true, headless: true, provider, instances } } }
`,
    'order.test.js': `import { PinError, pin } from 'numbers-pin'
import { test } from 'vitest'
import { commands } from 'vitest/browser'
import { endpoint } from './settings.json'
import { use } from './src/use.js'
test('orders', async () => {
  const uses = await use({ PinError, pin }, endpoint)
  await commands.writeFile('uses.json', JSON.stringify(uses))
}, 60_000)
`,
  }
  return runner('Vitest', 5, 'browser mode', 'vitest', files, ['vitest/vitest.mjs', 'run'])
}

function nodeTest(name, imports, { way, before, after }) {
  const files = {
    'order.test.js': `import { test } from 'node:test'
${imports}
test('orders', async () => {
  ${before}
  const { ordered } = await import('./src/tested.js')
  ${after}
  await ordered()
})
`,
  }
  // Node's `fetch` keeps its connection, and so the process, for as long as its clock stands.
  const command = ['--test', '--test-force-exit']
  return runner("Node's test runner", 24, name + way, 'node-24', files, command)
}

function runner(name, release, way, packageName, files, [program, ...args]) {
  const command = [program.startsWith('--') ? program : tool(program), ...args]
  return {
    tool: name,
    release,
    way,
    version: () => versionOf(packageName),
    files,
    async run({ project, gateway: { endpoint } }) {
      await writeFile(join(project, 'settings.json'), JSON.stringify({ endpoint }))
      await run(project, NODE, ...command)
      return JSON.parse(await readFile(join(project, 'uses.json'), 'utf8'))
    },
  }
}
