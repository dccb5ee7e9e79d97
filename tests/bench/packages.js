import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/**
 * What npm brings for a package of `node_modules/`: itself and, over and over, what it depends on. A
 * peer that may be missing is not brought.
 *
 * @param {string} name
 * @returns {Promise<{ version: string, packages: number, installed: number, unpacked: number }>} how
 *   many packages, and the bytes of all and of the package itself
 */
export async function installed(name) {
  const root = new URL('.', import.meta.url)
  const { packages } = JSON.parse(await readFile(new URL('node_modules/.package-lock.json', root)))
  const own = `node_modules/${name}`
  const paths = new Set([own])
  // A set that grows while it is gone through ends when nothing new comes.
  for (const path of paths) {
    const { dependencies, optionalDependencies, peerDependencies, peerDependenciesMeta } =
      packages[path]
    const isWanted = (peer) => !peerDependenciesMeta?.[peer]?.optional
    const peers = Object.keys(peerDependencies ?? {}).filter(isWanted)
    const needs = Object.keys({ ...dependencies, ...optionalDependencies })
    for (const need of [...needs, ...peers]) {
      const found = resolve(packages, path, need)
      if (found) paths.add(found)
    }
  }
  // Alone it would find room for one of each at the top.
  const once = new Map([...paths].map((path) => [versioned(packages, path), path]))
  const folders = [own, ...once.values()].map((path) => fileURLToPath(new URL(path, root)))
  const [unpacked, ...sizes] = await Promise.all(folders.map(bytesIn))
  return {
    version: packages[own].version,
    packages: once.size,
    installed: sizes.reduce((sum, size) => sum + size),
    unpacked,
  }
}

function versioned(packages, path) {
  const name = path.slice(path.lastIndexOf('node_modules/'))
  return `${name}@${packages[path].version}`
}

/** Where a package finds another: in the nearest `node_modules/` upwards. */
function resolve(packages, from, name) {
  for (let path = from; ; path = path.slice(0, path.lastIndexOf('/node_modules/'))) {
    const inner = `${path}/node_modules/${name}`
    if (inner in packages) return inner
    if (!path.includes('/node_modules/')) break
  }
  const top = `node_modules/${name}`
  return top in packages ? top : undefined
}

/** The bytes of a package's files, without those of the packages in it. */
export async function bytesIn(folder) {
  const entries = await readdir(folder, { withFileTypes: true })
  const sizes = await Promise.all(
    entries.map(async (entry) => {
      const path = join(folder, entry.name)
      if (entry.isDirectory()) return entry.name === 'node_modules' ? 0 : bytesIn(path)
      return (await stat(path)).size
    }),
  )
  return sizes.reduce((sum, size) => sum + size, 0)
}
