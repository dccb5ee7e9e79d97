import { bytesOf } from './bytes.js'

const BYTES = bytesOf(1024)

/** A file of 1 KiB that no other number has. */
export function smallFile(number) {
  const bytes = BYTES.slice()
  new DataView(bytes.buffer).setUint32(0, number)
  return new File([bytes], `${number}.bin`)
}
