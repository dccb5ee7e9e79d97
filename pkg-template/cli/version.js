import { readFile } from 'node:fs/promises'

/** Reads the version of the package. */
export async function readVersion() {
  const text = await readFile(new URL('../package.json', import.meta.url), 'utf8')
  return JSON.parse(text).version
}
