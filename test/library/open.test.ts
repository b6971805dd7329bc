import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { explain, LibraryError } from '../../src/library/errors.ts'
import { openLibrary } from '../../src/library/library.ts'
import { countPapers, findPaper, storePaper } from '../../src/library/papers.ts'
import { MIGRATIONS } from '../../src/library/schema.ts'
import { aPaper, temporaryFolder, temporaryLibrary } from '../support/papers.ts'

/** What opening a file fails with. */
function failure(file: string): LibraryError {
  try {
    openLibrary(file).close()
  } catch (error) {
    if (error instanceof LibraryError) return error
    throw error
  }
  throw new Error(`${file} opened`)
}

function foreign(file: string, work: (db: Database.Database) => void): Buffer {
  const db = new Database(file)
  work(db)
  db.close()
  return readFileSync(file)
}

describe('opening', () => {
  it('makes the file, its folders and every table', () => {
    using folder = temporaryFolder()
    const file = join(folder.path, 'a', 'b', 'library.db')
    const library = openLibrary(file)
    const tables = library.db.prepare(`SELECT name FROM sqlite_schema WHERE type = 'table'`).pluck().all()
    expect(tables).toEqual(
      expect.arrayContaining([
        'papers',
        'listings',
        'sync_days',
        'marks',
        'history',
        'changes',
        'tagged',
        'notes',
      ]),
    )
    expect(library.db.pragma('user_version', { simple: true })).toBe(MIGRATIONS.length)
    expect(library.db.pragma('foreign_keys', { simple: true })).toBe(1)
    expect(library.db.pragma('journal_mode', { simple: true })).toBe('wal')
    library.close()
    expect(statSync(file).isFile()).toBe(true)
  })

  it('finds everything again after closing', () => {
    using held = temporaryLibrary()
    storePaper(held.library, aPaper())
    expect(findPaper(held.reopen(), aPaper().id)).toMatchObject(aPaper())
  })

  it('fills an empty file', () => {
    using folder = temporaryFolder()
    const file = join(folder.path, 'library.db')
    writeFileSync(file, '')
    const library = openLibrary(file)
    expect(countPapers(library)).toBe(0)
    library.close()
  })

  it('lets two connections read and write the same file', () => {
    using held = temporaryLibrary()
    const other = openLibrary(held.file, { durability: 'normal' })
    storePaper(other, aPaper())
    expect(countPapers(held.library)).toBe(1)
    other.close()
  })

  it('may be closed twice', () => {
    using held = temporaryLibrary()
    held.library.close()
    held.library.close()
    expect(held.library.db.open).toBe(false)
  })
})

