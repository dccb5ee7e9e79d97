import { ask } from './ask.js'

ask(new Worker(new URL('./worker.js', import.meta.url), { type: 'module' }))
