// One SQLite file: opening it, bringing it up to date, transactions, closing.

import { existsSync, mkdirSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import Database from 'better-sqlite3'
import { explain, LibraryError } from './errors.ts'
import { MIGRATIONS } from './schema.ts'

/** Tells our files from other programs' (SQLite's `application_id`): "Broa" in ASCII. */
const APPLICATION_ID = 0x42726f61

/** An open library. Every table's functions take one. */
export interface Library {
  readonly file: string
  readonly db: Database.Database
  /** A statement, compiled once. One SQL text is always run in one mode (`raw`, `pluck` or neither). */
  prepare(sql: string): Database.Statement
  /** How long a write waits for another program's, in ms: where it is short, a busy library fails at once. */
  setBusyTimeout(ms: number): void
  /** Runs `work` in one write transaction: all of it is stored or none. Inside another it is part of that. */
  transaction<T>(work: () => T): T
  /** Runs `work` on the library as it is at one moment, whatever others write meanwhile. */
  snapshot<T>(work: () => T): T
  /** Changes when any connection has changed the library. */
  version(): string
  close(): void
}

export interface OpenOptions {
  /** 'full' survives a power cut at the cost of a disk flush a transaction; 'normal' survives the death of the process. */
  readonly durability?: 'full' | 'normal'
  /** How long to wait for another program's transaction, in ms. */
  readonly busyTimeout?: number
}

/**
 * Opens the library, makes it where it is missing and migrates it where it is older. Throws a LibraryError that names
 * the file where it cannot; a library from a newer version is left untouched.
 */
export function openLibrary(
  file: string,
  { durability = 'full', busyTimeout = 5000 }: OpenOptions = {},
): Library {
  const guarded = <T>(work: () => T): T => {
    try {
      return work()
    } catch (error) {
      throw explain(error, file)
    }
  }
  const db = guarded(() => {
    if (statSync(file, { throwIfNoEntry: false })?.isDirectory())
      throw new LibraryError(
        'unopenable',
        `The library ${file} is a folder, not a file. Move it away or set BROADSHEET_HOME to another folder.`,
      )
    makeFolder(dirname(file))
    return new Database(file, { timeout: busyTimeout })
  })
  try {
    guarded(() => prepare(db, file, durability))
  } catch (error) {
    db.close()
    throw error
  }
  const statements = new Map<string, Database.Statement>()
  const own = db.prepare('SELECT total_changes()').pluck()
  return {
    file,
    db,
    prepare(sql) {
      const known = statements.get(sql)
      if (known) return known
      const statement = db.prepare(sql)
      statements.set(sql, statement)
      return statement
    },
    setBusyTimeout: (ms) => void db.pragma(`busy_timeout = ${ms}`),
    // A savepoint for each paper of a day would take half of a sync's time.
    transaction: (work) => (db.inTransaction ? work() : guarded(() => db.transaction(work).immediate())),
    snapshot: (work) => guarded(() => db.transaction(work).deferred()),
    version: () => `${db.pragma('data_version', { simple: true })}/${own.get()}`,
    close: () => {
      if (db.open) db.close()
    },
  }
}

/** Makes a folder and those above it. Node's own `recursive` never returns where a file system refuses with ENOENT. */
function makeFolder(path: string): void {
  if (existsSync(path)) return
  const parent = dirname(path)
  if (parent !== path) makeFolder(parent)
  try {
    mkdirSync(path)
  } catch (error) {
    // Another instance may have been quicker.
    if (!existsSync(path)) throw error
  }
}

function prepare(db: Database.Database, file: string, durability: 'full' | 'normal'): void {
  const version = () => Number(db.pragma('user_version', { simple: true }))
  if (version() > MIGRATIONS.length)
    throw new LibraryError(
      'newer',
      `The library ${file} was written by a newer Broadsheet (format ${version()}, this one knows ${MIGRATIONS.length}). Update Broadsheet; the library was left untouched.`,
    )
  // In one transaction: another instance may be making the library right now.
  const foreign = db.transaction(() =>
    version() === 0
      ? Number(db.prepare('SELECT count(*) FROM sqlite_schema').pluck().get()) > 0
      : db.pragma('application_id', { simple: true }) !== APPLICATION_ID,
  )()
  if (foreign)
    throw new LibraryError(
      'not-a-library',
      `${file} is an SQLite database, but not a Broadsheet library. Move it away or set BROADSHEET_HOME to another folder.`,
    )
  db.pragma('journal_mode = WAL')
  db.pragma(`synchronous = ${durability}`)
  db.pragma('foreign_keys = ON')
  // 16 MB: a search reads a hundred papers from all over the file.
  db.pragma('cache_size = -16000')
  if (version() === MIGRATIONS.length) return
  // Another instance may be migrating too: look again once the write lock is ours.
  db.transaction(() => {
    for (const migration of MIGRATIONS.slice(version())) db.exec(migration)
    db.pragma(`application_id = ${APPLICATION_ID}`)
    db.pragma(`user_version = ${MIGRATIONS.length}`)
  }).exclusive()
}
