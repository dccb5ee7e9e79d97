import * as pinning from '../../index.js'
import { open } from '../source.js'
import { plain } from '../terminal.js'

/**
 * The commands that order nothing. Each gives whether all went well.
 *
 * @typedef {object} Context
 * @property {import('../terminal.js').Terminal} terminal
 * @property {AbortSignal} signal fires when nothing more is wanted: by an interruption, or since nobody
 *   reads the results any more
 * @property {AbortSignal} interrupted fires by an interruption alone
 */

/** `cid FILE…` */
export async function cid(files, options, { terminal, signal }) {
  const { 'cid-version': version } = options
  let isGood = true
  for (const name of files) {
    try {
      const { source } = await open(name)
      const found = await pinning.cidOf(source, { version, signal })
      if (options.json) terminal.print(JSON.stringify({ source: name, cid: found }))
      else terminal.print(options.quiet ? found : `${found}  ${plain(name)}`)
    } catch (error) {
      if (signal.aborted || error.code === 'invalid-input') throw error
      terminal.complain(`${name}: ${error.message}`)
      isGood = false
    }
  }
  return isGood
}

/** `verify CID FILE` */
export async function verify([cid, name], options, { terminal, signal }) {
  const { source } = await open(name)
  const verification = await pinning.verify(source, cid, { signal })
  const { verified, profile, computed } = verification
  if (options.json) terminal.print(JSON.stringify({ source: name, cid, ...verification }))
  else if (verified) terminal.print(options.quiet ? 'verified' : `verified by ${profile}`)
  else terminal.print(options.quiet || !computed ? 'not verified' : `not verified: ${computed}`)
  return verified
}

/** `locate CID` */
export async function locate([cid], options, { terminal, signal }) {
  const { gateway, timeout } = options
  const place = await pinning.locate(cid, { gateway, timeout, signal })
  terminal.print(options.json ? JSON.stringify({ cid, place }) : place)
  return place === 'present'
}
