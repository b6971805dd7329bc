// What the reader decides, as the library keeps it: marks, tags, notes, undoing and redoing. An arm of effects.ts.

import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import {
  changeMarks,
  changeNote,
  changeTags,
  markVerb,
  moveInTag,
  type Restored,
  redoNext,
  undoLast,
} from '../library/history.ts'
import type { Library } from '../library/library.ts'
import { allTags, noteOf } from '../library/marks.ts'
import { findPaper, hasPapers } from '../library/papers.ts'
import { rowsOf } from '../library/rows.ts'
import { mutedAmong } from '../library/rules.ts'
import type { MarkChange, MarkField, PaperId } from '../paper.ts'
import { latexText } from '../text/latex.ts'
import { truncate } from '../text/layout.ts'
import { describe } from '../text/sanitise.ts'
import type { Event } from './events.ts'

/** What is asked of the library about decisions. */
export type Decision =
  | {
      readonly type: 'mark'
      readonly ids: readonly PaperId[]
      readonly change: MarkChange
      readonly say: boolean
    }
  | {
      readonly type: 'tag'
      readonly ids: readonly PaperId[]
      readonly add: readonly string[]
      readonly remove: readonly string[]
    }
  /** Moves a paper in the order of a tag. */
  | { readonly type: 'move-in-tag'; readonly id: PaperId; readonly tag: string; readonly by: number }
  | { readonly type: 'undo' }
  | { readonly type: 'redo' }

export interface DecidingOutside {
  readonly library: Library
  readonly dispatch: (event: Event) => void
  readonly loadRows: () => void
  /** Lends the terminal to the reader's editor; how it ended, in words, or null where all went well. */
  readonly edit: (file: string) => Promise<string | null>
}

/** Carries out decisions. */
export function createDecisions({ library, dispatch, loadRows, edit }: DecidingOutside) {
  const say = (kind: 'info' | 'error', text: string) => dispatch({ type: 'say', message: { kind, text } })

  /** Whether all papers are still known by these ids; says so where they are not. */
  const areHere = (ids: readonly PaperId[]): boolean => {
    if (hasPapers(library, ids)) return true
    // Another instance, or the sync, has found the arXiv id of a paper that had none.
    say('error', 'Nothing was changed: the list has changed. Look again and press the key once more.')
    loadRows()
    return false
  }

  const changed = (ids: readonly PaperId[], text: string | null) =>
    dispatch({ type: 'changed', rows: rowsOf(library, ids), say: text })

  const tags = () => dispatch({ type: 'tags', tags: allTags(library) })

  const restored = (step: Restored | null, what: string, none: string) => {
    if (!step) return say('info', none)
    const rows = rowsOf(library, step.ids)
    dispatch({ type: 'changed', rows, say: `${what}: ${step.label}`, restored: true })
    tags()
  }

  const decide = (decision: Decision): void => {
    switch (decision.type) {
      case 'mark': {
        const { ids, change } = decision
        if (!areHere(ids)) return
        const label = `${verbsOf(change)} ${nameOf(library, ids)}`
        changeMarks(library, ids, change, label)
        dispatch({ type: 'marked', ids, change, say: decision.say ? label : null })
        // What is starred or kept for later no rule hides.
        const muted = 'starred' in change || 'later' in change ? mutedAmong(library, ids) : []
        if (muted.length > 0) changed(muted, null)
        // Tags count what is not hidden.
        return 'hidden' in change || muted.length > 0 ? tags() : undefined
      }
      case 'tag': {
        const { ids, add, remove } = decision
        if (!areHere(ids)) return
        const names = (tags: readonly string[]) => tags.map((tag) => `#${tag}`).join(' ')
        const what = [
          add.length > 0 && `tagged ${names(add)}`,
          remove.length > 0 && `untagged ${names(remove)}`,
        ]
        const label = `${what.filter(Boolean).join(', ')}: ${nameOf(library, ids)}`
        changed(changeTags(library, ids, { add, remove }, label), label)
        return tags()
      }
      case 'move-in-tag': {
        const { id, tag, by } = decision
        const label = `moved ${nameOf(library, [id])} ${by < 0 ? 'up' : 'down'} in #${tag}`
        const moved = moveInTag(library, id, tag, by, label)
        return moved.length > 0
          ? changed(moved, label)
          : say('info', `It is the ${by < 0 ? 'first' : 'last'} paper of #${tag} already.`)
      }
      case 'undo':
        return restored(undoLast(library), 'Undone', 'Nothing left to undo.')
      case 'redo':
        return restored(redoNext(library), 'Done again', 'Nothing was undone that could be done again.')
    }
  }

  /** Has the note on a paper edited. What was typed is never lost: where anything fails it stays in a draft. */
  const editNote = async (id: PaperId): Promise<void> => {
    if (!areHere([id])) return
    const file = draftOf(library, id)
    const before = noteOf(library, id) ?? ''
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
    if (!statSync(file, { throwIfNoEntry: false })) writeFileSync(file, before, { mode: 0o600 })
    const failed = await edit(file)
    const written = readDraft(file)
    if (failed !== null || typeof written !== 'string') {
      const isKept = typeof written !== 'string' || written !== before
      if (!isKept) rmSync(file, { force: true })
      const kept = isKept ? ', and what you wrote is kept for the next time' : ''
      const why = failed ?? (written as { why: string }).why
      return say('error', `The note is as it was${kept}: ${why}.`)
    }
    const label = `${written.trim() === '' ? 'removed the note on' : 'wrote a note on'} ${nameOf(library, [id])}`
    const ids = changeNote(library, id, written, label)
    // Only what is stored may go.
    rmSync(file, { force: true })
    if (ids.length === 0) return say('info', 'The note is as it was.')
    changed(ids, label)
  }

  return { decide, editNote, tags }
}

const verbsOf = (change: MarkChange) =>
  (Object.entries(change) as [MarkField, boolean][]).map(([field, on]) => markVerb(field, on)).join(' and ')

/** Papers in the words of a history: a title, or how many. */
function nameOf(library: Library, ids: readonly PaperId[]): string {
  const [id = ''] = ids
  if (ids.length !== 1) return `${ids.length.toLocaleString('en')} papers`
  return `“${truncate(latexText(findPaper(library, id)?.title ?? id), 40)}”`
}

/** Where a note is while it is written: beside the library, by the paper's id. */
const draftOf = (library: Library, id: PaperId) =>
  join(dirname(library.file), 'drafts', `${id.replace(/[^\w.-]+/g, '_')}.md`)

/** Longer than any note. */
const MOST_BYTES = 1_000_000

function readDraft(file: string): string | { why: string } {
  try {
    const { size } = statSync(file)
    if (size > MOST_BYTES) return { why: 'the file is longer than 1 MB, which no note is' }
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file))
  } catch (error) {
    if (error instanceof TypeError) return { why: 'the file is no UTF-8 text' }
    return { why: `the file cannot be read (${describe(error)})` }
  }
}
