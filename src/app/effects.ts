// The only place where the reader touches the outside: the library, the background thread, other programs.

import { dayOf } from '../days.ts'
import { explain, LibraryError } from '../library/errors.ts'
import { storePosition } from '../library/fulltexts.ts'
import type { Library } from '../library/library.ts'
import { syncDays } from '../library/listings.ts'
import { findPaper } from '../library/papers.ts'
import { listKeys, type PaperRow, rowsAt } from '../library/rows.ts'
import { keepSearch, keptSearches } from '../library/searches.ts'
import { lastTrending } from '../library/trending.ts'
import type { PaperId } from '../paper.ts'
import type { PictureKeeper } from '../pictures/strips.ts'
import { truncate } from '../text/layout.ts'
import { describe, unwrapLine } from '../text/sanitise.ts'
import type { BackgroundAnswer, BackgroundRequest } from './background.ts'
import { copyOf } from './choosing.ts'
import { copyToPlatform, osc52 } from './clipboard.ts'
import { createDecisions } from './decisions.ts'
import type { DocumentAnswer } from './document-answers.ts'
import type { DocumentRequest, PdfAnswer } from './documents.ts'
import type { Look, Preparation } from './drawings.ts'
import type { Event } from './events.ts'
import { createKeeping } from './keeping.ts'
import type { Place } from './laid-text.ts'
import { createReadOutside, openFile, openUrl, type Say } from './opening.ts'
import type { Effect } from './state.ts'

/** What threads are asked, and what they say. */
export type ThreadRequest = BackgroundRequest | DocumentRequest
export type ThreadAnswer = BackgroundAnswer | DocumentAnswer | PdfAnswer

/** The background threads, as far as effects care. */
export interface Background {
  ask(request: ThreadRequest): void
}

export interface Outside {
  readonly library: Library
  /** Sends the terminal what is no part of the screen. */
  readonly write: (text: string) => void
  /** Paints pictures over the screen, where the terminal has no better way. */
  readonly pictures: PictureKeeper
  readonly background: Background
  readonly dispatch: (event: Event) => void
  /** Asks the terminal how it shows pictures; null where it does not, or they are not wanted. */
  readonly look: () => Promise<Look | null>
  /** Says something, without control characters, to somebody who looks elsewhere. */
  readonly notify: (text: string) => void
  /** Hands the terminal to the shell until the reader is brought back. */
  readonly suspend: () => void
  /** Changes a setting, where one is given, and tells all of them. */
  readonly configure: (change: { readonly key: string; readonly value?: unknown } | null) => void
  /** Lends the terminal to the reader's editor; how it ended, in words, or null where all went well. */
  readonly edit: (file: string) => Promise<string | null>
  readonly quit: () => void
}

/** What writes to the library at the reader's wish: in order, be it later. */
const WRITES: ReadonlySet<Effect['type']> = new Set<Effect['type']>([
  ...(['mark', 'tag', 'move-in-tag', 'undo', 'redo', 'keep-query'] as const),
  ...(['keep-view', 'remove-view', 'restore-view', 'move-view', 'sort-view'] as const),
  ...(['keep-rule', 'turn-rule', 'remove-rule', 'restore-rule'] as const),
])
/** How long a mark waits for a busy library, and how often it is tried again, in ms. */
const PATIENCE = 10_000
const RETRY = 50
const MAX_RESTARTS = 5
/** Rows read at once: about 3 ms, so that a key pressed meanwhile is not held up. */
const CHUNK = 250

