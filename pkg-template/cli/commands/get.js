import { randomUUID } from 'node:crypto'
import { access, open, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { download } from '../../index.js'
import { formatProgress } from '../format.js'

/**
 * `get CID` downloads and verifies a CID. Nothing is written unless the bytes match.
 *
 * @param {[cid: string]} operands
 * @param {import('../args.js').Options} options
 * @param {import('../context.js').Context} context
 * @returns {Promise<boolean>}
 */
export async function get([cid], options, { terminal, signal }) {
  const { gateway, timeout, force, json, output = cid } = options
  const isFile = output !== '-'
  if (isFile && !force && (await exists(output))) throw alreadyExists(output)
  const onProgress = ({ loaded, total }) => terminal.drawProgress(formatProgress(loaded, total))
  try {
    const blob = await download(cid, { gateway, timeout, signal, onProgress })
    if (isFile) {
      await write(output, blob, force)
      terminal.print(json ? JSON.stringify({ cid, output, size: blob.size }) : output)
    } else await pipeline(blob.stream(), process.stdout, { end: false })
    return true
  } finally {
    terminal.drawProgress()
  }
}

const exists = (path) =>
  access(path).then(
    () => true,
    () => false,
  )

const alreadyExists = (path) => new Error(`${path} is there already; --force replaces it`)

/** Writes a temporary file in the same folder and renames it, so the file is complete or absent. */
async function write(path, blob, force) {
  const temporary = join(dirname(path), `.${randomUUID()}.part`)
  const file = await open(temporary, 'wx')
  try {
    await file.writeFile(blob.stream())
    await file.sync()
    await file.close()
    // Node has no `rename` that fails if the path exists, so an empty file reserves it first.
    if (!force) await (await open(path, 'wx')).close()
    await rename(temporary, path)
  } catch (error) {
    throw error.code === 'EEXIST' ? alreadyExists(path) : error
  } finally {
    await file.close()
    await rm(temporary, { force: true })
  }
}
