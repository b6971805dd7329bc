// What can go wrong on the way to a source or in what it says.

/**
 * `unreachable` and `timeout`: the network or the server did not answer. `refused`: 401 or 403, a proxy that does not let
 * us through, a certificate that cannot be believed. `not-found`: 404. `rate-limited`: asked to wait longer than is
 * sensible. `server`: 5xx after retries. `bad-request`: another 4xx. `too-large`: over the size cap. `unknown-shape`: an
 * answer that is not what this source gives. `unwritable`: what comes cannot be stored in a file. `stopped`: by us.
 */
export type SourceErrorCode =
  | 'unreachable'
  | 'timeout'
  | 'refused'
  | 'not-found'
  | 'rate-limited'
  | 'server'
  | 'bad-request'
  | 'too-large'
  | 'unknown-shape'
  | 'unwritable'
  | 'stopped'

/** An error of a source. The message says what, why and what to do next; it is safe to print. */
export class SourceError extends Error {
  override readonly name = 'SourceError'
  readonly code: SourceErrorCode

  constructor(code: SourceErrorCode, message: string, cause?: unknown) {
    super(message, { cause })
    this.code = code
  }

  /** Whether nobody answered at all, as without a network. */
  get offline(): boolean {
    return this.code === 'unreachable' || this.code === 'timeout'
  }
}
