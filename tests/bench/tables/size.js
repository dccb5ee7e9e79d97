import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { table, verdict } from '../markdown.js'
import { bytesIn, installed } from '../packages.js'
import { bundle } from '../page.js'

export const title = 'What a page downloads'

export const about = `Bundled by esbuild for browsers and minified, in KB of 1000 bytes: all that
\`numbers-pin\` exports, with its WebAssembly, and of the others only what is named, so that what a page
does not use of them does not count. In addition, what npm installs. The goal is of the column gzip -9.`

const LIMIT = 60_000

/** What a page would import of each. */
const PEERS = {
  'xxhash-wasm': 'default',
  'hash-wasm': 'sha256',
  pinata: 'PinataSDK',
  '@ipld/unixfs': 'createWriter',
  'ipfs-unixfs-importer': 'importer',
  'kubo-rpc-client': 'create',
  'nft.storage': 'NFTStorage',
  '@storacha/client': 'create',
  '@lighthouse-web3/sdk': 'default',
  '@helia/verified-fetch': 'verifiedFetch',
}

export const peers = ['esbuild']

const BENCH = fileURLToPath(new URL('..', import.meta.url))
const PACKAGE = fileURLToPath(new URL('../../../pkg', import.meta.url))

export async function measure() {
  const rows = [await ours()]
  for (const [peer, name] of Object.entries(PEERS)) {
    const sizes = await bundled(`export { ${name} } from '${peer}'`)
    rows.push({ peer, name, ...(await installed(peer)), ...sizes })
  }
  return rows
}

async function ours() {
  const { version } = JSON.parse(await readFile(`${PACKAGE}/package.json`))
  const unpacked = await bytesIn(PACKAGE)
  const sizes = await bundled(`export * from '${PACKAGE}/index.js'`)
  return {
    peer: 'numbers-pin',
    name: 'everything',
    version,
    packages: 1,
    installed: unpacked,
    unpacked,
    limit: LIMIT,
    ...sizes,
  }
}

/** How large it gets, or why it cannot be bundled. */
async function bundled(contents) {
  const stdin = { contents, resolveDir: BENCH }
  try {
    const script = await bundle({ stdin, format: 'esm', logLevel: 'silent' })
    const gzip = gzipSync(script, { level: 9 }).length
    return { minified: script.length, gzip, brotli: brotliCompressSync(script).length }
  } catch ({ errors, message }) {
    return { failure: errors?.[0].text ?? message }
  }
}

export function render(rows) {
  const lines = rows.map(
    ({ peer, name, version, packages, installed, unpacked, limit, ...sizes }) => [
      `${peer} ${version}: ${name === 'everything' ? name : `\`${name}\``}`,
      ...weights(limit, sizes),
      packages,
      (installed / 1e6).toFixed(2),
      (unpacked / 1e6).toFixed(2),
    ],
  )
  const heads = ['minified:', 'gzip -9:', 'brotli:', 'goal', 'packages:', 'installed, MB:']
  return table(['', ...heads, 'itself, MB:'], lines)
}

function weights(limit, { minified, gzip, brotli, failure }) {
  if (failure) return ['', '', '', `not bundled: ${failure}`]
  const goal = limit ? `${kilobytes(limit)}: ${verdict(gzip <= limit)}` : ''
  return [...[minified, gzip, brotli].map(kilobytes), goal]
}

function kilobytes(bytes) {
  return (bytes / 1000).toFixed(1)
}
