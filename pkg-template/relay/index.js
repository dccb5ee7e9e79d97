export { toNodeHandler } from './node.js'
export { createRelay } from './relay.js'
