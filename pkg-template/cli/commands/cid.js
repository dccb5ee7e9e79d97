import { cidOf } from '../../index.js'
import { printable } from '../format.js'
import { openSource } from '../source.js'

/**
 * `cid FILE|- …` computes CIDs without sending anything. It continues after a file that cannot be read.
 *
 * @param {string[]} names
 * @param {import('../args.js').Options} options
 * @param {import('../context.js').Context} context
 * @returns {Promise<boolean>} whether every file has a CID
 */
export async function cid(names, options, { terminal, signal }) {
  const { 'cid-version': version } = options
  let succeeded = true
  for (const name of names) {
    try {
      const { source } = await openSource(name)
      terminal.print(row(name, await cidOf(source, { version, signal }), options))
    } catch (error) {
      if (signal.aborted || error.code === 'invalid-input') throw error
      terminal.complain(`${name}: ${error.message}`)
      succeeded = false
    }
  }
  return succeeded
}

function row(source, cid, { json, quiet }) {
  if (json) return JSON.stringify({ source, cid })
  return quiet ? cid : `${cid}  ${printable(source)}`
}
