// The only place where the reader touches the outside: the library, the background thread, other programs.

import { spawn } from 'node:child_process'
import { changeMarks, markVerb, undoLast } from '../library/history.ts'
import type { Library } from '../library/library.ts'
import { findPaper, listRows, type PaperRow, rowsOf } from '../library/papers.ts'
import { truncate } from '../text/layout.ts'
import { sanitiseUrl } from '../text/sanitise.ts'
import type { BackgroundAnswer, BackgroundRequest } from './background.ts'
import type { Effect } from './state.ts'
import type { Event } from './update.ts'

/** A background thread, as far as effects care. */
export interface Background {
  ask(request: BackgroundRequest): void
}

export interface Outside {
  readonly library: Library
  readonly background: Background
  readonly dispatch: (event: Event) => void
  readonly quit: () => void
}

const SEARCH_LIMIT = 300
/** Rows read at once: about 3 ms, so that a key pressed meanwhile is not held up. */
const CHUNK = 250

/** Runs effects. Quick ones answer at once; slow ones in the background or piece by piece. */
export function createEffects({ library, background, dispatch, quit }: Outside): (effect: Effect) => void {
  const loadRows = createRowLoader(library, (rows) => dispatch({ type: 'rows', rows, complete: true }))
  const fail = (error: unknown) =>
    dispatch({
      type: 'say',
      message: { kind: 'error', text: error instanceof Error ? error.message : String(error) },
    })

  const run = (effect: Effect): void => {
    switch (effect.type) {
      case 'load-rows':
        return loadRows()
      case 'load-paper':
        return dispatch({ type: 'paper', paper: findPaper(library, effect.id) })
      case 'mark': {
        const { id, field, on } = effect
        const label = `${markVerb(field, on)} “${truncate(findPaper(library, id)?.title ?? id, 40)}”`
        changeMarks(library, [id], { [field]: on }, label)
        return dispatch({
          type: 'changed',
          rows: rowsOf(library, [id]),
          say: effect.say ? `${label} · U undoes` : null,
        })
      }
      case 'undo': {
        const undone = undoLast(library)
        return undone
          ? dispatch({ type: 'changed', rows: rowsOf(library, undone.ids), say: `Undone: ${undone.label}` })
          : dispatch({ type: 'say', message: { kind: 'info', text: 'Nothing left to undo.' } })
      }
      case 'search':
        return background.ask({
          type: 'search',
          request: effect.request,
          query: effect.query,
          limit: SEARCH_LIMIT,
        })
      case 'sync':
        return background.ask({ type: 'sync', asked: effect.asked })
      case 'open':
        return openUrl(effect.url, dispatch)
      case 'quit':
        return quit()
    }
  }
  return (effect) => {
    try {
      run(effect)
    } catch (error) {
      fail(error)
    }
  }
}

/**
 * Reads all rows in pieces, letting keys in between. Calls that come while it reads start it once more at its end:
 * the library has changed since.
 */
function createRowLoader(library: Library, done: (rows: PaperRow[]) => void): () => void {
  let running = false
  let again = false
  const read = (rows: Map<string, PaperRow>, offset: number) => {
    if (!library.db.open) return
    const chunk = listRows(library, { limit: CHUNK, offset })
    for (const row of chunk) rows.set(row.id, row)
    if (chunk.length === CHUNK) return void setImmediate(read, rows, offset + CHUNK)
    running = false
    done([...rows.values()])
    if (again) start()
  }
  const start = () => {
    running = true
    again = false
    setImmediate(read, new Map(), 0)
  }
  return () => {
    if (running) again = true
    else start()
  }
}

/** Opens an address with the desktop's own program, or $BROWSER. Never through a shell, and only http(s). */
function openUrl(url: string, dispatch: (event: Event) => void): void {
  const say = (kind: 'info' | 'error', text: string) => dispatch({ type: 'say', message: { kind, text } })
  const safe = sanitiseUrl(url)
  if (!safe) return say('error', `Not opened: ${url} is no http address.`)
  const [program, args] = opener(safe)
  const child = spawn(program, args, { stdio: 'ignore', detached: true })
  child.on('error', () =>
    say('error', `${program} is not here to open ${safe}. Set BROWSER to a program that can.`),
  )
  child.on('spawn', () => say('info', `Opened ${safe}`))
  child.unref()
}

function opener(url: string): [string, string[]] {
  const browser = process.env.BROWSER?.split(':')[0]
  if (browser) return [browser, [url]]
  if (process.platform === 'darwin') return ['open', [url]]
  if (process.platform === 'win32') return ['rundll32', ['url.dll,FileProtocolHandler', url]]
  return ['xdg-open', [url]]
}

/** Turns what the background says into events. */
export function backgroundEvents(answer: BackgroundAnswer): Event[] {
  switch (answer.type) {
    case 'found':
      return [{ type: 'found', request: answer.request, found: answer.found }]
    case 'search-failed':
      return [
        { type: 'found', request: answer.request, found: { query: answer.query, ids: [], matched: [] } },
        { type: 'say', message: { kind: 'error', text: `The search failed: ${answer.why}` } },
      ]
    case 'sync':
      return [{ type: 'sync-event', event: answer.event }]
    case 'synced':
      return [{ type: 'synced', end: answer.end }]
  }
}