/** Runs effects. Quick ones answer at once; slow ones in the background or piece by piece. */
export function createEffects({
  library,
  look,
  write,
  pictures,
  background,
  dispatch,
  notify,
  suspend,
  edit,
  configure,
  quit,
}: Outside): (effect: Effect) => void {
  const say = (kind: 'info' | 'error', text: string) => dispatch({ type: 'say', message: { kind, text } })
  const fail = (error: unknown) => say('error', describe(explain(error, library.file)))
  const loadRows = createRowLoader(
    library,
    (rows, index) => dispatch({ type: 'rows', rows, complete: true, index }),
    fail,
  )

  const places = createPlaceKeeper(library, fail)
  const derive = () => background.ask({ type: 'derive-rules' })
  const keeping = createKeeping({ library, dispatch, loadRows, derive })
  const outside = createReadOutside(say, (ids) =>
    perform({ type: 'mark', ids, change: { read: true }, say: false }),
  )
  const decisions = createDecisions({ library, dispatch, loadRows, edit })

  let dwelling: NodeJS.Timeout | undefined
  /** Only the paper that was opened last can be read. */
  const dwell = (id: PaperId, ms: number) => {
    clearTimeout(dwelling)
    dwelling = setTimeout(() => dispatch({ type: 'dwelt', id }), ms).unref()
  }

  const prepare = (preparation: Preparation): void => {
    switch (preparation.kind) {
      case 'send':
        return write(preparation.text)
      case 'keep':
        return pictures.keep(preparation.number, preparation.strips)
      case 'forget':
        return pictures.forget(preparation.number)
    }
  }

  const run = (effect: Effect): void => {
    switch (effect.type) {
      case 'load-rows':
        return loadRows(effect.now)
      case 'load-paper':
        return dispatch({ type: 'paper', paper: findPaper(library, effect.id) })
      case 'mark':
      case 'tag':
      case 'move-in-tag':
      case 'undo':
      case 'redo':
        return decisions.decide(effect)
      case 'dwell':
        return dwell(effect.id, effect.ms)
      case 'load-settings':
        return configure(null)
      case 'write-setting':
        return configure(effect)
      case 'load-trending':
        return dispatch({ type: 'last-trending', trending: lastTrending(library) })
      case 'load-views':
      case 'keep-view':
      case 'remove-view':
      case 'restore-view':
      case 'move-view':
      case 'sort-view':
      case 'load-rules':
      case 'keep-rule':
      case 'turn-rule':
      case 'remove-rule':
      case 'restore-rule':
        return keeping(effect)
      case 'load-tags':
        return decisions.tags()
      case 'edit-note':
        return void decisions.editNote(effect.id).catch(fail)
      case 'search':
      case 'similar':
      case 'warm-up':
      case 'count-views':
      case 'count-rule':
      case 'recheck':
      case 'statistics':
      case 'sync':
      case 'ask-hub':
      case 'ask-paper':
      case 'ask-trending':
      case 'open-document':
      case 'lay-out':
      case 'find':
      case 'show-pictures':
      case 'show-picture':
      case 'hide-picture':
      case 'download-pdf':
        return background.ask(effect)
      case 'load-calendar':
        return dispatch({
          ...{ type: 'calendar', today: dayOf(Date.now()) },
          synced: syncDays(library).map(({ day }) => day),
        })
      case 'load-history':
        return dispatch({ type: 'history', queries: keptSearches(library) })
      case 'keep-query':
        return keepSearch(library, effect.query)
      case 'close-document':
        places.flush()
        return background.ask(effect)
      case 'keep-place':
        return places.keep(effect.id, effect.place)
      case 'ask-look':
        return void look().then((found) => dispatch({ type: 'look', look: found }), fail)
      case 'prepare-pictures':
        return effect.preparations.forEach(prepare)
      case 'copy':
        return void copy(effect.text, effect.what, write, say)
      case 'copy-papers': {
        const papers = effect.ids.flatMap((id) => findPaper(library, id) ?? [])
        const copied = copyOf(papers, effect.what)
        return copied
          ? void copy(copied.text, copied.name, write, say)
          : say('info', 'These papers have nothing of the kind to copy.')
      }
      case 'open':
        return openUrl(effect.url, say)
      case 'read-outside':
        return outside.read(effect.pages)
      case 'open-file':
        return openFile(effect.file, say)
      case 'notify':
        return notify(effect.text)
      case 'suspend':
        return suspend()
      case 'quit':
        // No key waits any longer: a place is worth a moment.
        library.setBusyTimeout(LAST_PATIENCE)
        places.flush()
        outside.flush()
        return quit()
      default:
        effect satisfies never
    }
  }
  // While another program writes, the library says so at once (see reader.ts), so that no key is held up; what was
  // wanted is tried again, in order, until it is done or has waited too long.
  const waiting: { effect: Effect; since: number }[] = []
  const attempt = ({ effect, since }: { effect: Effect; since: number }): 'done' | 'busy' => {
    try {
      run(effect)
    } catch (error) {
      const explained = explain(error, library.file)
      const busy = explained instanceof LibraryError && explained.code === 'busy'
      if (busy && Date.now() - since < PATIENCE) return 'busy'
      fail(error)
    }
    return 'done'
  }
  const retry = () => {
    while (waiting[0] && attempt(waiting[0]) === 'done') waiting.shift()
    if (waiting.length > 0) setTimeout(retry, RETRY)
  }
  const perform = (effect: Effect): void => {
    const writes = WRITES.has(effect.type)
    const job = { effect, since: Date.now() }
    if (writes && waiting.length > 0) return void waiting.push(job)
    if (attempt(job) === 'done') return
    // Nobody waits for a query to be remembered.
    if (effect.type !== 'keep-query')
      say('info', 'Another program is writing to the library; this waits until it has finished.')
    waiting.push(job)
    setTimeout(retry, RETRY)
  }
  return perform
}

