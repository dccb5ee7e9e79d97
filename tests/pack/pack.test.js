import assert from 'node:assert/strict'
import { after, suite, test } from 'node:test'
import { environments, grouped, nameOf } from './environments.js'
import { BYTES } from './programs/use.js'
import { newProject } from './project.js'
import { linesInReadme, linesOfEnvironments } from './readme.js'
import { printTable } from './table.js'

const rows = environments.map((environment) => ({
  environment,
  name: nameOf(environment),
  version: '',
  end: 'FAILED: it did not end',
}))

suite('the package is installed and used', { concurrency: 2 }, () => {
  after(() => printTable(rows))

  for (const [tool, group] of grouped(rows, ({ environment }) => environment.tool))
    // One at a time: some servers always use the same port.
    suite(tool, { concurrency: 1 }, () => {
      for (const row of group) test(row.name, { timeout: 600_000 }, (t) => fill(row, t))
    })
})

test('the README lists these environments', async () => {
  assert.deepEqual(await linesInReadme(), linesOfEnvironments())
})

async function fill(row, t) {
  const missing = await row.environment.missing?.()
  if (missing) {
    row.end = `skipped: ${missing}`
    return t.skip(missing)
  }
  try {
    const place = await newProject(t, row.name, row.environment)
    row.version = await row.environment.version(place)
    const uses = [await row.environment.run(place)].flat()
    await checkUses(uses, place.gateway)
    if (!row.environment.reloads) assert.equal(place.gateway.orders.length, uses.length)
    row.end = 'ok'
  } catch (error) {
    row.end = `FAILED: ${error.message}`
    throw error
  }
}

async function checkUses(uses, gateway) {
  for (const { filled, refused } of uses) {
    assert.ok(filled.receipt, filled.error?.message)
    assert.equal(filled.receipt.verified, true)
    const content = await fetch(`${gateway.url}/ipfs/${filled.receipt.cid}`)
    assert.ok(Buffer.from(await content.arrayBuffer()).equals(BYTES))

    const { message, ...error } = refused.error
    assert.match(message, /\w/)
    assert.deepEqual(error, { isPinError: true, code: 'unauthorized', outcome: 'refused' })
  }
}
