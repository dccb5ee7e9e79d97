import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { temporaryFolder } from '../support/temporary-folder.js'

/** Creates a folder with these files. It is removed after the test. */
export async function folder(t, files) {
  const dir = await temporaryFolder(t)
  for (const [name, content] of Object.entries(files)) await writeFile(join(dir, name), content)
  return dir
}

/** The entries of a journal. */
export async function entries(path) {
  const text = await readFile(path, 'utf8')
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
}
