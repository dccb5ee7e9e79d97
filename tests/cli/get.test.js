import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { chmod, readFile, readdir, readlink, stat, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { SMALL } from '../support/faults/answers.js'
import { pinned, localGateway } from '../support/gateway.js'
import { serve } from '../support/server.js'
import { folder } from './files.js'
import { run, start } from './run.js'

/** Starts a gateway that has "hello world". */
async function gatewayWithFile(t) {
  const gateway = await localGateway(t)
  await pinned(gateway.endpoint, SMALL.bytes())
  return gateway.url
}

/** Starts a gateway that responds to every request with this text. */
const gatewayWith = async (t, text) => (await serve(t, (_, response) => response.end(text))).url

const { cid } = SMALL
const text = (path) => readFile(path, 'utf8')

/** The environment of a process in which a statement has changed `fs`. */
async function withFileSystem(cwd, statement) {
  const preload = join(cwd, 'preload.mjs')
  await writeFile(
    preload,
    `import fs from 'node:fs'
    import { syncBuiltinESMExports } from 'node:module'
    ${statement}
    syncBuiltinESMExports()`,
  )
  return { NODE_OPTIONS: `--import=${pathToFileURL(preload)}` }
}

suite('numbers-pin get', { timeout: 120_000 }, () => {
  test('writes a verified file, by default named by its CID', async (t) => {
    const gateway = await gatewayWithFile(t)
    const cwd = await folder(t, {})
    const end = await run(['get', cid, '--gateway', gateway], { cwd })
    assert.deepEqual(end, { status: 0, stdout: `${cid}\n`, stderr: '' })
    await run(['get', cid, '-o', 'hello.txt', '--gateway', gateway], { cwd })
    assert.deepEqual((await readdir(cwd)).sort(), [cid, 'hello.txt'].sort())
    for (const name of [cid, 'hello.txt']) assert.equal(await text(join(cwd, name)), 'hello world')
  })

  test('writes to standard output for -', async (t) => {
    const gateway = await gatewayWithFile(t)
    const cwd = await folder(t, {})
    const end = await run(['get', cid, '-o', '-', '--gateway', gateway], { cwd })
    assert.deepEqual(end, { status: 0, stdout: 'hello world', stderr: '' })
    assert.deepEqual(await readdir(cwd), [])
  })

  test('does not replace an existing file without --force', async (t) => {
    const gateway = await gatewayWithFile(t)
    const cwd = await folder(t, { mine: 'mine' })
    const args = ['get', cid, '-o', 'mine', '--gateway', gateway]
    const { status, stderr } = await run(args, { cwd })
    assert.equal(status, 1)
    assert.match(stderr, /mine already exists; use --force/)
    assert.equal(await text(join(cwd, 'mine')), 'mine')
    assert.equal((await run([...args, '--force'], { cwd })).status, 0)
    assert.equal(await text(join(cwd, 'mine')), 'hello world')
    assert.deepEqual(await readdir(cwd), ['mine'])
  })

  test('does not replace a file that was created during the download', async (t) => {
    const cwd = await folder(t, {})
    const { url } = await serve(t, async (_, response) => {
      await writeFile(join(cwd, 'late'), 'mine')
      response.end('hello world')
    })
    const { status, stderr } = await run(['get', cid, '-o', 'late', '--gateway', url], { cwd })
    assert.equal(status, 1)
    assert.match(stderr, /late already exists/)
    assert.equal(await text(join(cwd, 'late')), 'mine')
    assert.deepEqual(await readdir(cwd), ['late'])
  })

  test('writes nothing and replaces nothing if the bytes do not match', async (t) => {
    const cwd = await folder(t, { mine: 'mine' })
    const gateway = await gatewayWith(t, 'hello, world')
    for (const args of [[], ['-o', 'mine', '--force'], ['-o', '-']]) {
      const { status, stdout, stderr } = await run(['get', cid, ...args, '--gateway', gateway], {
        cwd,
      })
      assert.deepEqual([status, stdout], [1, ''])
      assert.match(stderr, /^numbers-pin: \S/)
    }
    assert.deepEqual(await readdir(cwd), ['mine'])
    assert.equal(await text(join(cwd, 'mine')), 'mine')
  })

  test('keeps the mode of a file, and a link to it', async (t) => {
    const gateway = await gatewayWithFile(t)
    const cwd = await folder(t, { mine: 'mine' })
    await chmod(join(cwd, 'mine'), 0o640)
    await symlink('mine', join(cwd, 'link'))
    const args = ['get', cid, '-o', 'link', '--force', '--gateway', gateway]
    assert.equal((await run(args, { cwd })).status, 0)
    assert.equal(await text(join(cwd, 'mine')), 'hello world')
    assert.equal((await stat(join(cwd, 'mine'))).mode & 0o777, 0o640)
    assert.equal(await readlink(join(cwd, 'link')), 'mine')
    assert.deepEqual((await readdir(cwd)).sort(), ['link', 'mine'])
  })

  test('creates the target of a dangling link', async (t) => {
    const gateway = await gatewayWithFile(t)
    const cwd = await folder(t, {})
    await symlink('target', join(cwd, 'link'))
    const args = ['get', cid, '-o', 'link', '--gateway', gateway]
    assert.equal((await run(args, { cwd })).status, 0)
    assert.equal(await text(join(cwd, 'target')), 'hello world')
    assert.equal(await readlink(join(cwd, 'link')), 'target')
    assert.equal((await run(args, { cwd })).status, 1)
  })

  test('writes to a pipe or a device, and does not replace it', async (t) => {
    const gateway = await gatewayWithFile(t)
    const cwd = await folder(t, {})
    const pipe = join(cwd, 'pipe')
    execFileSync('mkfifo', [pipe])
    const read = readFile(pipe, 'utf8')
    const to = (name) => run(['get', cid, '-o', name, '--force', '--gateway', gateway], { cwd })
    assert.equal((await to('pipe')).status, 0)
    assert.equal(await read, 'hello world')
    assert.ok((await stat(pipe)).isFIFO())
    assert.equal((await to('/dev/null')).status, 0)
    assert.ok((await stat('/dev/null')).isCharacterDevice())
    assert.deepEqual(await readdir(cwd), ['pipe'])
  })

  test('never leaves an incomplete file under its name', async (t) => {
    const gateway = await gatewayWithFile(t)
    const cwd = await folder(t, {})
    // The process is killed when it links or renames the temporary file.
    const env = await withFileSystem(
      cwd,
      `for (const name of ['link', 'rename']) fs.promises[name] = () => process.kill(process.pid, 'SIGKILL')`,
    )
    const args = ['get', cid, '-o', 'hello.txt', '--gateway', gateway]
    assert.equal((await run(args, { cwd, env })).status, null)
    assert.ok(!(await readdir(cwd)).includes('hello.txt'))
    assert.equal((await run(args, { cwd })).status, 0)
    assert.equal(await text(join(cwd, 'hello.txt')), 'hello world')
  })

  test('works without hard links', async (t) => {
    const gateway = await gatewayWithFile(t)
    const cwd = await folder(t, {})
    const env = await withFileSystem(
      cwd,
      `fs.promises.link = async () => { throw Object.assign(new Error('No links'), { code: 'EPERM' }) }`,
    )
    const args = ['get', cid, '-o', 'hello.txt', '--gateway', gateway]
    assert.equal((await run(args, { cwd, env })).status, 0)
    assert.equal(await text(join(cwd, 'hello.txt')), 'hello world')
  })

  test('prints no control characters of names', async (t) => {
    const gateway = await gatewayWithFile(t)
    const cwd = await folder(t, {})
    const name = 'a\x1b[31m\u009bb\u202e'
    for (const args of [
      ['get', `${cid}\x1b[31m`],
      ['get', '\x1b]0;owned\x07'],
      ['get', cid, '-o', name],
      ['get', cid, '-o', name, '--force', '--json'],
      ['cid', name, '--json'],
      ['cid', name],
      ['verify', cid, name, '--json'],
      ['verify', '\x1b[31m', name],
    ]) {
      const more = args[0] === 'get' ? ['--gateway', gateway] : []
      const { stdout, stderr } = await run([...args, ...more], { cwd })
      assert.doesNotMatch(stdout + stderr, /[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]/)
      if (args.includes('--json')) assert.match(stdout, /\\u001b.*\\u009b.*\\u202e/)
    }
  })

  test('leaves no file behind after an interruption', async (t) => {
    const cwd = await folder(t, {})
    let onRequest
    const requested = new Promise((resolve) => (onRequest = resolve))
    const { url } = await serve(t, (_, response) => {
      response.write('hello')
      onRequest()
    })
    const { child, end } = start(['get', cid, '--gateway', url], { cwd })
    await requested
    child.kill('SIGINT')
    assert.equal((await end).status, 130)
    assert.deepEqual(await readdir(cwd), [])
  })
})

suite('numbers-pin cid, verify and locate', { timeout: 120_000 }, () => {
  test('prints CIDs, and continues after a missing file', async (t) => {
    const cwd = await folder(t, { a: 'hello world' })
    const env = { CAPTURE_TOKEN: '' }
    const { status, stdout, stderr } = await run(['cid', 'a', 'missing', '-'], {
      cwd,
      env,
      input: 'hello world',
    })
    assert.equal(stdout, `${cid}  a\n${cid}  -\n`)
    assert.match(stderr, /^numbers-pin: missing: /)
    assert.equal(status, 1)
    const { stdout: json } = await run(['cid', 'a', '--json'], { cwd, env })
    assert.deepEqual(JSON.parse(json), { source: 'a', cid })
  })

  test('verifies a file', async (t) => {
    const cwd = await folder(t, { good: 'hello world', bad: 'hello, world' })
    const good = await run(['verify', cid, 'good'], { cwd })
    assert.deepEqual([good.status, good.stdout], [0, 'verified by raw-block\n'])
    const bad = await run(['verify', cid, 'bad', '--json'], { cwd })
    assert.equal(bad.status, 1)
    assert.equal(JSON.parse(bad.stdout).verified, false)
    const shown = await run(['verify', cid, 'bad'], { cwd })
    assert.match(shown.stdout, /^not verified; the CID of the file is bafkrei\w+\n$/)
  })

  test('locates a CID', async (t) => {
    const gateway = await gatewayWithFile(t)
    const at = (...args) => run(['locate', ...args, '--gateway', gateway])
    assert.deepEqual(await at(cid), { status: 0, stdout: 'present\n', stderr: '' })
    const other = 'bafkreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku'
    assert.deepEqual(await at(other), { status: 1, stdout: 'absent\n', stderr: '' })
    assert.deepEqual(JSON.parse((await at(cid, '--json')).stdout), { cid, presence: 'present' })
  })
})
