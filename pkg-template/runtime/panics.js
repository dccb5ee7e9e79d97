let last

/** The panic hook in Rust calls this just before the trap. */
export function record(message, file, line) {
  last = `${message} (${file}:${line})`
}

/** The message of the panic that caused a trap, if there was one. */
export function take() {
  const message = last
  last = undefined
  return message
}
