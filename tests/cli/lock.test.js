import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import fs from 'node:fs'
import { appendFile, mkdir, readFile, readdir, symlink, writeFile } from 'node:fs/promises'
import { syncBuiltinESMExports } from 'node:module'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { Journal } from '../../pkg-template/cli/journal.js'
import { answer } from '../support/faults/answers.js'
import { RECEIPT, service } from '../support/service.js'
import { folder } from './files.js'
import { run, start } from './run.js'

/** The PID namespace and the hostname of this process, as in the lock. */
const HERE = `${namespace()}@${hostname()}`

function namespace() {
  const isLinux = process.platform === 'linux'
  return isLinux ? /\d+/.exec(fs.readlinkSync('/proc/self/ns/pid'))[0] : ''
}

/** Starts a service that responds to no order until `release` is called. */
async function pausedService(t, onOrder) {
  let release
  const released = new Promise((resolve) => (release = resolve))
  const { options, posts } = await service(t, async ({ read, response }) => {
    await read()
    onOrder()
    await released
    response.end(JSON.stringify(RECEIPT))
  })
  return { args: ['a', '--log', 'log', '--endpoint', options.endpoint], posts, release }
}

/** Starts a run and waits until it has sent an order. */
async function startOrdering(t, cwd, onNext = () => {}) {
  let notice
  const reached = new Promise((resolve) => (notice = resolve))
  const { args, ...rest } = await pausedService(t, () => notice())
  const call = start(args, { cwd })
  await reached
  notice = onNext
  return { ...rest, ...call, args }
}

/** Creates a journal that is locked by this owner. */
async function locked(t, owner) {
  const cwd = await folder(t, { log: '' })
  const path = join(cwd, 'log')
  await mkdir(`${path}.lock`)
  await writeFile(join(`${path}.lock`, owner), '')
  return path
}

/** The pid of a zombie: a process that has ended, but that its parent has not waited for. */
async function zombie(t) {
  const parent = spawn('sh', ['-c', 'exec 3<&0; cat <&3 >&2 & echo $!; exec sleep 60'])
  t.after(() => parent.kill())
  const [data] = await once(parent.stdout, 'data')
  const pid = Number(data)
  const is = async (pid, text) => {
    while (!fs.readFileSync(`/proc/${pid}/stat`, 'utf8').includes(text))
      await new Promise(setImmediate)
  }
  // A shell would wait for it; `sleep`, which has replaced the shell, does not.
  await is(parent.pid, '(sleep)')
  parent.stdin.end()
  await is(pid, ' Z ')
  return pid
}

/** The pid of an ended process. */
const dead = () => spawnSync(process.execPath, ['--version']).pid

/** Replaces a function of `node:fs` until the end of the test. */
function mock(t, name, replacement) {
  t.mock.method(fs, name, replacement)
  syncBuiltinESMExports()
  t.after(() => {
    t.mock.restoreAll()
    syncBuiltinESMExports()
  })
}

