import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { copyFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { test } from 'node:test'
import { serve } from '../support/server.js'
import { temporaryFolder } from '../support/temporary-folder.js'
import { tool } from '../support/tools.js'

// "hello world", from tests/vectors.
const CID = 'bafkreifzjut3te2nhyekklss27nh3k72ysco7y32koao5eei66wof36n5e'

const MODULES = {
  'tests/hosts/programs/workerd.js': 'esModule',
  'pkg/workerd.js': 'esModule',
  'pkg/wasm/pin.wasm': 'wasm',
}

/** Starts the worker with a compatibility date; resolves to its URL. */
async function start(t, date) {
  const folder = await temporaryFolder(t)
  const config = join(folder, 'config.capnp')
  const modules = []
  for (const [name, kind] of Object.entries(MODULES)) {
    const file = name.replaceAll('/', '-')
    await copyFile(new URL(`../../${name}`, import.meta.url), join(folder, file))
    modules.push(`(name = "${name}", ${kind} = embed "${file}")`)
  }
  const text = `
    using Workerd = import "/workerd/workerd.capnp";
    const config :Workerd.Config = (
      services = [
        (name = "worker", worker = .worker),
        (name = "internet", network = (allow = ["private", "public"])),
      ],
      sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "worker")],
    );
    const worker :Workerd.Worker = (
      modules = [${modules.join(', ')}],
      compatibilityDate = "${date}",
    );
  `
  await writeFile(config, text)
  const workerd = tool('@cloudflare/workerd-linux-64/bin/workerd')
  const stdio = ['ignore', 'pipe', 'inherit']
  const child = spawn(workerd, ['serve', '--control-fd=1', config], { stdio })
  const ended = once(child, 'exit')
  t.after(() => {
    child.kill('SIGKILL')
    return ended
  })
  const [line] = await once(createInterface(child.stdout), 'line')
  return `http://127.0.0.1:${/\d+/.exec(line)}`
}

// Before 2024-11-11 `fetch` throws if it gets the option `cache`.
for (const date of ['2023-05-18', '2024-11-10', '2026-07-01'])
  test(`workerd with date ${date}: download and locate work`, { timeout: 60_000 }, async (t) => {
    const { url } = await serve(t, (request, response) => response.end('hello world'))
    const worker = await start(t, date)
    const response = await fetch(`${worker}/${CID}?${new URLSearchParams({ gateway: url })}`)
    assert.deepEqual(await response.json(), ['present', 'hello world'])
  })
