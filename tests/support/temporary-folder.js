import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Creates a folder that is deleted when the test `t` has ended. */
export async function temporaryFolder(t) {
  const dir = await mkdtemp(join(tmpdir(), 'numbers-pin-'))
  t.after(() => rm(dir, { recursive: true }))
  return dir
}