suite('the lock of a journal', { timeout: 120_000 }, () => {
  test('stops a second run and names the process that has it', async (t) => {
    const cwd = await folder(t, { a: 'one' })
    const { args, posts, release, child, end } = await startOrdering(t, cwd, () => release())
    const before = await readFile(join(cwd, 'log'), 'utf8')
    const { status, stdout, stderr } = await run(args, { cwd })
    assert.deepEqual([status, stdout], [1, ''])
    assert.match(stderr, new RegExp(`/log is in use by process ${child.pid} on .*/log\\.lock\\n$`))
    assert.equal(await readFile(join(cwd, 'log'), 'utf8'), before)
    release()
    assert.equal((await end).status, 0)
    assert.equal((await run(args, { cwd })).status, 0)
    assert.equal(posts.length, 1)
  })

  test('is taken over from a zombie', async (t) => {
    const path = await locked(t, `${await zombie(t)}--${HERE}`)
    new Journal(path).close()
    assert.equal(fs.existsSync(`${path}.lock`), false)
  })

  test('is taken over from a killed run by only one of many', async (t) => {
    const cwd = await folder(t, { a: 'one' })
    let settled = 0
    const settle = () => ++settled === 6 && release()
    const { args, posts, release, child, end } = await startOrdering(t, cwd, settle)
    child.kill('SIGKILL')
    await end
    const calls = Array.from({ length: 6 }, () => start([...args, '--again'], { cwd }).end)
    for (const call of calls) call.then(settle)
    const statuses = (await Promise.all(calls)).map(({ status }) => status)
    assert.deepEqual(statuses.sort(), [0, 1, 1, 1, 1, 1])
    assert.equal(posts.length, 2)
    assert.deepEqual(await readdir(cwd), ['a', 'log'])
  })

  test('is released after a failure, an interruption and an invalid journal', async (t) => {
    const left = ['a', 'log']
    const cwd = await folder(t, { a: 'one' })
    const refused = await service(t, answer(401))
    for (const endpoint of [refused.options.endpoint, 'nowhere']) {
      await run(['a', '--log', 'log', '--endpoint', endpoint], { cwd })
      assert.deepEqual(await readdir(cwd), left)
    }
    const { args, child, end } = await startOrdering(t, cwd)
    child.kill('SIGINT')
    assert.equal((await end).status, 130)
    assert.deepEqual(await readdir(cwd), left)
    await writeFile(join(cwd, 'log'), 'no log')
    assert.equal((await run(args, { cwd })).status, 1)
    assert.deepEqual(await readdir(cwd), left)
  })

  test('follows symbolic links, and protects a line that is being written', async (t) => {
    const cwd = await folder(t, {})
    const [path, other] = [join(cwd, 'log'), join(cwd, 'other')]
    const journal = new Journal(path)
    await appendFile(path, '{"event":"or')
    await symlink(path, other)
    for (const name of [path, other]) assert.throws(() => new Journal(name), /is in use/)
    assert.equal(await readFile(path, 'utf8'), '{"event":"or')
    journal.close()
    new Journal(other).close()
    assert.equal(await readFile(path, 'utf8'), '')
  })

  test('is not taken over from a process that has just taken it over', async (t) => {
    const path = await locked(t, `${dead()}-1-${HERE}`)
    const { readdirSync } = fs
    const winner = `${process.pid}--${HERE}`
    mock(t, 'readdirSync', (lock) => {
      const names = readdirSync(lock)
      for (const name of names) fs.renameSync(join(lock, name), join(lock, winner))
      return names
    })
    assert.throws(() => new Journal(path), new RegExp(`process ${process.pid} on`))
    assert.deepEqual(readdirSync(`${path}.lock`), [winner])
  })

  test(
    'is taken over if the pid belongs to a newer process',
    { skip: process.platform !== 'linux' },
    async (t) => {
      const path = await locked(t, `${process.pid}-1-${HERE}`)
      const journal = new Journal(path)
      assert.throws(() => new Journal(path), /is in use/)
      journal.close()
      new Journal(path).close()
    },
  )

  test('of another machine is not taken over', async (t) => {
    const path = await locked(t, `${dead()}-1-${HERE.replace(/@.*/, '@elsewhere')}`)
    assert.throws(() => new Journal(path), /on elsewhere; if that has ended, remove .*\/log\.lock$/)
  })

  test('of another container with the same host name is not taken over', async (t) => {
    const path = await locked(t, `${dead()}-1-7@${hostname()}`)
    assert.throws(() => new Journal(path), /is in use by process/)
  })

  test('is taken over from a process that was killed before it had added its name', async (t) => {
    const cwd = await folder(t, {})
    await mkdir(join(cwd, 'log.lock'))
    new Journal(join(cwd, 'log')).close()
    assert.deepEqual(await readdir(cwd), ['log'])
  })

  test('is given up if another process takes it at the same moment', async (t) => {
    const cwd = await folder(t, {})
    const other = `${process.pid}--${HERE}`
    const { writeFileSync } = fs
    mock(t, 'writeFileSync', (path, ...args) => {
      writeFileSync(path, ...args)
      writeFileSync(join(cwd, 'log.lock', other), '')
    })
    assert.throws(() => new Journal(join(cwd, 'log')), /is in use by process/)
    assert.deepEqual(await readdir(join(cwd, 'log.lock')), [other])
  })

  test('is not replaced if a file has its name', async (t) => {
    const cwd = await folder(t, { 'log.lock': 'mine' })
    assert.throws(
      () => new Journal(join(cwd, 'log')),
      /in use by another process; if .*\/log\.lock$/,
    )
    assert.equal(await readFile(join(cwd, 'log.lock'), 'utf8'), 'mine')
    assert.deepEqual(await readdir(cwd), ['log', 'log.lock'])
  })

  test('that cannot be created reports the error of the disk and leaves nothing behind', async (t) => {
    const cwd = await folder(t, {})
    mock(t, 'writeFileSync', () => {
      throw Object.assign(new Error('The disk is full'), { code: 'ENOSPC' })
    })
    assert.throws(() => new Journal(join(cwd, 'log')), { code: 'ENOSPC' })
    assert.deepEqual(await readdir(cwd), ['log'])
  })
})
