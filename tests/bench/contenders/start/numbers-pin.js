import { cidOf } from '../../../../pkg/index.js'

/** The first call starts the WebAssembly. */
export const ready = () => cidOf(new Uint8Array(1))
