// A file that is on its way into a folder: whole or not there under its own name, and found again when it was left half.

import { randomUUID } from 'node:crypto'
import { mkdir, open, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { unwrapLine } from '../text/sanitise.ts'
import { SourceError } from './errors.ts'
import type { Validators } from './http.ts'
import type { Part } from './http-parts.ts'

/** What the file will be, as the server told it. */
interface Expected {
  readonly total: number | null
  readonly validators: Validators
}

/** How many bytes a file has; null where it is not there. Throws a SourceError where something else is. */
export async function sizeOf(file: string): Promise<number | null> {
  try {
    const known = await stat(file)
    if (known.isFile()) return known.size
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null
    throw unwritable(error, dirname(file))
  }
  throw new SourceError('unwritable', `${unwrapLine(file)} is not a file. Move it away and try again.`)
}

/** A file on its way. What fails is a SourceError. */
export interface PartialFile {
  /** How many bytes are there. */
  readonly bytes: number
  /** How many there will be; null where nobody said. */
  readonly total: number | null
  /** What can be gone on with; null where there is nothing. */
  readonly part: Part | null
  /** Begins with the first byte. */
  begin(expected: Expected): Promise<void>
  write(piece: Uint8Array): Promise<void>
  /** Puts the file in its place. */
  finish(): Promise<void>
  /** Leaves what is there to the next download of the file. */
  leave(): Promise<void>
}

/**
 * Goes on with what was left of a file, or begins one; makes its folder where that is missing. Until it is whole it lies in
 * a folder beside its place, whose name says which process it belongs to: renaming that folder is how a download takes over
 * what another has left, and only one can.
 */
export async function openPartial(file: string): Promise<PartialFile> {
  const place = dirname(file)
  const storing = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work()
    } catch (error) {
      throw unwritable(error, place)
    }
  }
  const { folder, body, size, left } = await storing(async () => {
    await makeFolder(place)
    const folder = await claim(file)
    const body = await open(join(folder, BODY), 'a')
    return { folder, body, size: (await body.stat()).size, left: await readExpected(folder) }
  })
  let bytes = size
  let expected = left
  return {
    get bytes() {
      return bytes
    },
    get total() {
      return expected?.total ?? null
    },
    get part() {
      return expected === null || bytes === 0 ? null : { bytes, validators: expected.validators }
    },
    begin: (coming) =>
      storing(async () => {
        // In this order: what was there must never pass for the beginning of what comes now.
        await body.truncate(0)
        bytes = 0
        await writeFile(join(folder, EXPECTED), JSON.stringify(coming))
        expected = coming
      }),
    write: (piece) =>
      storing(async () => {
        await body.appendFile(piece)
        bytes += piece.byteLength
      }),
    finish: () =>
      storing(async () => {
        await body.sync()
        await body.close()
        await rename(join(folder, BODY), file)
        await syncFolder(place)
        for (const done of [folder, ...(await leftOf(file))]) await rm(done, { recursive: true, force: true })
      }),
    leave: () =>
      storing(async () => {
        await body.close()
        if (bytes === 0) await rm(folder, { recursive: true, force: true })
        else await rename(folder, folderOf(file, NOBODY))
      }),
  }
}

const BODY = 'body'
const EXPECTED = 'expected.json'
/** Stands for the process of what a download has left. */
const NOBODY = 0
/** What was not written to for so long (ms) belongs to nobody, though there be a process of that number. */
const STALE = 3_600_000

const folderOf = (file: string, owner: number) => `${file}.part-${owner}-${randomUUID().slice(0, 8)}`

/** A folder of our own, with what was left of the file if anything was. */
async function claim(file: string): Promise<string> {
  const own = folderOf(file, process.pid)
  for (const left of await leftOf(file)) {
    try {
      await rename(left, own)
      // Its last byte may be old, and nothing is written before the next one comes.
      const now = new Date()
      await utimes(join(own, BODY), now, now).catch(() => {})
      return own
    } catch (error) {
      // Another download was quicker.
      if (codeOf(error) !== 'ENOENT') throw error
    }
  }
  await mkdir(own)
  return own
}

/** The folders of downloads that have ended before the file was whole. */
async function leftOf(file: string): Promise<string[]> {
  const start = `${basename(file)}.part-`
  const left: string[] = []
  for (const entry of await readdir(dirname(file), { withFileTypes: true })) {
    const owner = /^(\d{1,10})-[0-9a-f]{8}$/.exec(entry.name.slice(start.length))?.[1]
    if (!entry.isDirectory() || !entry.name.startsWith(start) || owner === undefined) continue
    const folder = join(dirname(file), entry.name)
    if (!isAlive(Number(owner)) || (await isStale(folder))) left.push(folder)
  }
  return left
}

function isAlive(pid: number): boolean {
  if (pid === NOBODY) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // A process that may not be signalled is there all the same.
    return codeOf(error) === 'EPERM'
  }
}

async function isStale(folder: string): Promise<boolean> {
  try {
    return (await stat(join(folder, BODY))).mtimeMs < Date.now() - STALE
  } catch {
    // It is being made or taken over.
    return false
  }
}

/** What the server told of a part; null where that was not written whole. */
async function readExpected(folder: string): Promise<Expected | null> {
  try {
    const { total, validators } = JSON.parse(await readFile(join(folder, EXPECTED), 'utf8'))
    const { etag, lastModified } = validators
    return { total: Number.isSafeInteger(total) ? total : null, validators: { etag, lastModified } }
  } catch {
    return null
  }
}

/** Makes a folder and those above it. Node's own `recursive` never returns where a file system refuses with ENOENT. */
async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path)
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return
    if (codeOf(error) !== 'ENOENT' || dirname(path) === path) throw error
    await makeFolder(dirname(path))
    await mkdir(path)
  }
}

/** Makes the new name outlive a power cut, where the system lets a folder be flushed. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path).catch(() => null)
  await folder?.sync().catch(() => {})
  await folder?.close()
}

const codeOf = (error: unknown) =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''

/** What an error of the file system means to a reader. */
function unwritable(error: unknown, folder: string): SourceError {
  const code = codeOf(error)
  const shown = unwrapLine(folder)
  const says = (message: string) => new SourceError('unwritable', message, error)
  if (code === 'ENOSPC' || code === 'EDQUOT')
    return says(
      `There is no room left in ${shown} (${code}). Free some space and try again: it goes on from here.`,
    )
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS')
    return says(
      `The folder ${shown} cannot be written to (${code}). Check its permissions, or choose another.`,
    )
  if (code === 'ENOTDIR' || code === 'EEXIST')
    return says(`${shown} is not a folder (${code}). Choose another.`)
  const detail = code || (error instanceof Error ? error.message : String(error))
  return says(`Nothing can be stored in the folder ${shown} (${unwrapLine(detail)}). Choose another.`)
}
