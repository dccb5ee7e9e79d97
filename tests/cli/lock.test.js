import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import fs from 'node:fs'
import { appendFile, mkdir, readFile, readdir, symlink, writeFile } from 'node:fs/promises'
import { syncBuiltinESMExports } from 'node:module'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { Log } from '../../pkg/cli/log.js'
import { answer } from '../support/faults/answers.js'
import { RECEIPT, service } from '../support/service.js'
import { folder } from './files.js'
import { run, start } from './run.js'

/** Where this process is, as a lock says it: the pids that it knows, and its host. */
const HERE = `${namespace()}@${hostname()}`

function namespace() {
  const isLinux = process.platform === 'linux'
  return isLinux ? /\d+/.exec(fs.readlinkSync('/proc/self/ns/pid'))[0] : ''
}

/** A service that tells of each order as it comes, and holds all answers back until they are released. */
async function held(t, onOrder) {
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

/** Starts a call, and waits until it has ordered. */
async function ordered(t, cwd, onNext = () => {}) {
  let notice
  const reached = new Promise((resolve) => (notice = resolve))
  const { args, ...rest } = await held(t, () => notice())
  const call = start(args, { cwd })
  await reached
  notice = onNext
  return { ...rest, ...call, args }
}

/** A log whose lock a process has, by the name that says so. */
async function locked(t, claim) {
  const cwd = await folder(t, { log: '' })
  const path = join(cwd, 'log')
  await mkdir(`${path}.lock`)
  await writeFile(join(`${path}.lock`, claim), '')
  return path
}

/** The pid of a process that has ended, though the one that began it does not ask how. */
async function zombie(t) {
  const parent = spawn('sh', ['-c', 'true & echo $!; exec sleep 60'])
  t.after(() => parent.kill())
  const [pid] = await once(parent.stdout, 'data')
  const state = () => / Z /.test(fs.readFileSync(`/proc/${Number(pid)}/stat`, 'utf8'))
  while (!state()) await new Promise(setImmediate)
  return Number(pid)
}

/** The pid of a process that has ended. */
const dead = () => spawnSync(process.execPath, ['--version']).pid

/** Replaces a function of `node:fs` until the test has ended. */
function mock(t, name, replacement) {
  t.mock.method(fs, name, replacement)
  syncBuiltinESMExports()
  t.after(() => {
    t.mock.restoreAll()
    syncBuiltinESMExports()
  })
}

suite('the lock of a log', { timeout: 120_000 }, () => {
  test('keeps a second call from ordering, and says who has it', async (t) => {
    const cwd = await folder(t, { a: 'one' })
    const { args, posts, release, child, end } = await ordered(t, cwd, () => release())
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

  test('of a process that has ended goes on, though nobody has asked how it ended', async (t) => {
    const path = await locked(t, `${await zombie(t)}--${HERE}`)
    new Log(path).close()
    assert.equal(fs.existsSync(`${path}.lock`), false)
  })

  test('of a call that was killed goes to one of all that come at once', async (t) => {
    const cwd = await folder(t, { a: 'one' })
    let settled = 0
    const settle = () => ++settled === 6 && release()
    const { args, posts, release, child, end } = await ordered(t, cwd, settle)
    child.kill('SIGKILL')
    await end
    const calls = Array.from({ length: 6 }, () => start(args, { cwd }).end)
    for (const call of calls) call.then(settle)
    const statuses = (await Promise.all(calls)).map(({ status }) => status)
    assert.deepEqual(statuses.sort(), [0, 1, 1, 1, 1, 1])
    assert.equal(posts.length, 2)
    assert.deepEqual(await readdir(cwd), ['a', 'log'])
  })

  test('goes when a call ends, however', async (t) => {
    const left = ['a', 'log']
    const cwd = await folder(t, { a: 'one' })
    const refused = await service(t, answer(401))
    for (const endpoint of [refused.options.endpoint, 'nowhere']) {
      await run(['a', '--log', 'log', '--endpoint', endpoint], { cwd })
      assert.deepEqual(await readdir(cwd), left)
    }
    const { args, child, end } = await ordered(t, cwd)
    child.kill('SIGINT')
    assert.equal((await end).status, 130)
    assert.deepEqual(await readdir(cwd), left)
    await writeFile(join(cwd, 'log'), 'no log')
    assert.equal((await run(args, { cwd })).status, 1)
    assert.deepEqual(await readdir(cwd), left)
  })

  test('keeps off a line that is being written, by whatever name the log is called', async (t) => {
    const cwd = await folder(t, {})
    const [path, other] = [join(cwd, 'log'), join(cwd, 'other')]
    const log = new Log(path)
    await appendFile(path, '{"event":"or')
    await symlink(path, other)
    for (const name of [path, other]) assert.throws(() => new Log(name), /is in use/)
    assert.equal(await readFile(path, 'utf8'), '{"event":"or')
    log.close()
    new Log(other).close()
    assert.equal(await readFile(path, 'utf8'), '')
  })

  test('is not taken over from who has just taken it over', async (t) => {
    const path = await locked(t, `${dead()}-1-${HERE}`)
    const { readdirSync } = fs
    const winner = `${process.pid}--${HERE}`
    mock(t, 'readdirSync', (lock) => {
      const names = readdirSync(lock)
      for (const name of names) fs.renameSync(join(lock, name), join(lock, winner))
      return names
    })
    assert.throws(() => new Log(path), new RegExp(`process ${process.pid} on`))
    assert.deepEqual(readdirSync(`${path}.lock`), [winner])
  })

  test(
    'is of a process, not of its pid alone',
    { skip: process.platform !== 'linux' },
    async (t) => {
      const path = await locked(t, `${process.pid}-1-${HERE}`)
      const log = new Log(path)
      assert.throws(() => new Log(path), /is in use/)
      log.close()
      new Log(path).close()
    },
  )

  test('of another host is left to people', async (t) => {
    const path = await locked(t, `${dead()}-1-${HERE.replace(/@.*/, '@elsewhere')}`)
    assert.throws(() => new Log(path), /on elsewhere; if that has ended, remove .*\/log\.lock$/)
  })

  test('of another container is left to people, though the host is called the same', async (t) => {
    const path = await locked(t, `${dead()}-1-7@${hostname()}`)
    assert.throws(() => new Log(path), /is in use by process/)
  })

  test('that is no lock is left to people', async (t) => {
    const cwd = await folder(t, { 'log.lock': 'mine' })
    assert.throws(() => new Log(join(cwd, 'log')), /in use by another process; if .*\/log\.lock$/)
    assert.equal(await readFile(join(cwd, 'log.lock'), 'utf8'), 'mine')
    assert.deepEqual(await readdir(cwd), ['log', 'log.lock'])
  })

  test('that cannot be made is told of as the disk says, and leaves nothing', async (t) => {
    const cwd = await folder(t, {})
    mock(t, 'writeFileSync', () => {
      throw Object.assign(new Error('The disk is full'), { code: 'ENOSPC' })
    })
    assert.throws(() => new Log(join(cwd, 'log')), { code: 'ENOSPC' })
    assert.deepEqual(await readdir(cwd), ['log'])
  })
})
