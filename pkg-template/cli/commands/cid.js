import { cidOf } from '../../index.js'
import { printable, toJson } from '../format.js'
import { expandPatterns } from '../operands.js'
import { hideTokens } from '../secrets.js'
import { openSource } from '../source.js'

/**
 * `cid FILE|- …` computes CIDs without sending anything. It continues after a file that cannot be read.
 *
 * @type {import('../args.js').Command}
 */
export const cid = {
  takes: 'one or more files',
  operands: [1, Infinity],
  options: ['cid-version'],
  help: `\
Usage: numbers-pin cid [OPTION]... FILE|- ...

Prints the CID of each file, or of standard input (-). Sends nothing.

  --cid-version 0|1   version of the CID (default: 1)
  --json              print {"source","cid"} as a line of JSON
  --quiet             print only CIDs and errors

Example: numbers-pin cid photos/*.jpg`,
  run,
}

async function run(operands, options, { terminal, signal }) {
  const { 'cid-version': version } = options
  let succeeded = true
  for (const name of await expandPatterns(operands)) {
    try {
      const source = await openSource(name, signal)
      terminal.print(row(name, await cidOf(source, { version, signal }), options))
    } catch (error) {
      if (signal.aborted || error.code === 'invalid-input') throw error
      const message = `${name}: ${error.message}`
      terminal.complain(error.code === 'ENOENT' ? hideTokens(message, [name]) : message)
      succeeded = false
    }
  }
  return succeeded
}

function row(source, cid, { json, quiet }) {
  if (json) return toJson({ source, cid })
  return quiet ? cid : `${cid}  ${printable(source)}`
}
