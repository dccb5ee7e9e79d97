// Pins with every fault of the table. An unhandled rejection ends this process with an error.
import { pin } from '../../pkg/index.js'
import { SMALL } from '../support/faults/answers.js'
import { startFaults } from '../support/faults/server.js'
import { STALLS } from '../support/faults/stalls.js'
import { FAULTS } from '../support/faults/table.js'

const faults = await startFaults()

function meet(fault, further) {
  const source = new Blob([(fault.content ?? SMALL).bytes()])
  const options = { token: 'x', endpoint: faults.endpoint(fault), ...fault.options, ...further }
  return Promise.allSettled([pin(source, options)])
}

for (const further of [{}, { onProgress() {} }]) {
  const stalls = STALLS.map((fault) => meet(fault, further))
  for (const fault of FAULTS) if (!STALLS.includes(fault)) await meet(fault, further)
  await Promise.all(stalls)
}
const options = { token: 'x', endpoint: faults.endpoint(FAULTS[0]) }
for (const source of [undefined, null, 42, {}, 'text', new Response(null, { status: 404 })])
  await Promise.allSettled([pin(source, options), pin(source, { ...options, tokne: 1 })])
await faults.close()
