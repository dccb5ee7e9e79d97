import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, suite, test } from 'node:test'
import { promisify } from 'node:util'
import { service } from '../support/service.js'

const PACKAGE = join(import.meta.dirname, '../../pkg')

let folder
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'load-'))
  for (const name of ['numbers-pin', 'another-copy'])
    await cp(PACKAGE, join(folder, 'node_modules', name), { recursive: true })
})
after(() => rm(folder, { recursive: true }))

/**
 * Runs a function in its own process, where the package is installed and not yet loaded, and resolves
 * to its result. The process must print nothing else.
 *
 * @param {(options: object, watch: typeof watchWebAssembly) => unknown} script
 * @param {object} [options] the options of a pin
 * @param {'module' | 'commonjs'} [type]
 */
async function inProcess(script, options = {}, type = 'module') {
  const run = `${watchWebAssembly}
    Promise.resolve((${script})(${JSON.stringify(options)}, watchWebAssembly))
      .then((value) => console.log(JSON.stringify(value)))`
  const { stdout, stderr } = await promisify(execFile)(
    process.execPath,
    [`--input-type=${type}`, '-e', run],
    { cwd: folder },
  )
  assert.equal(stderr, '')
  return JSON.parse(stdout)
}

/**
 * Records every use of WebAssembly by the package, and throws one of the `failures` each time until
 * none is left. Node's own `fetch` uses WebAssembly too.
 */
function watchWebAssembly(failures = []) {
  const used = []
  const note = (name) => {
    if (!new Error().stack.includes('node_modules')) return
    used.push(name)
    if (failures.length > 0) throw failures.shift()
  }
  for (const name of ['compile', 'compileStreaming', 'instantiate', 'instantiateStreaming']) {
    const real = WebAssembly[name]
    WebAssembly[name] = async (...args) => (note(name), real(...args))
  }
  for (const name of ['Module', 'Instance']) {
    WebAssembly[name] = new Proxy(WebAssembly[name], {
      construct: (...args) => (note(name), Reflect.construct(...args)),
    })
  }
  return used
}

