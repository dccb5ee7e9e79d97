let message

/** Records a panic. The panic hook of Rust calls it just before the trap. */
export function record(text, file, line) {
  message = `${text} (${file}:${line})`
}

/** Returns and clears the message of the panic that caused a trap; other traps have none. */
export function panicMessage() {
  const text = message
  message = undefined
  return text
}
