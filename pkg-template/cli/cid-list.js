import { readFile } from 'node:fs/promises'
import { addAbortSignal } from 'node:stream'
import { text } from 'node:stream/consumers'
import { checkCid } from './cid.js'
import { hideTokens } from './secrets.js'
import { UsageError } from './usage-error.js'

/** A CID in the ways in which lists have it. Upper case only where a base has it: not in host names. */
const FORMS = [
  /^(?<cid>\w+)$/,
  /^ipfs:\/\/(?:ipfs\/)?(?<cid>\w+)(?<path>\/[^?#]*)?/,
  /^https?:\/\/[^/?#]+\/ipfs\/(?<cid>\w+)(?<path>\/[^?#]*)?/i,
  /^https?:\/\/(?<cid>\w+)\.ipfs\.[^/?#]+(?<path>\/[^?#]*)?/i,
]

/**
 * The CIDs of operands, each once: an operand is a CID, a file of CIDs, or `-` for a list on standard input.
 *
 * @param {string[]} operands
 * @param {AbortSignal} signal
 * @returns {Promise<string[]>} rejects with a `UsageError` that names the line of the first invalid entry
 */
export async function readCids(operands, signal) {
  const cids = new Set()
  for (const operand of operands) {
    const [problem, cid] = await parseEntry(operand, signal)
    if (problem && operand.includes('://')) throw new UsageError(problem)
    if (cid) cids.add(cid)
    else for (const each of await readList(operand, signal)) cids.add(each)
  }
  if (cids.size === 0) throw new UsageError('The list has no CID')
  return [...cids]
}

/** The CIDs of a list, one a line. Empty lines and those that begin with # are skipped. */
async function readList(name, signal) {
  const cids = []
  const lines = (await readText(name, signal)).replace(/^\ufeff/, '').split(/\r\n|\n|\r/)
  for (const [index, line] of lines.entries()) {
    const entry = line.trim()
    if (entry === '' || entry.startsWith('#')) continue
    const [problem, cid] = await parseEntry(entry, signal)
    if (problem) {
      // It may be the file of the token.
      const shown = hideTokens(problem, [entry])
      throw new UsageError(`Line ${index + 1} of ${name === '-' ? 'the list' : name}: ${shown}`)
    }
    cids.push(cid)
  }
  return cids
}

async function readText(name, signal) {
  if (name === '-') return text(addAbortSignal(signal, process.stdin))
  try {
    return await readFile(name, { encoding: 'utf8', signal })
  } catch (error) {
    if (signal.aborted) throw error
    throw new UsageError(
      `"${name}" is neither a CID nor a file of CIDs that can be read (${error.code}); - is standard input`,
    )
  }
}

/** @returns {Promise<[problem?: string, cid?: string]>} what is wrong, or the CID */
async function parseEntry(entry, signal) {
  const { cid, path = '' } = FORMS.map((form) => form.exec(entry)?.groups).find(Boolean) ?? {}
  if (cid === undefined) return [`"${entry}" is not a CID`]
  if (/[^/]/.test(path))
    return [`"${entry}" is a path in a directory: expected the CID of the file itself`]
  try {
    await checkCid(cid, signal)
    return [undefined, cid]
  } catch (error) {
    if (error.code !== 'invalid-input') throw error
    return [`"${entry}": ${error.message}`]
  }
}