/** Rows, and where each paper stands among them. */
interface Loaded {
  readonly rows: PaperRow[]
  readonly index: Map<PaperId, number>
}

/** Whether the library says the same of a paper as it did before. */
const isSame = (before: PaperRow, now: PaperRow): boolean =>
  (Object.keys(now) as (keyof PaperRow)[]).every((key) =>
    key === 'tags' ? before.tags.join() === now.tags.join() : before[key] === now[key],
  )

/** After reading all rows the loader rests for so many times as long as that took, but no longer than this (ms). */
const REST = 20
const LONGEST_REST = 5000

/**
 * Reads all rows in pieces, letting keys in between. Where the library changes meanwhile it begins anew: pieces of two
 * states would not fit together. While a sync stores day after day it rests in between, or it would do nothing else.
 */
function createRowLoader(
  library: Library,
  done: (rows: readonly PaperRow[], index: ReadonlyMap<PaperId, number>) => void,
  fail: (error: unknown) => void,
): (now?: true) => void {
  let running = false
  let again = false
  let begun = 0
  let resting: NodeJS.Timeout | null = null
  const ended = () => {
    running = false
    const rest = Math.min(LONGEST_REST, REST * (performance.now() - begun))
    resting = setTimeout(() => {
      resting = null
      if (again) start()
    }, rest)
    resting.unref()
  }
  let last: Loaded = { rows: [], index: new Map() }
  const read = (keys: readonly number[], at: number, loaded: Loaded, version: string, restarts: number) => {
    if (!library.db.open) return
    try {
      if (library.version() !== version && restarts < MAX_RESTARTS)
        return void setImmediate(begin, restarts + 1)
      // A place in a long list is only found by counting up to it: keys lead there at once.
      for (const row of rowsAt(library, keys.slice(at, at + CHUNK))) {
        const before = last.rows[last.index.get(row.id) ?? -1]
        loaded.index.set(row.id, loaded.rows.length)
        // Else both lists would be in memory until the garbage is collected.
        loaded.rows.push(before && isSame(before, row) ? before : row)
      }
      if (at + CHUNK < keys.length)
        return void setImmediate(read, keys, at + CHUNK, loaded, version, restarts)
      ended()
      last = loaded
      done(loaded.rows, loaded.index)
    } catch (error) {
      ended()
      fail(error)
    }
  }
  const begin = (restarts: number) => {
    if (!library.db.open) return
    try {
      const version = library.version()
      read(listKeys(library), 0, { rows: [], index: new Map() }, version, restarts)
    } catch (error) {
      ended()
      fail(error)
    }
  }
  const start = () => {
    running = true
    again = false
    if (resting) clearTimeout(resting)
    resting = null
    begun = performance.now()
    setImmediate(begin, 0)
  }
  return (now) => {
    if (running || (resting && !now)) again = true
    else start()
  }
}

