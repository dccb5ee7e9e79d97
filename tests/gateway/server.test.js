import assert from 'node:assert/strict'
import { Agent, request } from 'node:http'
import { once } from 'node:events'
import { connect } from 'node:net'
import test from 'node:test'
import { startGateway } from '../../www/gateway/server.js'
import { pinned, localGateway } from '../support/gateway.js'
import { temporaryFolder } from '../support/temporary-folder.js'

test('a pinned file is served after a restart', async (t) => {
  const dir = await temporaryFolder(t)
  const first = await startGateway({ dir })
  const { cid } = await pinned(first.endpoint, Buffer.from('hello world'))
  await first.close()
  const { url } = await localGateway(t, { dir })
  assert.equal(await (await fetch(`${url}/ipfs/${cid}`)).text(), 'hello world')
})

test('closing ends idle connections and unfinished requests', async (t) => {
  const { url, port, close } = await localGateway(t)
  const agent = new Agent({ keepAlive: true })
  const [response] = await once(request(`${url}/ipfs/bafkqaaa`, { agent }).end(), 'response')
  const idle = response.socket
  const ends = [once(idle, 'close')]
  response.resume()
  const stuck = connect(port, '127.0.0.1')
  stuck.on('error', () => {})
  ends.push(new Promise((resolve) => stuck.on('close', resolve)))
  await new Promise((sent) => stuck.write('POST /pin HTTP/1.1\r\nHost: x\r\n', sent))
  await close()
  await Promise.all(ends)
  await close()
  await assert.rejects(fetch(url))
})

test('a port in use and a folder that cannot be created are errors', async (t) => {
  const { port, dir } = await localGateway(t)
  await assert.rejects(startGateway({ dir, port }), { code: 'EADDRINUSE' })
  await assert.rejects(startGateway({ dir: `${import.meta.filename}/x` }), { code: 'ENOTDIR' })
})
