import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { pin } from '../../pkg/index.js'
import { localGateway } from '../support/gateway.js'
import { TOKEN } from '../support/faults/leaks.js'
import { folder } from './files.js'
import { CLI, environment } from './run.js'

const root = new URL('../../', import.meta.url)
const readme = await readFile(new URL('README.md', root), 'utf8')
const commands = readme.match(/^.*npx numbers-pin .*(?=\n(?:```|npx ))/gm)
const [recipe] = /(?<=```js\n)(?:[^`]|`(?!``))*filesOf[^]*?(?=```)/.exec(readme)

const page = await readFile(new URL('pkg-template/cli/README.md', root), 'utf8')

/** The shell commands of the page that begin with a text. */
const block = (start) =>
  page
    .split('```sh\n')
    .find((part) => part.startsWith(start))
    .split('```')[0]

/** An executable that runs a shell script. */
async function program(folder, name, script) {
  await writeFile(join(folder, name), `#!/bin/sh\n${script}\n`)
  await chmod(join(folder, name), 0o755)
}

/** An `npx` that runs the command line with a gateway. */
const npx = (folder, { endpoint }) =>
  program(folder, 'npx', `shift\nexec '${process.execPath}' '${CLI}' --endpoint ${endpoint} "$@"`)

const run = (file, args, options) =>
  new Promise((resolve) =>
    execFile(file, args, options, (error, stdout, stderr) =>
      resolve({ status: error?.code ?? 0, stdout, stderr }),
    ),
  )

suite('the commands of the README', { timeout: 120_000 }, () => {
  assert.equal(commands.length, 3)
  for (const command of commands)
    test(command.trim(), { skip: process.platform === 'win32' }, async (t) => {
      const gateway = await localGateway(t)
      const cwd = await folder(t, {})
      await mkdir(join(cwd, 'photos'))
      for (const name of ['.capture-token', 'photo.jpg', 'photos/1.jpg', 'photos/2.jpg'])
        await writeFile(join(cwd, name), name.includes('token') ? TOKEN : name)
      // A file of another service.
      const other = await localGateway(t)
      const { cid } = await pin(new Blob(['text']), { token: TOKEN, endpoint: other.endpoint })
      await writeFile(join(cwd, 'cids.txt'), cid)
      await npx(cwd, gateway)
      const env = { HOME: cwd, PATH: `${cwd}:${process.env.PATH}` }
      const script = command
        .replace('CAPTURE_TOKEN=…', `CAPTURE_TOKEN=${TOKEN}`)
        .replace('https://gateway.example', `${other.url} --yes`)
      const { status, stdout, stderr } = await run('sh', ['-c', script], { cwd, env })
      assert.equal(status, 0, stderr)
      // The result of a move has two CIDs, and so has a receipt: in its `fileURL`.
      const each = /move|--json/.test(command) ? 2 : 1
      assert.equal(stdout.match(/\bbafk\w+/g).length, each * gateway.orders.length)
    })
})

suite('the commands of the page of the command line', { timeout: 120_000 }, () => {
  const skip = process.platform === 'win32'

  test('find pins the files of a folder, without hidden ones', { skip }, async (t) => {
    const gateway = await localGateway(t)
    const cwd = await folder(t, {})
    for (const name of ['more', '.more'])
      await mkdir(join(cwd, 'photos', name), { recursive: true })
    for (const path of ['1.jpg', '.2.jpg', 'more/3.jpg', '.more/4.jpg'])
      await writeFile(join(cwd, 'photos', path), path)
    await npx(cwd, gateway)
    const env = { HOME: cwd, PATH: `${cwd}:${process.env.PATH}`, CAPTURE_TOKEN: TOKEN }
    const { status, stderr } = await run('sh', ['-c', block('find ')], { cwd, env })
    assert.equal(status, 0, stderr)
    assert.deepEqual(gateway.orders.map(({ filename }) => filename).sort(), ['1.jpg', '3.jpg'])
  })

  test('curl gets the token for the orders of an account in a header', { skip }, async (t) => {
    const cwd = await folder(t, { '.capture-token': `${TOKEN}\n` })
    await program(cwd, 'curl', 'echo "$@" && cat')
    const env = { HOME: cwd, PATH: `${cwd}:${process.env.PATH}` }
    const { stdout } = await run('sh', ['-c', block('sed ')], { cwd, env })
    const [command, header] = stdout.split('\n')
    assert.match(command, /^-H @- https:/)
    assert.equal(header, `Authorization: token ${TOKEN}`)
  })

  test('cron runs a job that writes nothing if nothing fails', { skip }, async (t) => {
    const gateway = await localGateway(t)
    const cwd = await folder(t, { token: TOKEN })
    await mkdir(join(cwd, 'photos'))
    await writeFile(join(cwd, 'photos/1.jpg'), 'one')
    await npx(cwd, gateway)
    const [job] = /(?<=^12 3 \* \* \* ).*/m.exec(page)
    const env = { HOME: cwd, PATH: `${cwd}:${process.env.PATH}` }
    const script = job.replace('/srv', cwd)
    for (const orders of [1, 1]) {
      const { status, stdout, stderr } = await run('sh', ['-c', script], { cwd, env })
      assert.deepEqual([status, stdout, stderr], [0, '', ''])
      assert.equal(gateway.orders.length, orders)
    }
  })
})

suite('the recipe for a folder', { timeout: 120_000 }, () => {
  test('pins the files in it and in its folders', async (t) => {
    const gateway = await localGateway(t)
    const cwd = await folder(t, {})
    await mkdir(join(cwd, 'photos/more'), { recursive: true })
    await writeFile(join(cwd, 'photos/1.jpg'), 'one')
    await writeFile(join(cwd, 'photos/more/2.jpg'), 'two')
    const program = join(cwd, 'program.mjs')
    await writeFile(
      program,
      `import * as real from ${JSON.stringify(new URL('pkg/index.js', root))}
      const token = process.env.CAPTURE_TOKEN
      const endpoint = ${JSON.stringify(gateway.endpoint)}
      const pinAll = (sources, options) => real.pinAll(sources, { endpoint, ...options })
      ${recipe}`,
    )
    const end = await run(process.execPath, [program], { cwd, env: environment() })
    assert.deepEqual([end.status, end.stdout.split('\n').length, end.stderr], [0, 3, ''])
    const names = gateway.orders.map(({ filename }) => filename)
    assert.deepEqual(names.sort(), ['1.jpg', '2.jpg'])
  })
})
