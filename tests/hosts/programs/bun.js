import { openAsBlob, openSync } from 'node:fs'
import { cidOf, pin } from '../../../pkg/index.js'

// Takes a file in one of the ways that Bun has, and says its CIDs and its receipt; of what can be read
// but once the receipt alone.
const [way, path, endpoint] = process.argv.slice(2)
const ways = {
  'a file': () => Bun.file(path),
  'its end': () => Bun.file(path).slice(1000),
  'its middle': () => Bun.file(path).slice(1000, 2_000_000),
  'a descriptor': () => Bun.file(openSync(path, 'r')),
  'a file as Node opens it': () => openAsBlob(path),
  'standard input': () => Bun.stdin,
}
const open = ways[way]
const cids =
  way === 'standard input'
    ? []
    : [await cidOf(await open()), await cidOf(await open(), { version: 0 })]
const receipt = await pin(await open(), { endpoint, token: 'local-token' })
console.log(JSON.stringify({ cids, receipt }))
