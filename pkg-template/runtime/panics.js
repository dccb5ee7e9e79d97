let message

/** Called by the panic hook in Rust, just before the trap. */
export function panicked(text) {
  message = text
}

/** Takes the message of the panic that caused a trap; other traps have none. */
export function panicMessage() {
  const text = message
  message = undefined
  return text
}
