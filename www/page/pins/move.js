import { download } from '../pkg/index.js'

/** Gateways of the whole IPFS network. */
const PUBLIC_GATEWAYS = ['https://ipfs.io', 'https://dweb.link']

/**
 * Downloads a file by its CID and verifies it. Uses the gateway of the URL; without one, that of the service
 * and then public ones.
 *
 * @param {import('./reference.js').Reference} reference
 * @param {string} serviceGateway
 * @param {object} call
 * @param {AbortSignal} call.signal
 * @param {(host: string, loaded: number) => void} call.onProgress with the bytes that have arrived
 * @returns {Promise<File>} rejects with the error of the last gateway
 */
export async function downloadFile({ cid, gateway, name }, serviceGateway, call) {
  const gateways = gateway ? [gateway] : [serviceGateway, ...PUBLIC_GATEWAYS]
  let failure
  for (const gateway of gateways) {
    const { host } = new URL(gateway)
    const onProgress = ({ loaded }) => call.onProgress(host, loaded)
    onProgress({ loaded: 0 })
    try {
      const blob = await download(cid, { gateway, signal: call.signal, onProgress })
      return new File([blob], name || cid, { type: blob.type })
    } catch (error) {
      failure = error
      if (call.signal.aborted) break
    }
  }
  throw failure
}
