// Preloaded by a gateway: kills its process in the middle of writing its nth block.
import promises from 'node:fs/promises'
import { syncBuiltinESMExports } from 'node:module'

const { writeFile } = promises
let left = Number(process.env.KILL_AT)

promises.writeFile = async (path, data, ...options) => {
  left -= 1
  if (left > 0) return writeFile(path, data, ...options)
  await writeFile(path, data.subarray(0, data.length / 2), ...options)
  process.kill(process.pid, 'SIGKILL')
}
syncBuiltinESMExports()
