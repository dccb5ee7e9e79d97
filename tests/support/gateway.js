import { startGateway } from '../../www/gateway/server.js'
import { temporaryFolder } from './temporary-folder.js'

/** Starts a gateway that stops when the test `t` has ended; `dir` is the folder of its blocks. */
export async function localGateway(t, options) {
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

/** Pins bytes, and resolves to the JSON of the response. */
export async function pinned(endpoint, bytes, entries = []) {
  const response = await postForm(endpoint, [['file', bytes], ...entries])
  const answer = await response.json()
  if (response.status !== 200) throw new Error(answer.message)
  return answer
}