suite('the package', { timeout: 60_000 }, () => {
  test('can be imported', async (t) => {
    const { options, posts } = await service(t)
    const receipt = await inProcess(async (options) => {
      const { pin } = await import('numbers-pin')
      return pin(new Blob(['x']), options)
    }, options)
    assert.ok(receipt.cid)
    assert.equal(posts.length, 1)
  })

  test('can be required', async (t) => {
    const { options, posts } = await service(t)
    const script = (options) => require('numbers-pin').pin(new Blob(['x']), options)
    assert.ok((await inProcess(script, options, 'commonjs')).cid)
    assert.equal(posts.length, 1)
  })

  test('is one module for import and require', async () => {
    const script = async () =>
      require('numbers-pin').PinError === (await import('numbers-pin')).PinError
    assert.equal(await inProcess(script, {}, 'commonjs'), true)
  })

  test('runs in a worker', async (t) => {
    const { options } = await service(t)
    const receipt = await inProcess(
      (options) => {
        const { Worker } = require('node:worker_threads')
        const work = `
        const { parentPort, workerData } = require('node:worker_threads')
        const { pin } = require('numbers-pin')
        pin(new Blob(['x']), workerData).then((receipt) => parentPort.postMessage(receipt))`
        const worker = new Worker(work, { eval: true, workerData: options })
        return new Promise((resolve) => worker.once('message', resolve))
      },
      options,
      'commonjs',
    )
    assert.ok(receipt.cid)
  })

  test('has no side effects when it is loaded', async () => {
    const { used, same } = await inProcess(async (options, watchWebAssembly) => {
      const used = watchWebAssembly()
      for (const name of [
        'fetch',
        'setTimeout',
        'setInterval',
        'queueMicrotask',
        'addEventListener',
      ])
        globalThis[name] = () => used.push(name)
      const globals = () => Object.entries(Object.getOwnPropertyDescriptors(globalThis))
      const before = globals()
      await import('numbers-pin')
      // Globals that Node creates lazily are not compared.
      const same = ([name, { value, get }]) => get || Object.is(globalThis[name], value)
      return { used, same: before.every(same) && before.length === globals().length }
    })
    assert.deepEqual(used, [])
    assert.equal(same, true)
  })

  test('adds no globals when it is used', async (t) => {
    const { options } = await service(t)
    const added = await inProcess(async (options) => {
      const { pin } = await import('numbers-pin')
      // Node's own `fetch` adds globals.
      await fetch('data:,')
      const before = Reflect.ownKeys(globalThis)
      await pin(new Blob(['x']), options)
      return Reflect.ownKeys(globalThis)
        .filter((key) => !before.includes(key))
        .map(String)
    }, options)
    assert.deepEqual(added, [])
  })

  test('starts WebAssembly once, at the first call, even if calls are concurrent', async (t) => {
    const { options, posts } = await service(t)
    const used = await inProcess(async (options, watchWebAssembly) => {
      const used = watchWebAssembly()
      const { pin } = await import('numbers-pin')
      await Promise.all(Array.from({ length: 50 }, () => pin(new Blob(['x']), options)))
      await pin(new Blob(['x']), options)
      return used
    }, options)
    assert.deepEqual(used, ['compile', 'instantiate'])
    assert.equal(posts.length, 51)
  })

  test('rejects with unsupported if WebAssembly cannot start, and the next call retries', async (t) => {
    const { options, posts } = await service(t)
    const { errors, cid } = await inProcess(async (options, watchWebAssembly) => {
      const cause = new Error('out of memory')
      watchWebAssembly([cause])
      const { PinError, pin } = await import('numbers-pin')
      const calls = await Promise.allSettled([1, 2].map(() => pin(new Blob(['x']), options)))
      const errors = calls.map(({ reason: error }) => ({
        ...error,
        known: error instanceof PinError && error.cause === cause,
        message: error.message,
      }))
      return { errors, ...(await pin(new Blob(['x']), options)) }
    }, options)
    for (const { message, ...error } of errors) {
      assert.match(message, /cannot start.*out of memory/)
      assert.deepEqual(error, { known: true, code: 'unsupported', outcome: 'not-sent' })
    }
    assert.ok(cid)
    assert.equal(posts.length, 1)
  })

  test('names the Content-Security-Policy that forbids WebAssembly', async () => {
    const message = await inProcess(async (options, watchWebAssembly) => {
      // The message of Chromium.
      const text =
        'WebAssembly.instantiateStreaming(): Compiling or instantiating WebAssembly module ' +
        'violates the following Content Security policy directive because neither ' +
        "'wasm-eval' nor 'unsafe-eval' is an allowed source of script"
      watchWebAssembly([new WebAssembly.CompileError(text)])
      const { pin } = await import('numbers-pin')
      return pin('x').catch(({ message }) => message)
    })
    assert.match(message, /'wasm-unsafe-eval'/)
  })

  test('rejects with unsupported if the runtime cannot decompress it', async () => {
    const error = await inProcess(async () => {
      delete globalThis.DecompressionStream
      // As in a page, which has nothing else to decompress it with.
      process.getBuiltinModule = undefined
      const { PinError, pin } = await import('numbers-pin')
      const error = await pin('x').catch((error) => error)
      return { ...error, known: error instanceof PinError, message: error.message }
    })
    assert.match(error.message, /cannot start.*DecompressionStream/)
    assert.deepEqual(
      { ...error, message: undefined },
      { code: 'unsupported', outcome: 'not-sent', known: true, message: undefined },
    )
  })

  test('works next to a second copy of the package', async (t) => {
    const { options, posts } = await service(t)
    const seen = await inProcess(async (options, watchWebAssembly) => {
      watchWebAssembly([new Error('no')])
      const one = await import('numbers-pin')
      const other = await import('another-copy')
      const [failed] = await Promise.allSettled([one.pin('x')])
      const ends = await Promise.allSettled(
        [one, other].flatMap(({ pin }) => [pin(new Blob(['x']), options), pin(null, options)]),
      )
      return {
        failed: failed.reason.code,
        ends: ends.map(({ status, reason }) => reason?.code ?? status),
        own: ends[1].reason instanceof one.PinError && ends[3].reason instanceof other.PinError,
        apart: one.PinError !== other.PinError,
      }
    }, options)
    assert.deepEqual(seen, {
      failed: 'unsupported',
      ends: ['fulfilled', 'invalid-input', 'fulfilled', 'invalid-input'],
      own: true,
      apart: true,
    })
    assert.equal(posts.length, 2)
  })
})
