import { PinError, pin } from 'numbers-pin'
import { report } from './report.js'
import { use } from './use.js'

/** Without a token too: the endpoint is of the page's own origin. */
const order =
  (endpoint, more) =>
  (bytes, { token }) =>
    pin(bytes, { endpoint, ...more, token: token === 'local-token' ? token : undefined })

const uses = []
for (const endpoint of ['pin', '/pin'])
  for (const more of [{}, { onProgress() {} }])
    uses.push(await use({ PinError, pin: order(endpoint, more) }))
report(uses)