/** How long leaving may wait for a busy library, in ms. */
const LAST_PATIENCE = 1000
/** How long a place in a text must last to be kept, in ms. */
const PLACE_LASTS = 400

/** Keeps how far texts have been read, once the reader rests: scrolling is no reason to write at every key. */
function createPlaceKeeper(library: Library, fail: (error: unknown) => void) {
  const unkept = new Map<PaperId, Place>()
  let timer: NodeJS.Timeout | undefined
  const flush = () => {
    clearTimeout(timer)
    if (!library.db.open) return
    try {
      for (const [id, place] of unkept) {
        storePosition(library, id, place)
        unkept.delete(id)
      }
    } catch (error) {
      const explained = explain(error, library.file)
      // While another program writes there is time for another try.
      if (explained instanceof LibraryError && explained.code === 'busy')
        timer = setTimeout(flush, PLACE_LASTS).unref()
      else {
        unkept.clear()
        fail(error)
      }
    }
  }
  return {
    flush,
    keep(id: PaperId, place: Place) {
      unkept.set(id, place)
      clearTimeout(timer)
      timer = setTimeout(flush, PLACE_LASTS).unref()
    },
  }
}

/** Copies by the terminal, which works from afar too, and by the desktop where there is one. */
async function copy(text: string, what: string, write: (text: string) => void, say: Say): Promise<void> {
  const sequence = osc52(text, process.env)
  if (sequence !== null) write(sequence)
  const isOnDesktop = await copyToPlatform(text, process.env, process.platform)
  if (sequence === null && !isOnDesktop) say('error', `Not copied: ${what} is too long for a terminal.`)
  else say('info', `Copied ${what}: ${truncate(unwrapLine(text), 60)}`)
}

/** Turns what the background says into events. */
export function backgroundEvents(answer: ThreadAnswer): Event[] {
  switch (answer.type) {
    case 'found':
      return [{ type: 'found', request: answer.request, found: answer.found }]
    case 'search-failed':
      return [
        { type: 'found', request: answer.request, found: { query: '', ids: [], matched: [] } },
        { type: 'say', message: { kind: 'error', text: `The search failed: ${answer.why}` } },
      ]
    case 'counted':
      return [{ type: 'view-counted', query: answer.query, count: answer.count }]
    case 'rule-counted':
      return [{ type: 'rule-counted', query: answer.query, papers: answer.papers }]
    case 'rechecked':
      return [{ type: 'rechecked', query: answer.query, ids: answer.ids }]
    case 'values':
      return [{ type: 'values', values: answer.values }]
    case 'sync':
      return [{ type: 'sync-event', event: answer.event, ms: answer.ms }]
    case 'part':
    case 'said':
    case 'drawn':
    case 'picture':
    case 'matches':
      return [{ type: 'document', answer }]
    case 'pdf':
      return [{ type: 'pdf', answer }]
    case 'hub-answered':
      return [{ type: 'hub-answered', answer: answer.answer }]
    case 'paper-asked':
      return [{ type: 'paper-asked', answer }]
    case 'trending':
      return [{ type: 'trending', answer: answer.answer }]
    case 'ruled':
      return [{ type: 'ruled', derived: answer.derived }]
    case 'synced':
      return [{ type: 'synced', end: answer.end }]
    case 'statistics':
      return [{ type: 'statistics', answer: answer.answer }]
    case 'complaint':
      return [{ type: 'say', message: { kind: 'error', text: answer.why } }]
  }
}
