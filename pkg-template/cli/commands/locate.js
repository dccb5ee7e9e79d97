import * as pinning from '../../index.js'
import { toJson } from '../format.js'

/**
 * `locate CID` asks the gateway whether it has a CID.
 *
 * @type {import('../args.js').Command}
 */
export const locate = {
  takes: 'one CID',
  operands: [1, 1],
  options: ['gateway', 'timeout'],
  help: `\
Usage: numbers-pin locate [OPTION]... CID

Asks a gateway whether it has a CID: prints present, absent or unknown.
Exits with 0 if it is present, and with 1 if not.

  --gateway URL       IPFS gateway (default: that of Numbers)
  --timeout SECONDS   time limit, 0 for none (default: 30)
  --json              print {"cid","presence"} as a line of JSON

Example: numbers-pin locate bafy...`,
  run,
}

async function run([cid], { gateway, timeout, json }, { terminal, signal }) {
  const presence = await pinning.locate(cid, { gateway, timeout, signal })
  terminal.print(json ? toJson({ cid, presence }) : presence)
  return presence === 'present'
}
