/** A command that was called in a way it cannot be: exit status 2. The message says what is accepted. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}
