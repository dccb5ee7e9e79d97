import { lstat, readdir, stat } from 'node:fs/promises'
import { join, parse, sep } from 'node:path'
import { isUrl, normalizeUrl } from './url.js'
import { UsageError } from './usage-error.js'

/**
 * Replaces the patterns that the shell has left, such as `photos/*` on Windows, by the files they match.
 * Like a shell, it keeps a pattern without a match, and names with a leading dot need a pattern with one.
 *
 * @param {string[]} names
 * @returns {Promise<string[]>}
 */
export async function expandPatterns(names) {
  const expanded = await Promise.all(names.map(expand))
  return expanded.flat()
}

/**
 * Checks the operands before the first one is read: files have to exist and URLs have to be valid.
 * Whether a file can be read shows later, and only ends its own order.
 *
 * @param {string[]} names rejects with a `UsageError`
 */
export async function checkOperands(names) {
  for (const name of names)
    if (isUrl(name)) {
      if (!normalizeUrl(name)) throw new UsageError(`"${name}" is not a valid URL`)
    } else if (name !== '-' && !(await exists(name)) && !isUndecodable(name))
      throw new UsageError(
        `"${name}" does not exist: expected a file, an http(s) URL, or - for standard input`,
      )
}

/**
 * Refuses to publish the files of the token and of the journal, which a pattern such as `*` may name.
 *
 * @param {string[]} names rejects with a `UsageError`
 * @param {import('./args.js').Options} options
 */
export async function rejectOwnFiles(names, options) {
  for (const option of ['token-file', 'log']) {
    const own = options[option] === undefined ? undefined : await identify(options[option])
    if (!own) continue
    for (const name of names)
      if (!isUrl(name) && name !== '-' && (await identify(name)) === own)
        throw new UsageError(
          `"${name}" is the file of --${option}, which must not be published: move it to another folder`,
        )
  }
}

/** What is the same for all names of a file; `undefined` if there is none. */
const identify = (name) =>
  stat(name, { bigint: true }).then(
    ({ dev, ino }) => `${dev}:${ino}`,
    () => undefined,
  )

/** Node cannot open a file whose name is not UTF-8: it gets a replacement character for some bytes. */
const isUndecodable = (name) => name.includes('\ufffd')

/** Whether there is an entry of this name, which may be a dangling link. `true` if that is unknown. */
const exists = (name) =>
  lstat(name).then(
    () => true,
    ({ code }) => !['ENOENT', 'ENOTDIR', 'ENAMETOOLONG'].includes(code),
  )

const isPattern = (name) => /[*?]/.test(name)

async function expand(name) {
  if (!isPattern(name) || isUrl(name) || (await exists(name))) return [name]
  const { root } = parse(name)
  const parts = name.slice(root.length).split(sep === '\\' ? /[\\/]/ : '/')
  let paths = [root]
  for (const part of parts) {
    const matches = await Promise.all(paths.map((folder) => match(folder, part)))
    paths = matches.flat()
  }
  return paths.length > 0 ? paths : [name]
}

/** The paths in a folder that match one part of a pattern, sorted. */
async function match(folder, part) {
  const path = join(folder, part)
  if (!isPattern(part)) return (await exists(path)) ? [path] : []
  const names = await readdir(folder || '.').catch(() => [])
  const pattern = toRegExp(part)
  const visible = part.startsWith('.') ? names : names.filter((name) => !name.startsWith('.'))
  return visible
    .filter((name) => pattern.test(name))
    .sort()
    .map((name) => join(folder, name))
}

function toRegExp(pattern) {
  const source = pattern
    .replace(/[\\^$+.()|[\]{}]/g, '\\$&')
    .replace(/\*+/g, '.*')
    .replaceAll('?', '.')
  return new RegExp(`^${source}$`, 'su')
}
