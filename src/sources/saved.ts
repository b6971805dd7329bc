// What people have saved: a file's text → papers, whatever format it is. The format is told by content, not by name.

import type { Day } from '../paper.ts'
import { isAtom, parseAtom } from './arxiv-atom.ts'
import { notAfter } from './days.ts'
import { SourceError } from './errors.ts'
import { type HubEntry, parseEntries, parseJson } from './hub.ts'
import { isHubPage, parseHubPage } from './hub-page.ts'
import { isPlainPage, parsePlainPage } from './plain-page.ts'

export interface Saved {
  /** The format in words, as in "45 papers from a Daily Papers page (text)". */
  readonly format: string
  /** `listedOn` is the day whose list a paper stood on, where the file says so. */
  readonly papers: readonly HubEntry[]
  readonly problems: readonly string[]
}

export interface SavedOptions {
  /** Today in UTC: dates without a year mean the last such day up to it. */
  readonly today: Day
  /** The day of the list, where the file does not say it whole. */
  readonly date?: Day
}

/** Reads a saved file. Throws a SourceError that says what is wrong where the bytes are nothing we know. */
export function parseSaved(bytes: Uint8Array, { today, date }: SavedOptions): Saved {
  const text = decode(bytes)
  const start = text.trimStart()
  if (start === '') throw unknown('it is empty')
  // What people copy from a browser may begin with anything, so it is looked for before what its first sign promises.
  if (!looksWhole(start) && isPlainPage(text)) {
    const page = parsePlainPage(text, { today, ...(date === undefined ? {} : { date }) })
    const papers = page.papers.map((paper) => ({ paper, listedOn: page.day }))
    return { format: 'a Daily Papers page (text)', papers, problems: [] }
  }
  if (/^[[{]/.test(start)) {
    const { entries, problems } = parseEntries(listIn(parseJson(text, 'the file')))
    const papers = entries.map(({ paper, listedOn }) => ({
      paper,
      listedOn: notAfter(listedOn, today) ?? date ?? null,
    }))
    return { format: 'the Hub’s API (JSON)', papers, problems }
  }
  if (isAtom(text)) {
    const { papers, problems } = parseAtom(text)
    return {
      format: 'an arXiv feed (Atom)',
      papers: papers.map((paper) => ({ paper, listedOn: null })),
      problems,
    }
  }
  if (isHubPage(text)) {
    const { day, entries, problems } = parseHubPage(text)
    const papers = entries.map(({ paper }) => ({ paper, listedOn: notAfter(day, today) ?? date ?? null }))
    return { format: 'a Daily Papers page (HTML)', papers, problems }
  }
  if (/^<(!doctype html|html)/i.test(start)) throw unknown('it is an HTML page without Daily Papers in it')
  if (start.startsWith('<')) throw unknown('it is XML, but no arXiv Atom feed')
  throw unknown('it is text, but no Daily Papers page')
}

/** Whether a text begins and ends like JSON or markup. */
function looksWhole(start: string): boolean {
  return /^[<[{]/.test(start) && /[>\]}]\s*$/.test(start)
}

/** One paper's record, as `/api/papers/{id}` gives it, is a list of one. */
function listIn(json: unknown): unknown {
  return typeof json === 'object' &&
    json !== null &&
    !Array.isArray(json) &&
    ('id' in json || 'paper' in json)
    ? [json]
    : json
}

function decode(bytes: Uint8Array): string {
  const [first, second] = bytes
  const utf16 =
    first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : null
  if (utf16) return new TextDecoder(utf16).decode(bytes)
  if (bytes.subarray(0, 8000).includes(0)) throw unknown('it is a binary file')
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw unknown('it is no UTF-8 text')
  }
}

const unknown = (why: string) =>
  new SourceError(
    'unknown-shape',
    `${why}. Broadsheet imports a Daily Papers page (HTML or copied text), the Hub’s API JSON and arXiv Atom feeds`,
  )
