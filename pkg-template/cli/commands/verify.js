import * as pinning from '../../index.js'
import { toJson } from '../format.js'
import { checkOperands } from '../operands.js'
import { openSource } from '../source.js'

/**
 * `verify CID FILE|-` compares a file with a CID without sending anything.
 *
 * @type {import('../args.js').Command}
 */
export const verify = {
  takes: 'a CID and a file',
  operands: [2, 2],
  options: [],
  help: `\
Usage: numbers-pin verify [OPTION]... CID FILE|-

Compares a file, or standard input (-), with a CID. Sends nothing.
Exits with 0 if the CID is that of the file, and with 1 if not.

  --json    print the result as a line of JSON
  --quiet   print only "verified" or "not verified"

Example: numbers-pin verify bafy... photo.jpg`,
  run,
}

async function run([cid, name], options, { terminal, signal }) {
  await checkOperands([name])
  const verification = await pinning.verify(await openSource(name, signal), cid, { signal })
  if (options.json) terminal.print(toJson({ source: name, cid, ...verification }))
  else terminal.print(describe(verification, options))
  return verification.verified
}

function describe({ verified, profile, computed }, { quiet }) {
  if (verified) return quiet ? 'verified' : `verified by ${profile}`
  return quiet || !computed ? 'not verified' : `not verified; the CID of the file is ${computed}`
}
