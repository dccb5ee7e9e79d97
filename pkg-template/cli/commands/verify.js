import * as pinning from '../../index.js'
import { openSource } from '../source.js'

/**
 * `verify CID FILE|-` compares a file with a CID without sending anything.
 *
 * @param {[cid: string, name: string]} operands
 * @param {import('../args.js').Options} options
 * @param {import('../context.js').Context} context
 * @returns {Promise<boolean>} whether they match
 */
export async function verify([cid, name], options, { terminal, signal }) {
  const { source } = await openSource(name)
  const verification = await pinning.verify(source, cid, { signal })
  if (options.json) terminal.print(JSON.stringify({ source: name, cid, ...verification }))
  else terminal.print(describe(verification, options))
  return verification.verified
}

function describe({ verified, profile, computed }, { quiet }) {
  if (verified) return quiet ? 'verified' : `verified by ${profile}`
  return quiet || !computed ? 'not verified' : `not verified: ${computed}`
}