describe('refusing', () => {
  it('leaves a library from a newer version byte for byte as it is', () => {
    using folder = temporaryFolder()
    const file = join(folder.path, 'library.db')
    const before = foreign(file, (db) => {
      db.exec('CREATE TABLE papers (id TEXT)')
      db.pragma(`user_version = ${MIGRATIONS.length + 1}`)
    })
    const { code, message } = failure(file)
    expect(code).toBe('newer')
    expect(message).toContain(file)
    expect(message).toMatch(/update broadsheet/i)
    expect(readFileSync(file)).toEqual(before)
    expect(existsSync(`${file}-wal`)).toBe(false)
  })

  it('leaves a file that is no SQLite database alone', () => {
    using folder = temporaryFolder()
    const file = join(folder.path, 'library.db')
    const before = 'Dear diary, this is far from a database. '.repeat(100)
    writeFileSync(file, before)
    const { code, message } = failure(file)
    expect(code).toBe('not-a-library')
    expect(message).toContain(file)
    expect(message).toContain('BROADSHEET_HOME')
    expect(readFileSync(file, 'utf8')).toBe(before)
  })

  it.each([
    ['without a version', 0],
    ['with a version of its own', MIGRATIONS.length],
  ])('leaves the SQLite database of another program alone, %s', (_, version) => {
    using folder = temporaryFolder()
    const file = join(folder.path, 'library.db')
    const before = foreign(file, (db) => {
      db.exec('CREATE TABLE recipes (name TEXT); INSERT INTO recipes VALUES (1)')
      db.pragma(`user_version = ${version}`)
    })
    const { code, message } = failure(file)
    expect(code).toBe('not-a-library')
    expect(message).toContain(file)
    expect(readFileSync(file)).toEqual(before)
  })

  it('says that a folder is no file', () => {
    using folder = temporaryFolder()
    const file = join(folder.path, 'library.db')
    mkdirSync(file)
    const { code, message } = failure(file)
    expect(code).toBe('unopenable')
    expect(message).toContain('is a folder')
  })

  it('says so where a folder on the way is a file', () => {
    using folder = temporaryFolder()
    writeFileSync(join(folder.path, 'data'), 'a file')
    const { code, message } = failure(join(folder.path, 'data', 'library.db'))
    expect(code).toBe('unopenable')
    expect(message).toContain('BROADSHEET_HOME')
    expect(readFileSync(join(folder.path, 'data'), 'utf8')).toBe('a file')
  })

  it('says so where half of the file is missing, and leaves the rest', () => {
    using folder = temporaryFolder()
    const file = join(folder.path, 'library.db')
    const library = openLibrary(file)
    library.transaction(() => {
      for (let number = 0; number < 300; number++)
        storePaper(library, aPaper({ id: `2501.${10_000 + number}`, title: `Half of number ${number}` }))
    })
    library.close()
    const half = readFileSync(file).subarray(0, statSync(file).size / 2)
    writeFileSync(file, half)
    let error: unknown
    try {
      const opened = openLibrary(file)
      try {
        opened.transaction(() => opened.db.prepare('SELECT count(title), count(abstract) FROM papers').get())
        opened.transaction(() => opened.db.prepare('SELECT * FROM papers').all())
      } finally {
        opened.close()
      }
    } catch (thrown) {
      error = thrown
    }
    expect(error).toMatchObject({ code: 'damaged', message: expect.stringContaining(file) })
  })

  // The superuser may write anywhere, so there is nothing to refuse.
  it.skipIf(process.getuid?.() === 0)('says that a folder may not be written to', () => {
    using folder = temporaryFolder()
    const file = join(folder.path, 'locked', 'library.db')
    mkdirSync(dirname(file))
    chmodSync(dirname(file), 0o500)
    const { message } = failure(file)
    chmodSync(dirname(file), 0o700)
    expect(message).toContain(file)
    expect(message).toMatch(/permissions|folder/)
    expect(existsSync(file)).toBe(false)
  })

  it('says that another program holds the library', () => {
    using held = temporaryLibrary()
    const other = openLibrary(held.file, { busyTimeout: 0 })
    held.library.transaction(() => {
      storePaper(held.library, aPaper())
      let error: unknown
      try {
        other.transaction(() => storePaper(other, aPaper()))
      } catch (thrown) {
        error = thrown
      }
      expect(error).toMatchObject({ code: 'busy', message: expect.stringContaining(held.file) })
    })
    other.close()
  })
})

const coded = (code: string) => Object.assign(new Error('as it was'), { code })

describe('explain', () => {
  it.each([
    ['SQLITE_NOTADB', 'not-a-library'],
    ['SQLITE_CORRUPT_VTAB', 'damaged'],
    ['SQLITE_READONLY_DIRECTORY', 'read-only'],
    ['EACCES', 'read-only'],
    ['EROFS', 'read-only'],
    ['SQLITE_FULL', 'full'],
    ['ENOSPC', 'full'],
    ['SQLITE_BUSY_SNAPSHOT', 'busy'],
    ['SQLITE_LOCKED', 'busy'],
    ['SQLITE_CANTOPEN_ISDIR', 'unopenable'],
    ['SQLITE_IOERR_READ', 'unopenable'],
    ['ENOTDIR', 'unopenable'],
    ['SQLITE_CONSTRAINT_FOREIGNKEY', 'failed'],
  ])('calls %s %s and names the file', (code, kind) => {
    const error = explain(coded(code), '/tmp/some library.db')
    expect(error).toBeInstanceOf(LibraryError)
    expect(error).toMatchObject({ code: kind, message: expect.stringContaining('/tmp/some library.db') })
  })

  it('passes other errors and things that are none through', () => {
    const error = new TypeError('ours')
    expect(explain(error, 'file')).toBe(error)
    expect(explain('text', 'file')).toBe('text')
    expect(explain(new LibraryError('newer', 'known'), 'file')).toMatchObject({ message: 'known' })
  })
})
