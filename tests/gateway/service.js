import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startGateway } from '../../www/gateway/server.js'

/** A folder that goes when the test `t` has ended. */
export async function temporaryFolder(t) {
  const dir = await mkdtemp(join(tmpdir(), 'gateway-'))
  t.after(() => rm(dir, { recursive: true }))
  return dir
}

/** A gateway that stops when the test `t` has ended, with the folder of its blocks as `dir`. */
export async function service(t, options) {
  const dir = await temporaryFolder(t)
  const gateway = await startGateway({ dir, ...options })
  t.after(() => gateway.close())
  return { ...gateway, dir }
}

/** Posts a form. Entries whose value is bytes become files. */
export function postForm(endpoint, entries, token = 'local-token') {
  const body = new FormData()
  for (const [name, value] of entries) {
    if (typeof value === 'string') body.append(name, value)
    else body.append(name, new Blob([value]), 'name.bin')
  }
  return fetch(endpoint, { method: 'POST', body, headers: { Authorization: `token ${token}` } })
}

/** Posts a value as JSON. */
export function postJson(endpoint, value, headers = {}) {
  return fetch(endpoint, {
    method: 'POST',
    body: JSON.stringify(value),
    headers: {
      Authorization: 'token local-token',
      'Content-Type': 'application/json',
      ...headers,
    },
  })
}

/** Pins bytes and gives the answer of the service. */
export async function pinned(endpoint, bytes, entries = []) {
  const response = await postForm(endpoint, [['file', bytes], ...entries])
  const answer = await response.json()
  if (response.status !== 200) throw new Error(answer.message)
  return answer
}
