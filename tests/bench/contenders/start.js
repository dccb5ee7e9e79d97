/**
 * Usage: node start.js CONTENDER, a file of `start/`. Writes as JSON how long it took, in ms, from its
 * import to the end of its first call, and what came out.
 */
const began = performance.now()
const { ready } = await import(`./start/${process.argv[2]}.js`)
const result = await ready()
console.log(JSON.stringify({ ms: performance.now() - began, result }))
