// Why a picture cannot be shown.

/**
 * `too-large`: over a cap, before anything was decoded. `unsupported`: not a kind of picture that is decoded here.
 * `damaged`: cut off, or not what it says it is.
 */
export type PictureErrorCode = 'too-large' | 'unsupported' | 'damaged'

/** An error of a picture. The message says what is wrong with it; it is safe to print. */
export class PictureError extends Error {
  override readonly name = 'PictureError'
  readonly code: PictureErrorCode

  constructor(code: PictureErrorCode, message: string, cause?: unknown) {
    super(message, { cause })
    this.code = code
  }
}
