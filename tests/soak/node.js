// Sends the pins in its own process, and prints their results, the memory after each thousand of them,
// and how many listeners their signal has at the end.
import { getEventListeners } from 'node:events'
import { setImmediate } from 'node:timers/promises'
import { ends, pins, signal, wasm } from './client.js'
import { PINS } from './kinds.js'

const measured = []
for (let from = 0; from < PINS; from += 1000) {
  await pins(process.argv.slice(2), from, from + 1000)
  // Objects that finalizers release are freed by the next collection.
  for (let round = 0; round < 3; round++) {
    gc()
    await setImmediate()
  }
  measured.push({ heap: process.memoryUsage().heapUsed, wasm: wasm() })
}
const listeners = getEventListeners(signal, 'abort').length
console.log(JSON.stringify({ ends: [...ends], measured, listeners }))
