// Any commands against a model: nothing but a command changes what the reader decided, each changes just what it says, and
// undoing everything leaves it as it was. Over a real library, with syncs and restarts in between.

import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createEffects } from '../../src/app/effects.ts'
import { createRuntime, type Runtime } from '../../src/app/runtime.ts'
import { isSelecting, targets } from '../../src/app/selecting.ts'
import { initialState } from '../../src/app/state.ts'
import { changeMarks, changeTags } from '../../src/library/history.ts'
import { storeDay } from '../../src/library/intake.ts'
import type { Library } from '../../src/library/library.ts'
import { countPapers, countUnread } from '../../src/library/papers.ts'
import { listRows } from '../../src/library/rows.ts'
import { aPaper, idOf, papers, temporaryLibrary } from '../support/papers.ts'

const PAPERS = 7

/** What was decided about a paper, as the list tells it. */
interface Own {
  readonly marks: Record<string, boolean>
  tags: readonly string[]
}
type Decided = Map<string, Own>

const undecided = (): Own => ({
  marks: { read: false, starred: false, later: false, hidden: false },
  tags: [],
})
const isDecided = ({ marks, tags }: Own) => tags.length > 0 || Object.values(marks).includes(true)

const decidedIn = (library: Library): Decided =>
  new Map(
    listRows(library, { withHidden: true })
      .map(({ id, read, starred, later, hidden, tags }): [string, Own] => [
        id,
        { marks: { read, starred, later, hidden }, tags },
      ])
      .filter(([, own]) => isDecided(own)),
  )

/** The tables themselves, with times and places. */
const tables = ({ db }: Library) =>
  ['marks', 'tagged', 'notes'].map((table) => db.prepare(`SELECT * FROM ${table} ORDER BY paper_id, 1`).all())

function startOver(library: Library): Runtime {
  const rows = listRows(library, { withHidden: true })
  const totals = { papers: countPapers(library), unread: countUnread(library) }
  return createRuntime(initialState({ columns: 80, rows: 24 }, rows, totals), (dispatch) =>
    createEffects({
      library,
      dispatch,
      background: { ask: () => {} },
      ...{ write: () => {}, notify: () => {}, suspend: () => {}, quit: () => {} },
      ...{
        look: async () => null,
        edit: async () => null,
        configure: () => {},
        pictures: { keep: () => {}, forget: () => {} },
      },
    }),
  )
}

const FIELDS = { m: 'read', b: 'starred', w: 'later', x: 'hidden' } as const

type Step =
  | { readonly kind: 'mark'; readonly key: keyof typeof FIELDS }
  | { readonly kind: 'tag'; readonly tag: string; readonly off: boolean }
  | { readonly kind: 'all' | 'undo' | 'redo' | 'restart' }
  | { readonly kind: 'idle'; readonly key: string }
  | { readonly kind: 'sync'; readonly number: number }

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom<Step>(
      ...(['m', 'b', 'w', 'x'] as const).map((key) => ({ kind: 'mark', key }) as const),
    ),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('tag' as const),
      tag: fc.constantFrom('a', 'b'),
      off: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.constant<Step>({ kind: 'all' }) },
  { weight: 3, arbitrary: fc.constant<Step>({ kind: 'undo' }) },
  { weight: 2, arbitrary: fc.constant<Step>({ kind: 'redo' }) },
  { weight: 1, arbitrary: fc.constant<Step>({ kind: 'restart' }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('sync' as const),
      number: fc.integer({ min: 1, max: PAPERS + 3 }),
    }),
  },
  {
    weight: 8,
    arbitrary: fc
      .constantFrom(
        'j',
        'k',
        'G',
        'home',
        'space',
        'V',
        '*',
        'escape',
        '0',
        '1',
        '2',
        '3',
        '4',
        'n',
        'pageDown',
      )
      .map((key): Step => ({ kind: 'idle', key })),
  },
)

