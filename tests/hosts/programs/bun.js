import { openAsBlob, openSync } from 'node:fs'
import { cidOf, pin } from '../../../pkg/index.js'

// Opens a file in one of the ways of Bun, and prints its CIDs and its receipt; for standard input, which
// can be read only once, the receipt alone.
const [way, path, endpoint] = process.argv.slice(2)
const ways = {
  'a file': () => Bun.file(path),
  'the end of a file': () => Bun.file(path).slice(1000),
  'the middle of a file': () => Bun.file(path).slice(1000, 2_000_000),
  'a file descriptor': () => Bun.file(openSync(path, 'r')),
  'a file of openAsBlob': () => openAsBlob(path),
  'standard input': () => Bun.stdin,
}
const open = ways[way]
const cids =
  way === 'standard input'
    ? []
    : [await cidOf(await open()), await cidOf(await open(), { version: 0 })]
const receipt = await pin(await open(), { endpoint, token: 'local-token' })
console.log(JSON.stringify({ cids, receipt }))
