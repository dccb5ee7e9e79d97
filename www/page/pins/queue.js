/** How many jobs run at the same time. */
const CONCURRENCY = 3

/** @type {(() => Promise<void>)[]} */
const waiting = []
let running = 0

/** Adds a job, which runs when there is room. A job must not reject. */
export function enqueue(job) {
  waiting.push(job)
  advance()
}

/** Removes a job. False if it has started. */
export function withdraw(job) {
  const index = waiting.indexOf(job)
  if (index < 0) return false
  waiting.splice(index, 1)
  return true
}

async function advance() {
  if (running === CONCURRENCY || waiting.length === 0) return
  running += 1
  await waiting.shift()()
  running -= 1
  advance()
}
