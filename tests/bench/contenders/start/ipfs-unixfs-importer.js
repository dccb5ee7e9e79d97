import { importerCid } from '../importer.js'

export const ready = () => importerCid(new Uint8Array(1), 1)
