const AT_ONCE = 3

/** @type {(() => Promise<void>)[]} */
const line = []
let running = 0

/** Runs a job as soon as fewer than three others run. A job never rejects. */
export function enqueue(job) {
  line.push(job)
  advance()
}

/** Takes a job out of the line again. False if it has begun. */
export function withdraw(job) {
  const place = line.indexOf(job)
  if (place < 0) return false
  line.splice(place, 1)
  return true
}

async function advance() {
  if (running === AT_ONCE || line.length === 0) return
  running += 1
  await line.shift()()
  running -= 1
  advance()
}
