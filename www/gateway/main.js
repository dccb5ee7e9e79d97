import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { startGateway } from './server.js'

const root = (path) => fileURLToPath(new URL(`../../${path}`, import.meta.url))

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '0' },
    dir: { type: 'string', default: root('var/gateway') },
  },
})

const gateway = await startGateway({
  port: Number(values.port),
  dir: values.dir,
  pages: { '/': root('www/page'), '/pkg/': root('pkg') },
})
console.log(gateway.url)

for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => gateway.close())
