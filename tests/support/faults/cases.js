import { OPERATIONS } from './operations.js'
import { BROKEN, BUSY, BUSY_UNTIMED, LOST, PINNED, REFUSED, STEPS } from './steps.js'

const RETRIES = 2

/** Each step alone, each step after a retried one, and some steps after two retried ones. */
const SCRIPTS = [
  ...STEPS.map((step) => [step]),
  ...[BUSY, BUSY_UNTIMED, REFUSED].flatMap((first) => STEPS.map((step) => [first, step])),
  ...[BUSY, REFUSED].flatMap((first) =>
    [BUSY, REFUSED].flatMap((second) =>
      [PINNED, LOST, BROKEN, BUSY, REFUSED].map((third) => [first, second, third]),
    ),
  ),
]

/** Cases with fewer retries. */
const IMPATIENT = [
  { steps: [BUSY], retries: 0 },
  { steps: [REFUSED], retries: 0 },
  { steps: [BUSY, BUSY], retries: 1 },
  { steps: [REFUSED, BUSY], retries: 1 },
  { steps: [BUSY, REFUSED], retries: 1 },
  { steps: [REFUSED, REFUSED], retries: 1 },
]

/**
 * The scripts with each operation. Steps after a refused connection are left out for pages: a page
 * does not learn of it, and does not retry.
 *
 * @param {'node' | 'chromium'} runtime
 * @returns {{ name: string, steps: import('./steps.js').Step[], retries: number, operation: string }[]}
 */
export function casesFor(runtime) {
  const scripts = [...SCRIPTS.map((steps) => ({ steps, retries: RETRIES })), ...IMPATIENT]
  return scripts.flatMap(({ steps, retries }) =>
    Object.keys(OPERATIONS)
      .filter((operation) => runtime === 'node' || isForPages(steps, operation))
      .map((operation) => ({
        name: `${operation}: ${steps.map(({ name }) => name).join(', then ')}${retries === RETRIES ? '' : `, with ${retries} retries`}`,
        steps,
        retries,
        operation,
      })),
  )
}

function isForPages(steps, operation) {
  const at = steps.indexOf(REFUSED)
  return at < 0 || (at === steps.length - 1 && OPERATIONS[operation].orders === 1)
}
