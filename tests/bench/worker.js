/**
 * Usage: node worker.js MODULE, by a parent that sends calls of what the module exports, one at a
 * time.
 */
const contenders = await import(process.argv[2])

process.on('message', async ([name, ...args]) => {
  try {
    process.send({ value: await contenders[name](...args) })
  } catch (error) {
    process.send({ error: error.stack })
  }
})
process.send('ready')
