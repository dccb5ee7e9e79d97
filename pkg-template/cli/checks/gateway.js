import { verify } from '../../index.js'
import { compareClock } from './clock.js'

const RAW_BLOCK = 'application/vnd.ipld.raw'

const ABSENT =
  'Name a CID that it should have, such as that of your last pin: numbers-pin doctor CID'

const request = ({ gateway, cid }, signal, query = '', headers = {}) =>
  fetch(`${String(gateway).replace(/\/+$/, '')}/ipfs/${cid}${query}`, { headers, signal })

export async function content(subject, signal) {
  const response = await request(subject, signal)
  if (!response.ok) {
    await response.body?.cancel()
    return { state: 'unclear', found: `status ${response.status}`, advice: ABSENT }
  }
  const blob = await response.blob()
  const { verified } = await verify(blob, subject.cid, { signal })
  return verified
    ? { state: 'ok', found: `${blob.size} bytes, which are those of the CID` }
    : {
        state: 'unclear',
        found: `${blob.size} bytes, which no known profile proves`,
        advice: 'A directory, or another tree than this package builds: see numbers-pin get CID',
      }
}

export async function range(subject, signal) {
  const response = await request(subject, signal, '', { range: 'bytes=0-0' })
  await response.body?.cancel()
  const { status } = response
  if (status === 206) return { state: 'ok', found: 'served (status 206)' }
  return {
    state: 'unclear',
    found: `status ${status}`,
    advice: status === 200 ? 'Range requests are ignored: players cannot seek' : ABSENT,
  }
}

export async function block(subject, signal) {
  const response = await request(subject, signal, '?format=raw', { accept: RAW_BLOCK })
  await response.body?.cancel()
  const type = response.headers.get('content-type') ?? 'no type'
  if (response.ok && type.startsWith(RAW_BLOCK)) return { state: 'ok', found: 'served' }
  return {
    state: 'unclear',
    found: `status ${response.status}, ${type}`,
    advice: response.ok
      ? 'Files of unknown profiles cannot be verified here: use another --gateway for those'
      : ABSENT,
  }
}

export async function clock(subject, signal) {
  const response = await request(subject, signal, '', { range: 'bytes=0-0' })
  await response.body?.cancel()
  return compareClock(response)
}
