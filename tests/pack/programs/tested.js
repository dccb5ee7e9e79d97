import { readFileSync, writeFileSync } from 'node:fs'
import { PinError, cidOf, pin } from 'numbers-pin'
import { use } from './use.js'

/** What the test of a user does: it orders, and hashes long enough to yield to the event loop. */
export async function ordered() {
  await cidOf(new Uint8Array(50_000_000))
  const { endpoint } = JSON.parse(readFileSync('settings.json', 'utf8'))
  const phases = []
  const onProgress = ({ phase }) => phases.push(phase)
  const reported = (source, options) => pin(source, { ...options, onProgress })
  const uses = [
    await use({ PinError, pin }, endpoint),
    await use({ PinError, pin: reported }, endpoint),
  ]
  if (phases.filter((phase) => phase === 'done').length !== 1) throw new Error(`${phases}`)
  writeFileSync('uses.json', JSON.stringify(uses))
}