it('any commands change just what they say, and undoing all of them leaves everything as it was', () => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 8, maxLength: 50 }), (steps) => {
      using held = temporaryLibrary()
      storeDay(held.library, '2025-01-06', papers(PAPERS))
      // What was decided before is there to be left alone.
      changeMarks(held.library, [idOf(2)], { starred: true }, 'before', 1)
      changeTags(held.library, [idOf(3)], { add: ['a'], remove: [] }, 'before', 2)
      held.library.db.exec('DELETE FROM history')
      const first = tables(held.library)

      let runtime = startOver(held.library)
      const press = (...keys: string[]) => {
        for (const key of keys) runtime.dispatch({ type: 'key', key })
      }
      const undone: Decided[] = []
      const done: Decided[] = []
      /** Presses keys that change what was decided about some papers, and compares with the same change of the model. */
      const decides = (ids: readonly string[], change: (own: Own) => void, ...keys: string[]) => {
        const before = decidedIn(held.library)
        const wanted: Decided = structuredClone(before)
        for (const id of ids) {
          const own = wanted.get(id) ?? undecided()
          change(own)
          if (isDecided(own)) wanted.set(id, own)
          else wanted.delete(id)
        }
        press(...keys)
        const after = decidedIn(held.library)
        expect(after).toEqual(wanted)
        if (JSON.stringify([...after]) === JSON.stringify([...before])) return
        done.push(before)
        undone.length = 0
      }
      const chosen = () => targets(runtime.state()).map(({ id }) => id)

      for (const step of steps) {
        const before = tables(held.library)
        switch (step.kind) {
          case 'mark': {
            const field = FIELDS[step.key]
            const on = targets(runtime.state()).some((row) => !row[field])
            const change = ({ marks }: Own) => {
              marks[field] = on
            }
            decides(chosen(), change, step.key)
            break
          }
          case 'tag': {
            const rows = targets(runtime.state())
            if (rows.length === 0) break
            const common = rows[0]?.tags.filter((tag) => rows.every(({ tags }) => tags.includes(tag))) ?? []
            const tags = step.off ? common.filter((tag) => tag !== step.tag) : [...common, step.tag]
            const change = (own: Own) => {
              const left = own.tags.filter((tag) => !common.includes(tag) || tags.includes(tag))
              own.tags = [...new Set([...left, ...tags])].sort()
            }
            const typed = [...tags.join(' ')].map((letter) => (letter === ' ' ? 'space' : letter))
            decides(chosen(), change, 't', 'ctrl+u', ...typed, 'enter')
            break
          }
          case 'all': {
            const { shown, rows } = runtime.state()
            const here = [...shown].flatMap((index) => rows[index]?.id ?? [])
            const ids = isSelecting(runtime.state()) ? chosen() : here
            const change = ({ marks }: Own) => {
              marks.read = true
            }
            decides(ids, change, 'A', 'y')
            // Where everything was read already nothing is asked, and y means something else.
            if (runtime.state().choosing) press('escape')
            break
          }
          case 'undo': {
            const now = decidedIn(held.library)
            const wanted = done.pop()
            press('U')
            expect(decidedIn(held.library)).toEqual(wanted ?? now)
            if (wanted) undone.push(now)
            break
          }
          case 'redo': {
            const now = decidedIn(held.library)
            const wanted = undone.pop()
            press('ctrl+r')
            expect(decidedIn(held.library)).toEqual(wanted ?? now)
            if (wanted) done.push(now)
            break
          }
          case 'restart':
            runtime = startOver(held.reopen())
            expect(tables(held.library)).toEqual(before)
            break
          case 'sync': {
            const paper = aPaper({ id: idOf(step.number), title: `Paper number ${step.number}`, upvotes: 99 })
            storeDay(held.library, '2025-01-07', [paper])
            runtime.dispatch({
              type: 'rows',
              rows: listRows(held.library, { withHidden: true }),
              complete: true,
            })
            expect(tables(held.library)).toEqual(before)
            break
          }
          case 'idle':
            press(step.key)
            expect(tables(held.library)).toEqual(before)
        }
        // The screen says what the library holds.
        const { rows, totals } = runtime.state()
        expect(rows).toEqual(listRows(held.library, { withHidden: true }))
        expect(totals.unread).toBe(countUnread(held.library))
      }
      for (let left = done.length; left >= 0; left--) press('U')
      expect(tables(held.library)).toEqual(first)
    }),
    { numRuns: 120 },
  )
})
