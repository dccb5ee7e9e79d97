import { cidOf } from '../../index.js'
import { proxyFor } from '../proxy.js'
import { readVersion } from '../version.js'

/** The CID of an empty file. */
const EMPTY = 'bafkreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku'

/** The oldest Node that is supported. */
const OLDEST = [20, 19]

export async function runtime() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  const isOld = major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1])
  return {
    state: isOld ? 'fails' : 'ok',
    found: `numbers-pin ${await readVersion()} in Node ${process.versions.node}, ${process.platform} ${process.arch}`,
    advice: isOld ? `Install Node ${OLDEST.join('.')} or newer` : undefined,
  }
}

export async function webAssembly() {
  const cid = await cidOf(new Blob())
  if (cid !== EMPTY) throw new Error(`The CID of an empty file is computed as ${cid}`)
  return { state: 'ok', found: 'computes CIDs' }
}

/** Names the proxy for a URL, but not its user name and password. */
export async function proxy(url) {
  const used = proxyFor(url)
  const others = ['ALL_PROXY', 'all_proxy'].filter((name) => process.env[name])
  const advice = others.length > 0 ? `${others.join()} is not used: set HTTPS_PROXY` : undefined
  if (!used) return { state: advice ? 'unclear' : 'ok', found: 'none', advice }
  return {
    state: 'ok',
    found: `${used.proxy.host}, by ${used.name}`,
    advice: 'In a script of your own, Node 22.21 and newer use it with NODE_USE_ENV_PROXY=1',
  }
}
