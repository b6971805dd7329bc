// What can go wrong with the library's file, in words for the person whose library it is.

export type LibraryErrorCode =
  | 'not-a-library'
  | 'newer'
  | 'unopenable'
  | 'read-only'
  | 'full'
  | 'busy'
  | 'damaged'
  | 'failed'

/** An error of the library. `code` is for programs; the message says what, why and what to do next. */
export class LibraryError extends Error {
  override readonly name = 'LibraryError'
  readonly code: LibraryErrorCode

  constructor(code: LibraryErrorCode, message: string, cause?: unknown) {
    super(message, { cause })
    this.code = code
  }
}

/** Turns an error of SQLite or the file system into a LibraryError; other errors come back as they are. */
export function explain(error: unknown, file: string): unknown {
  if (!(error instanceof Error) || error instanceof LibraryError) return error
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  const as = (kind: LibraryErrorCode, message: string) => new LibraryError(kind, message, error)
  if (code === 'SQLITE_NOTADB')
    return as(
      'not-a-library',
      `${file} is not a Broadsheet library (not an SQLite file). Move it away or set BROADSHEET_HOME to another folder.`,
    )
  if (code.startsWith('SQLITE_CORRUPT'))
    return as(
      'damaged',
      `The library ${file} is damaged (${error.message}). Move it away and restore a copy, or start anew with "broadsheet sync".`,
    )
  if (code.startsWith('SQLITE_READONLY') || code === 'EACCES' || code === 'EROFS' || code === 'EPERM')
    return as(
      'read-only',
      `The library ${file} cannot be written (${error.message}). Check the permissions of the file and its folder, or set BROADSHEET_HOME to a folder you own.`,
    )
  if (code === 'SQLITE_FULL' || code === 'ENOSPC' || /^SQLITE_IOERR_(SHM|WRITE|TRUNCATE)/.test(code))
    return as(
      'full',
      `The library ${file} has no room to write in (${error.message}). Nothing was lost; free some space, or check the disk, and try again.`,
    )
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED'))
    return as('busy', `The library ${file} is held by another program. Try again when it has finished.`)
  if (
    code.startsWith('SQLITE_CANTOPEN') ||
    code.startsWith('SQLITE_IOERR') ||
    code === 'ENOENT' ||
    code === 'ENOTDIR' ||
    code === 'EEXIST' ||
    code === 'EISDIR'
  )
    return as(
      'unopenable',
      `The library ${file} cannot be opened (${error.message}). Check the folder, or set BROADSHEET_HOME to another one.`,
    )
  if (code.startsWith('SQLITE_'))
    return as('failed', `The library ${file} failed: ${error.message} (${code}).`)
  return error
}
