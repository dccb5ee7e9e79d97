import { toFailure } from '../checks/failure.js'
import { GROUPS } from '../checks/index.js'
import { checkCid } from '../cid.js'
import { ENDPOINT, GATEWAY } from '../defaults.js'
import { printable, toJson } from '../format.js'
import { gatewayBase } from '../url.js'
import { UsageError } from '../usage-error.js'

/** The time limit of each check in milliseconds. */
const TIMEOUT = 10_000

/** An image that a page of Numbers shows, of 302 463 bytes. */
const CID = 'bafybeib5cnfrbdhbyvdx55c5p3n5pan6kidnvd2xvt5olz5w4jc7hvqf4e'

const MARKS = { ok: ['✓', 'green'], fails: ['✗', 'red'], unclear: ['?', 'yellow'] }

/**
 * `doctor` checks what works from here. It orders nothing, and neither needs nor sends the token.
 *
 * @type {import('../args.js').Command}
 */
export const doctor = {
  takes: 'at most one CID',
  operands: [0, 1],
  options: ['endpoint', 'gateway', 'origin', 'timeout'],
  help: `\
Usage: numbers-pin doctor [OPTION]... [CID]

Checks what works from here: runtime, proxy, the endpoint and its CORS headers,
the gateway, the clock. Pays nothing, needs no token and sends none. CID is one
that the gateway should have, such as that of your last pin.

  --origin ORIGIN     origin of your page (default: https://example.org)
  --endpoint URL      endpoint to check (default: the Numbers API)
  --gateway URL       gateway to check (default: that of Numbers)
  --timeout SECONDS   limit for each check, 0 for none (default: 10)
  --json              print each check as a line of JSON
  --quiet             print only what does not work

The report has no token and no password: it can be published.
Exits with 0 unless a check failed (✗).

Example: numbers-pin doctor --origin https://my-page.example`,
  run,
}

async function run([cid = CID], options, { terminal, signal }) {
  const {
    endpoint = ENDPOINT,
    gateway = GATEWAY,
    origin = 'https://example.org',
    timeout = TIMEOUT,
    json,
    quiet,
  } = options
  if (Array.isArray(gateway)) throw new UsageError('doctor checks one --gateway')
  // What is not a CID may be the token, and must not be sent.
  await checkCid(cid, signal)
  const subject = {
    cid,
    endpoint: new URL(endpoint),
    gateway: new URL(gatewayBase(gateway)),
    origin,
  }
  let succeeded = true
  for (const group of GROUPS)
    for await (const [name, result] of runGroup(group, subject, timeout, signal)) {
      succeeded &&= result.state !== 'fails'
      if (quiet && result.state === 'ok') continue
      terminal.print(json ? toJson({ check: name, ...result }) : line(name, result, terminal))
    }
  return succeeded
}

/** The results of the checks of a group, by name. After one that throws the others are not tried. */
async function* runGroup(group, subject, timeout, signal) {
  let isOver = false
  for (const [name, check] of Object.entries(group))
    if (isOver) yield [name, { state: 'unclear', found: 'not checked' }]
    else
      try {
        yield [name, await within(timeout, signal, (limit) => check(subject, limit))]
      } catch (error) {
        if (signal.aborted) throw error
        isOver = true
        yield [name, toFailure(error)]
      }
}

/** Not every check can be aborted, such as the look-up of a name. */
async function within(timeout, signal, check) {
  const limit = new AbortController()
  const late = new Error(`no result within ${timeout / 1000} s`)
  const timer = timeout > 0 ? setTimeout(() => limit.abort(late), timeout) : undefined
  const either = AbortSignal.any([signal, limit.signal])
  const aborted = new Promise((_, reject) =>
    either.addEventListener('abort', () => reject(either.reason)),
  )
  try {
    return await Promise.race([check(either), aborted])
  } catch (error) {
    if (signal.aborted) throw new DOMException('Interrupted', 'AbortError')
    throw limit.signal.aborted ? late : error
  } finally {
    clearTimeout(timer)
  }
}

function line(name, { state, found, advice }, terminal) {
  const [mark, color] = MARKS[state]
  const text = `${name}: ${found}${advice ? `. ${advice}` : ''}`
  return `${terminal.colored(color, mark)} ${printable(text)}`
}
