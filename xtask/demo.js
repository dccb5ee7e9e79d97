import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { startGateway } from '../www/gateway/server.js'

// Usage: node demo.js FOLDER [PORT], where numbers-pin is installed in FOLDER.
const [folder, port] = process.argv.slice(2)

const PORT = 8080

const root = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url))

const gateway = await start()
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => gateway.close())

const { resolve } = createRequire(join(folder, 'package.json'))
const { pin } = await import(pathToFileURL(resolve('numbers-pin')))

const picture = await readFile(root('www/page/sample.jpg'))
const file = new File([picture], 'sample.jpg', { type: 'image/jpeg' })
const receipt = await pin(file, { token: 'demo', endpoint: gateway.endpoint })
console.log(receipt)

const response = await fetch(receipt.fileURL)
if (!picture.equals(Buffer.from(await response.arrayBuffer())))
  throw new Error(`${receipt.fileURL} gives other bytes than were pinned`)
console.log(`${receipt.fileURL} gives the same ${picture.length} bytes back.`)

console.log(`\nThe page is ${gateway.url}/ – Ctrl-C stops it.`)

/** On the port that was asked for, else on the usual one or, if that is taken, on any. */
async function start() {
  const options = {
    dir: root('var/gateway'),
    pages: { '/': root('www/page'), '/pkg/': root('pkg') },
  }
  try {
    return await startGateway({ ...options, port: Number(port ?? PORT) })
  } catch (error) {
    if (error.code !== 'EADDRINUSE') throw error
    if (!port) return startGateway(options)
    console.error(`demo: port ${port} is taken`)
    process.exit(1)
  }
}
