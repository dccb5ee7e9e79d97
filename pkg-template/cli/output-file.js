import { randomUUID } from 'node:crypto'
import { createWriteStream, fstatSync, writeFileSync } from 'node:fs'
import { link, lstat, open, readlink, realpath, rename, rm, stat } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { UsageError } from './usage-error.js'

/**
 * Checks where `get` is to write.
 *
 * @param {string} name
 * @param {boolean} force whether it may exist
 */
export async function checkOutput(name, force) {
  const existing = await statOf(name)
  if (existing?.isDirectory())
    throw new UsageError(`--output must be a file, "${name}" is a folder`)
  if (existing && !force) throw alreadyExists(name)
  const folder = dirname(await followLinks(name))
  if (!(await statOf(folder)))
    throw new UsageError(`--output: the folder "${folder}" does not exist`)
}

/** @param {Blob} blob */
export async function writeToStandardOutput(blob) {
  if (!fstatSync(1).isFile()) return pipeline(blob.stream(), process.stdout, { end: false })
  // For a file, Node's own stream ignores that a full disk has taken only a part.
  for await (const chunk of blob.stream()) writeFileSync(1, chunk)
}

/**
 * Writes a file. A regular file is complete or unchanged, and keeps its mode: a temporary file in the
 * same folder takes its name in one step. A link keeps its target. A device or a pipe is written to.
 *
 * @param {string} name
 * @param {Blob} blob
 * @param {boolean} force whether it may exist
 */
export async function writeOutput(name, blob, force) {
  const existing = await statOf(name)
  if (existing && !force) throw alreadyExists(name)
  if (existing && !existing.isFile()) return pipeline(blob.stream(), createWriteStream(name))
  const path = await followLinks(name)
  const temporary = join(dirname(path), `.${randomUUID()}.part`)
  const mode = existing && existing.mode & 0o777
  const file = await open(temporary, 'wx', mode)
  try {
    // The umask has no effect on the mode of an existing file.
    if (existing) await file.chmod(mode)
    await file.writeFile(blob.stream())
    await file.sync()
    await file.close()
    if (force) await rename(temporary, path)
    else await renameToNew(temporary, path)
  } finally {
    await file.close()
    await rm(temporary, { force: true })
  }
}

/** Node has no `rename` that fails if the new name exists. */
async function renameToNew(from, to) {
  try {
    await link(from, to)
  } catch (error) {
    // Not every file system has hard links.
    if (error.code === 'EEXIST' || (await statOf(to))) throw alreadyExists(to)
    await rename(from, to)
  }
}

/** The path that a write to a name reaches, which may not exist yet. */
async function followLinks(name) {
  try {
    return await realpath(name)
  } catch (error) {
    if (error.code !== 'ENOENT') throw error
    const isLink = await lstat(name).then(
      (stats) => stats.isSymbolicLink(),
      () => false,
    )
    return isLink ? followLinks(resolve(dirname(name), await readlink(name))) : name
  }
}

/** What has a name, or the target of a link; `undefined` if there is nothing. */
async function statOf(name) {
  try {
    return await stat(name)
  } catch (error) {
    if (error.code !== 'ENOENT') throw error
    return undefined
  }
}

const alreadyExists = (name) => new Error(`${name} already exists; use --force to replace it`)
