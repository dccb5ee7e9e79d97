import { download } from '../pkg/index.js'

/**
 * Downloads a file by its CID and verifies it. Uses the gateway of the URL; without one, that of the service.
 *
 * @param {import('./reference.js').Reference} reference
 * @param {string} serviceGateway
 * @param {object} call
 * @param {AbortSignal} call.signal
 * @param {(host: string, loaded: number) => void} call.onProgress with the bytes that have arrived
 * @returns {Promise<File>} rejects with the error of the gateway
 */
export async function downloadFile({ cid, gateway, name }, serviceGateway, call) {
  const from = gateway ?? serviceGateway
  const { host } = new URL(from)
  const onProgress = ({ loaded }) => call.onProgress(host, loaded)
  onProgress({ loaded: 0 })
  const blob = await download(cid, { gateway: from, signal: call.signal, onProgress })
  return new File([blob], name || cid, { type: blob.type })
}
