let message

/** The panic hook in Rust calls this, just before the trap. */
export function record(text, file, line) {
  message = `${text} (${file}:${line})`
}

/** Takes the message of the panic that caused a trap; other traps have none. */
export function panicMessage() {
  const text = message
  message = undefined
  return text
}
