// Where long texts come from: what the library keeps of them, and what brings them.

import { dayOf } from '../days.ts'
import { discussion } from '../library/discussions.ts'
import {
  fullText,
  isNewest,
  type StoredFullText,
  storeTextless,
  textlessSince,
} from '../library/fulltexts.ts'
import type { Library } from '../library/library.ts'
import { findPaper } from '../library/papers.ts'
import type { PaperId } from '../paper.ts'
import type { Access } from '../sync/bring.ts'
import { bringDiscussion, bringFullText, keepFullText } from '../sync/reading.ts'
import type { Watch } from '../sync/run.ts'
import type { Block } from '../text/document.ts'
import { parseFullText } from '../text/latexml.ts'
import { printDay } from './dates.ts'
import { discussionBlocks } from './discussion.ts'
import type { DocumentKind } from './document.ts'

/** What is said on the Hub is asked for again after so long, in ms. */
const DISCUSSION_AGES = 600_000

/** A text that is read. */
export interface Open {
  readonly kind: DocumentKind
  readonly blocks: readonly Block[]
  readonly source: string
  /** The address of its page. */
  readonly page: string
}

/** A text that is here: read whole and, where that takes its time, its beginning alone. */
export interface Found {
  /** Keeps it, once it is shown. */
  readonly keep?: () => void
  readonly beginning: (() => Open) | null
  readonly whole: () => Open
}

/** Where a kind of text comes from: what is kept of it, and whether that is current; and what brings it. */
export interface TextSource {
  kept(): { readonly text: Found; readonly isCurrent: boolean } | null
  /** What is said at once where it is known that there is none; null where it is worth asking. */
  missing?(): string | null
  /** Remembers that there is none. */
  keepMissing?(): void
  readonly asking: string
  bring(watch: Watch): Promise<Found | null>
}

/** Characters of a page from where its text begins that fill a screen, and the least that reading fewer is worth. */
const BEGINNING = 40_000
const LONG = 100_000

/** The full text of a paper. */
export function fullTexts(library: Library, access: Access, id: PaperId): TextSource {
  const read = ({ html, url, version, fetchedAt }: StoredFullText): Found => {
    const open = (page: string): Open => ({
      kind: 'fulltext',
      blocks: parseFullText(page, url).blocks,
      page: url,
      source: sourceOf(url, version, fetchedAt),
    })
    const begins = Math.max(0, html.indexOf('<article'))
    return {
      beginning: html.length - begins < LONG ? null : () => open(html.slice(0, begins + BEGINNING)),
      whole: () => open(html),
    }
  }
  return {
    kept() {
      const text = fullText(library, id)
      if (!text) return null
      return { text: read(text), isCurrent: isNewest(text, findPaper(library, id)?.version ?? null) }
    },
    missing() {
      const since = textlessSince(library, id, findPaper(library, id)?.version ?? null)
      if (since === null) return null
      return `This paper has no HTML version, as was found on ${printDay(dayOf(since))}.`
    },
    keepMissing() {
      const paper = findPaper(library, id)
      if (paper) storeTextless(library, id, paper.version)
    },
    asking: 'Asking arXiv for the full text …',
    async bring(watch) {
      const text = await bringFullText(library, access.arxiv, id, watch)
      return text && { ...read(text), keep: () => keepFullText(library, id, text) }
    },
  }
}

/** What was said of a paper on the Hub. */
export function discussions(library: Library, access: Access, id: PaperId): TextSource {
  const read = ({ comments, fetchedAt }: NonNullable<ReturnType<typeof discussion>>): Found => ({
    beginning: null,
    whole: () => ({
      kind: 'discussion',
      blocks: discussionBlocks(comments, Date.now()),
      page: access.endpoint,
      source: sourceOf(access.endpoint, null, fetchedAt),
    }),
  })
  return {
    kept() {
      const kept = discussion(library, id)
      return kept && { text: read(kept), isCurrent: Date.now() - kept.fetchedAt < DISCUSSION_AGES }
    },
    asking: 'Asking the Hub for what was said …',
    bring: async (watch) => read(await bringDiscussion(library, access, id, watch)),
  }
}

/** Where a text is from, of which version, and of when: `arxiv.org · v2 · 3 Nov 2026`. */
function sourceOf(url: string, version: number | null, fetchedAt: number): string {
  return [new URL(url).host, version === null ? null : `v${version}`, printDay(dayOf(fetchedAt))]
    .filter(Boolean)
    .join(' · ')
}
