import { randomUUID } from 'node:crypto'
import { access, open, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { download } from '../../index.js'
import { size } from '../format.js'

/**
 * `get CID`: the bytes are written beside the file and take its name when they are whole.
 *
 * @param {[cid: string]} operands
 * @param {import('../args.js').Options} options
 * @param {import('./inspect.js').Context} context
 */
export async function get([cid], options, { terminal, signal }) {
  const { gateway, timeout, force, output = cid } = options
  const isFile = output !== '-'
  if (isFile && !force && (await exists(output))) throw taken(output)
  const onProgress = ({ loaded, total }) =>
    terminal.draw(total === null ? size(loaded) : `${size(loaded)} of ${size(total)}`)
  try {
    const blob = await download(cid, { gateway, timeout, signal, onProgress })
    if (!isFile) await pipeline(blob.stream(), process.stdout, { end: false })
    else {
      await write(output, blob, force)
      if (options.json) terminal.print(JSON.stringify({ cid, output, size: blob.size }))
      else terminal.print(output)
    }
    return true
  } finally {
    terminal.draw()
  }
}

const exists = (path) =>
  access(path).then(
    () => true,
    () => false,
  )

const taken = (path) => new Error(`${path} is there already; --force replaces it`)

async function write(path, blob, force) {
  const fresh = join(dirname(path), `.${randomUUID()}.part`)
  const file = await open(fresh, 'wx')
  try {
    await file.writeFile(blob.stream())
    await file.sync()
    await file.close()
    // Takes the name, if nobody has it, in one step; there is no `rename` that does.
    if (!force) await (await open(path, 'wx')).close()
    await rename(fresh, path)
  } catch (error) {
    throw error.code === 'EEXIST' ? taken(path) : error
  } finally {
    await file.close()
    await rm(fresh, { force: true })
  }
}
