/** The command line is invalid: exit code 2. */
export class UsageError extends Error {
  constructor(message) {
    super(`${message}; see numbers-pin --help`)
  }
}
