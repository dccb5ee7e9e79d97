import * as pinning from '../../index.js'

/**
 * `locate CID` asks the gateway whether it has a CID.
 *
 * @param {[cid: string]} operands
 * @param {import('../args.js').Options} options
 * @param {import('../context.js').Context} context
 * @returns {Promise<boolean>} whether it is present
 */
export async function locate([cid], { gateway, timeout, json }, { terminal, signal }) {
  const place = await pinning.locate(cid, { gateway, timeout, signal })
  terminal.print(json ? JSON.stringify({ cid, place }) : place)
  return place === 'present'
}
