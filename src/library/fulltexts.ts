// Full texts, kept so that they read offline, and how far each has been read.

import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib'
import type { PaperId } from '../paper.ts'
import type { Library } from './library.ts'

/** A paper's text as HTML, where it was found, and of which version it is, null where that is not known. */
export interface StoredFullText {
  readonly html: string
  readonly url: string
  readonly version: number | null
  /** In ms since 1970. */
  readonly fetchedAt: number
}

/** A line of a full text: its block, from 0, and how many lines it stands below the block's first. */
export interface Position {
  readonly block: number
  readonly line: number
}

// Papers shrink to an eighth. Better ratios take longer than the network did, and zstd's at this speed are worse.
const QUALITY = { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }

/** Stores a full text of a paper in the library, in the place of an older one. `now` is in ms since 1970. */
export function storeFullText(
  { prepare }: Library,
  id: PaperId,
  { html, url, version }: Omit<StoredFullText, 'fetchedAt'>,
  now: number = Date.now(),
): void {
  prepare('DELETE FROM textless WHERE paper_id = ?').run(id)
  prepare(
    `INSERT OR REPLACE INTO fulltexts (paper_id, url, version, fetched_at, html) VALUES (?, ?, ?, ?, ?)`,
  ).run(id, url, version, now, brotliCompressSync(html, QUALITY))
}

/** A paper's full text, or null where none is kept. */
export function fullText({ prepare }: Library, id: PaperId): StoredFullText | null {
  const record = prepare(
    'SELECT html, url, version, fetched_at AS fetchedAt FROM fulltexts WHERE paper_id = ?',
  ).get(id) as (Omit<StoredFullText, 'html'> & { html: Buffer }) | undefined
  return record ? { ...record, html: brotliDecompressSync(record.html).toString() } : null
}

/** Whether a full text is of the newest version of its paper that is known, as far as anybody can say. */
export function isNewest({ version }: Pick<StoredFullText, 'version'>, newest: number | null): boolean {
  return version === null || newest === null || version >= newest
}

/** Whether a paper's full text is kept. */
export function hasFullText({ prepare }: Library, id: PaperId): boolean {
  return prepare('SELECT 1 FROM fulltexts WHERE paper_id = ?').get(id) !== undefined
}

/** Notes that a paper had no full text as HTML; `version` is the newest one known. `now` is in ms since 1970. */
export function storeTextless(
  { prepare }: Library,
  id: PaperId,
  version: number | null,
  now: number = Date.now(),
): void {
  prepare('INSERT OR REPLACE INTO textless (paper_id, version, asked_at) VALUES (?, ?, ?)').run(
    id,
    version,
    now,
  )
}

/** How long it is believed that there is no full text, in ms: arXiv converts some papers later. */
const TEXTLESS_LASTS = 14 * 86_400_000

/**
 * When a paper was found to have no full text as HTML, in ms since 1970; null where nobody asked, or that was of an older
 * version than `newest` or too long ago.
 */
export function textlessSince(
  { prepare }: Library,
  id: PaperId,
  newest: number | null,
  now: number = Date.now(),
): number | null {
  const found = prepare('SELECT version, asked_at AS askedAt FROM textless WHERE paper_id = ?').get(id) as
    | { version: number | null; askedAt: number }
    | undefined
  if (!found || now - found.askedAt > TEXTLESS_LASTS || !isNewest(found, newest)) return null
  return found.askedAt
}

/** Notes how far a paper has been read. `now` is in ms since 1970. */
export function storePosition(
  { prepare }: Library,
  id: PaperId,
  { block, line }: Position,
  now: number = Date.now(),
): void {
  prepare('INSERT OR REPLACE INTO positions (paper_id, block, line, seen_at) VALUES (?, ?, ?, ?)').run(
    id,
    block,
    line,
    now,
  )
}

/** How far a paper has been read, or null where it has not been. */
export function position({ prepare }: Library, id: PaperId): Position | null {
  return (
    (prepare('SELECT block, line FROM positions WHERE paper_id = ?').get(id) as Position | undefined) ?? null
  )
}
