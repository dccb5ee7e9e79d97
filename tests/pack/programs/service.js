import { ask } from './ask.js'

const worker = new URL('./worker.js', import.meta.url)
ask((await navigator.serviceWorker.register(worker, { type: 'module' })).installing)
