import { ask } from './ask.js'

ask(new SharedWorker(new URL('./worker.js', import.meta.url), { type: 'module' }).port)
