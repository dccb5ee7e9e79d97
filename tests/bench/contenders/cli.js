/**
 * Usage: node cli.js pin FILE ENDPOINT | cid FILE. What one would write instead of the command line.
 */
import { openAsBlob } from 'node:fs'

const [task, path, endpoint] = process.argv.slice(2)

const TASKS = {
  async pin() {
    const body = new FormData()
    body.append('file', await openAsBlob(path), 'file')
    const headers = { Authorization: `token ${process.env.CAPTURE_TOKEN}` }
    const response = await fetch(endpoint, { method: 'POST', headers, body })
    return (await response.json()).cid
  },
  async cid() {
    const { importerCid } = await import('./importer.js')
    return importerCid(await openAsBlob(path), 1)
  },
}

console.log(await TASKS[task]())
