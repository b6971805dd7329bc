// The only place, with its arms, where the reader touches the outside: the library, the background threads, other programs.

import { dayOf } from '../days.ts'
import { explain, LibraryError } from '../library/errors.ts'
import type { Library } from '../library/library.ts'
import { syncDays } from '../library/listings.ts'
import { findPaper } from '../library/papers.ts'
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
import { createReadOutside, openFile, openUrl, type Say } from './opening.ts'
import { createPlaceKeeper } from './place-keeper.ts'
import { createRowLoader } from './row-loader.ts'
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
/** How long leaving may wait for a busy library, in ms. */
const LAST_PATIENCE = 1000

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
      case 'load-calendar':
        return dispatch({
          ...{ type: 'calendar', today: dayOf(Date.now()) },
          synced: syncDays(library).map(({ day }) => day),
        })
      case 'load-history':
        return dispatch({ type: 'history', queries: keptSearches(library) })
      case 'keep-query':
        return keepSearch(library, effect.query)
      case 'open-document':
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
        return outside.read(effect.pages, effect.pageless)
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
        // Whatever is left takes longer than a frame.
        return background.ask(effect)
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
    // Decisions keep their order: a page that is still opening was opened before.
    if (writes && effect.type !== 'keep-query') outside.flush()
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

/** Copies by the terminal, which works from afar too, and by the desktop where there is one. */
async function copy(text: string, what: string, write: (text: string) => void, say: Say): Promise<void> {
  const sequence = osc52(text, process.env)
  if (sequence !== null) write(sequence)
  const isOnDesktop = await copyToPlatform(text, process.env, process.platform)
  if (sequence === null && !isOnDesktop) say('error', `Not copied: ${what} is too long for a terminal.`)
  else say('info', `Copied ${what}: ${truncate(unwrapLine(text), 60)}`)
}
