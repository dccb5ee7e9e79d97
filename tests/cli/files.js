import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { temporaryFolder } from '../support/temporary-folder.js'

/** A folder with these files, until the test has ended. */
export async function folder(t, files) {
  const dir = await temporaryFolder(t)
  for (const [name, content] of Object.entries(files)) await writeFile(join(dir, name), content)
  return dir
}
