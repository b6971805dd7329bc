// The reader without a screen and without an outside: keys go in, the state and the effects it asks for come out.
// What the library would answer at once is answered from `rows`.

import type { Event } from '../../src/app/events.ts'
import { asLinear } from '../../src/app/linear.ts'
import { type Effect, initialState, type Size, type State, selectedRow } from '../../src/app/state.ts'
import { update } from '../../src/app/update.ts'
import { view } from '../../src/app/view.ts'
import { markVerb } from '../../src/library/history.ts'
import type { StoredPaper } from '../../src/library/papers.ts'
import type { PaperRow } from '../../src/library/rows.ts'
import type { Rule } from '../../src/library/rules.ts'
import type { SavedView } from '../../src/library/views.ts'
import type { MarkField } from '../../src/paper.ts'
import { wholePaper } from './papers.ts'

export interface Driver {
  state(): State
  /** The effects asked for so far. */
  readonly effects: Effect[]
  /** The library's rows; they change with marks, and when `arrive` says so. */
  rows(): readonly PaperRow[]
  send(event: Event): void
  press(...keys: string[]): void
  /** Types a text key by key. */
  type(text: string): void
  /** The library's rows from now on, as the reader gets them after a sync. */
  arrive(rows: readonly PaperRow[]): void
  /** The queries that were kept, newest first. */
  history(): readonly string[]
  /** Answers the newest search. */
  find(ids: readonly string[], matched?: readonly string[]): void
  /** Answers the newest search for papers like one, each with the words it shares. */
  findLike(shared: Readonly<Record<string, readonly string[]>>): void
  /** The effects asked for by what `work` does. */
  during(work: () => void): Effect[]
  /** The id of the selected paper. */
  selected(): string | undefined
  /** The line of the screen on which the selected paper stands; -1 where it stands on none. */
  selectedLine(): number
  /** The ids of the list, in its order. */
  shown(): string[]
}

export interface DriverOptions {
  /** Whether what happens is told, without a screen. */
  readonly linear?: boolean
  readonly size?: Size
  /** The whole paper of a row; derived from the row unless told. */
  readonly paper?: (row: PaperRow) => StoredPaper
  /** Queries that were kept before, newest first. */
  readonly history?: readonly string[]
  /** The library's views; they change as the reader asks. */
  readonly views?: readonly SavedView[]
  /** The library's rules; they change as the reader asks. */
  readonly rules?: readonly Rule[]
}

