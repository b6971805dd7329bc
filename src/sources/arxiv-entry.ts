// What arXiv's feeds and records share: ids with versions, categories, authors on one line, announcements.

import { type Day, type Paper, type PaperId, parseArxivId, parseDoi } from '../paper.ts'
import { unwrapLine } from '../text/sanitise.ts'
import { SourceError } from './errors.ts'
import type { XmlNode } from './xml.ts'

/** What an answer held: its papers in order, and a line for each entry that could not be read. */
export interface Feed {
  readonly papers: readonly Paper[]
  readonly problems: readonly string[]
}

/** Reads each entry by itself; `read` gives a paper or says in words why it is none. `what` as in `entry`. */
export function readEach(
  entries: readonly XmlNode[],
  what: string,
  read: (entry: XmlNode) => Paper | string,
): Feed {
  const papers: Paper[] = []
  const problems: string[] = []
  for (const [at, entry] of entries.entries()) {
    const paper = read(entry)
    if (typeof paper === 'string') problems.push(`${what} ${at + 1} left out: ${paper}`)
    else papers.push(paper)
  }
  return { papers, problems }
}

// So many entries of which not one can be read are a format that has changed, not a broken entry.
const HOPELESS = 10

/** Throws a SourceError where an answer holds entries enough, and not one that can be read. */
export function checkReadable({ papers, problems }: Feed): void {
  if (papers.length === 0 && problems.length >= HOPELESS)
    throw new SourceError('unknown-shape', `arXiv’s answer holds no paper that can be read (${problems[0]}).`)
}

/** An arXiv id with the version that was told with it, if one was. */
export interface Versioned {
  readonly id: PaperId
  readonly version: number | null
}

/** Reads `2609.01234v2`, alone, in an address of arXiv's or after `oai:arXiv.org:`; null where it names no paper. */
export function parseVersioned(text: string): Versioned | null {
  const bare = text.trim().replace(/^oai:arXiv\.org:/, '')
  const id = parseArxivId(bare)
  if (id === null) return null
  const version = Number(/v([1-9]\d*)$/.exec(bare)?.[1])
  return { id, version: Number.isSafeInteger(version) ? version : null }
}

// Authors may add classes of other schemes (`68T50`, `I.2.7`), and arXiv lists them among its own categories.
const CATEGORY = /^[a-z]+(?:-[a-z]+)*(?:\.[A-Za-z]+(?:-[A-Za-z]+)*)?$/

/** The arXiv categories among the terms, each once, in order: the primary one first where it comes first. */
export function arxivCategories(terms: readonly string[]): string[] {
  return [...new Set(terms.map((term) => term.trim()).filter((term) => CATEGORY.test(term)))]
}

/** The names of authors that stand on one line, without their affiliations: `Ada Marsh (Here, There), Bo Lind`. */
export function parseCreators(line: string): string[] {
  const pieces: string[] = []
  let start = 0
  let depth = 0
  for (let at = 0; at < line.length; at++) {
    if (line[at] === '(') depth++
    else if (line[at] === ')') depth = Math.max(0, depth - 1)
    else if (line[at] === ',' && depth === 0) {
      pieces.push(line.slice(start, at))
      start = at + 1
    }
  }
  pieces.push(line.slice(start))
  // A bracket that is never closed encloses nothing.
  const names = depth > 0 ? line.split(',') : pieces
  return cleanLines(names.map((name) => name.trim().replace(/\s\([^()]*(?:\([^()]*\)[^()]*)*\)$/, '')))
}

/** Lines fit to be shown, without the empty ones. */
export function cleanLines(lines: readonly string[]): string[] {
  return lines.map(unwrapLine).filter((line) => line !== '')
}

/** A line fit to be shown, or null where nothing was said. */
export function lineOrNull(text: string): string | null {
  return unwrapLine(text) || null
}

/** The first DOI of a text: arXiv keeps several in one field, with spaces between them. */
export function firstDoi(text: string): string | null {
  for (const part of text.trim().split(/\s+/)) {
    const doi = parseDoi(part)
    if (doi !== null) return doi
  }
  return null
}

/** The abstract of a daily feed's entry, which puts a line about the announcement in front of it. */
export function withoutAnnouncement(text: string): string {
  return text.replace(/^\s*arXiv:\S+\s+Announce Type:\s+\S+\s+Abstract:\s/, '')
}

/**
 * What a daily feed's date says: it is the day of the announcement, which is the paper's own day for a new one and the
 * newest version's for a replacement. A cross-list says nothing of either.
 */
export function announcedOn(
  kind: string,
  version: number | null,
  day: Day | null,
): Pick<Paper, 'publishedOn' | 'revisedOn'> {
  const isRevision = kind.startsWith('replace') && version !== null && version > 1
  return { publishedOn: kind === 'new' ? day : null, revisedOn: isRevision ? day : null }
}
