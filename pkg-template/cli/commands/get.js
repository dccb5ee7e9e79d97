import { download } from '../../index.js'
import { checkCid } from '../cid.js'
import { formatProgress, printable, toJson } from '../format.js'
import { checkOutput, writeOutput, writeToStandardOutput } from '../output-file.js'

/**
 * `get CID` downloads and verifies a CID. Nothing is written unless the bytes match.
 *
 * @type {import('../args.js').Command}
 */
export const get = {
  takes: 'one CID',
  operands: [1, 1],
  options: ['output', 'force', 'gateway', 'timeout'],
  help: `\
Usage: numbers-pin get [OPTION]... CID

Downloads a CID from a gateway. Writes nothing unless the bytes match the CID.

  -o, --output FILE   where to write (default: a file named by the CID);
                      - is standard output
  --force             replace an existing file, follow a symbolic link, write to
                      a device or a named pipe
  --gateway URL       IPFS gateway (default: that of Numbers)
  --timeout SECONDS   time limit, 0 for none (default: 300)
  --json              print {"cid","output","size"} as a line of JSON
  --quiet             show no progress

Example: numbers-pin get bafy... -o photo.jpg`,
  run,
}

async function run([cid], options, { terminal, signal }) {
  const { gateway, timeout, force, json, output = cid } = options
  // Before a file of this name is looked at.
  await checkCid(cid, signal)
  const isFile = output !== '-'
  if (isFile) await checkOutput(output, force)
  const onProgress = ({ loaded, total }) => terminal.drawProgress(formatProgress(loaded, total))
  try {
    const blob = await download(cid, { gateway, timeout, signal, onProgress })
    if (isFile) {
      await writeOutput(output, blob, force)
      terminal.print(json ? toJson({ cid, output, size: blob.size }) : printable(output))
    } else await writeToStandardOutput(blob)
    return true
  } finally {
    terminal.drawProgress()
  }
}
