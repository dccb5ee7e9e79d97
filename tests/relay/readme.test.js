import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import { listener } from './programs/listener.js'

test('README.md has the tested adapter for node:http', async () => {
  const readme = await readFile(new URL('../../README.md', import.meta.url), 'utf8')
  const words = (text) => text.replace(/\s+/g, ' ')
  assert.ok(words(readme).includes(words(String(listener(() => {})))))
})