/** A reader over some rows, its first paper loaded. */
export function drive(first: readonly PaperRow[], options: DriverOptions = {}): Driver {
  const { size = { columns: 80, rows: 24 }, paper = wholePaper } = options
  let rows = first
  let history = options.history ?? []
  let views = options.views ?? []
  let rules = options.rules ?? []
  const unread = first.filter(({ read }) => !read).length
  let state = initialState(size, rows, { papers: rows.length, unread })
  const effects: Effect[] = []

  const answer = (effect: Effect) => {
    effects.push(effect)
    if (effect.type === 'load-paper') {
      const row = rows.find(({ id }) => id === effect.id)
      send({ type: 'paper', paper: row ? paper(row) : null })
    } else if (effect.type === 'load-history') {
      send({ type: 'history', queries: history })
    } else if (effect.type === 'load-views') {
      send({ type: 'views', saved: views })
    } else if (effect.type === 'keep-view') {
      const { view, before } = effect
      views = before === null ? [...views, view] : views.map((old) => (old.name === before ? view : old))
      send({ type: 'views', saved: views, kept: view.name })
    } else if (effect.type === 'remove-view') {
      const place = views.findIndex(({ name }) => name === effect.name)
      const view = views[place]
      views = views.filter(({ name }) => name !== effect.name)
      if (view) send({ type: 'views', saved: views, removed: { view, place } })
    } else if (effect.type === 'restore-view') {
      views = views.toSpliced(effect.place, 0, effect.view)
      send({ type: 'views', saved: views, removed: null, kept: effect.view.name })
    } else if (effect.type === 'move-view') {
      const from = views.findIndex(({ name }) => name === effect.name)
      const [moved] = views.slice(from, from + 1)
      if (moved) views = views.toSpliced(from, 1).toSpliced(from + effect.by, 0, moved)
      send({ type: 'views', saved: views })
    } else if (effect.type === 'load-rules') {
      send({ type: 'rules', all: rules })
    } else if (effect.type === 'keep-rule') {
      const kept = effect.of ?? Math.max(0, ...rules.map(({ rule }) => rule)) + 1
      const made = { rule: kept, isOn: true, since: 0, papers: 0, ...effect.wish }
      rules = effect.of === null ? [...rules, made] : rules.map((old) => (old.rule === kept ? made : old))
      send({ type: 'rules', all: rules, kept })
    } else if (effect.type === 'turn-rule') {
      rules = rules.map((rule) => (rule.rule === effect.rule ? { ...rule, isOn: effect.isOn } : rule))
      send({ type: 'rules', all: rules })
    } else if (effect.type === 'remove-rule') {
      const removed = rules.find(({ rule }) => rule === effect.rule) ?? null
      rules = rules.filter(({ rule }) => rule !== effect.rule)
      send({ type: 'rules', all: rules, removed })
    } else if (effect.type === 'restore-rule') {
      const kept = Math.max(0, ...rules.map(({ rule }) => rule)) + 1
      rules = [...rules, { ...effect.rule, rule: kept }]
      send({ type: 'rules', all: rules, kept, removed: null })
    } else if (effect.type === 'keep-query') {
      history = [effect.query, ...history.filter((query) => query !== effect.query)]
    } else if (effect.type === 'mark') {
      const { ids, change } = effect
      rows = rows.map((row) => (ids.includes(row.id) ? { ...row, ...change } : row))
      const [field, on] = Object.entries(change)[0] as [MarkField, boolean]
      const name =
        ids.length === 1 ? `“${rows.find(({ id }) => id === ids[0])?.title}”` : `${ids.length} papers`
      const say = effect.say ? `${markVerb(field, on)} ${name}` : null
      send({ type: 'marked', ids, change, say })
    }
  }
  const send = (event: Event) => {
    const [next, wanted] = update(state, event)
    state = next
    for (const effect of wanted) answer(effect)
  }
  if (options.linear) state = asLinear(state)
  // What the screen says of its size as soon as it is there.
  else send({ type: 'resized', size })
  if (views.length > 0) send({ type: 'views', saved: views })
  const row = selectedRow(state)
  if (row) send({ type: 'paper', paper: paper(row) })

  return {
    state: () => state,
    effects,
    rows: () => rows,
    history: () => history,
    send,
    press: (...keys) => {
      for (const key of keys) send({ type: 'key', key })
    },
    type: (text) => {
      for (const letter of text) send({ type: 'key', key: letter === ' ' ? 'space' : letter })
    },
    arrive(next) {
      rows = next
      send({ type: 'rows', rows, complete: true })
    },
    find(ids, matched = []) {
      const query = state.prompt?.text ?? ''
      const found = { query, ids, matched: matched.map((word) => ({ word, prefix: false })) }
      send({ type: 'found', request: state.search?.asked ?? 0, found })
    },
    findLike(shared) {
      const words = [...new Set(Object.values(shared).flat())]
      const found = {
        ids: Object.keys(shared),
        shared: new Map(Object.entries(shared)),
        matched: words.map((word) => ({ word, prefix: false })),
      }
      send({ type: 'found', request: state.search?.asked ?? 0, found })
    },
    during(work) {
      const before = effects.length
      work()
      return effects.slice(before)
    },
    selected: () => selectedRow(state)?.id,
    selectedLine: () =>
      view(state).lines.findIndex((line) => line.some(({ styles }) => styles.includes('selected'))),
    shown: () => Array.from(state.shown, (index) => state.rows[index]?.id ?? ''),
  }
}
