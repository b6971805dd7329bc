// The mouse: the wheel scrolls what is under it, a click does what stands there. Where that is, the view says.

import type { Day } from '../paper.ts'
import { move, scrollBy, still, withPaper } from './actions.ts'
import { selectDay } from './calendar.ts'
import { follow } from './choosing.ts'
import { type Context, commandsIn, contextOf } from './commands.ts'
import { changeDocument } from './document.ts'
import { headingAt } from './document-moving.ts'
import { spanAt, type Target } from './frame.ts'
import { pressed } from './pressing.ts'
import { showTag } from './searching.ts'
import { bodyHeight, clamp, countLines, firstLineOf, inSight, lastPlace, lineOf, placeAt } from './shown.ts'
import type { Effect, State, Step } from './state.ts'
import { paneAt, view } from './view.ts'
import { openView } from './views.ts'

/** What the mouse did, at a cell of the screen counted from 0. */
export type Mouse = {
  readonly column: number
  readonly row: number
} & ({ readonly kind: 'click' } | { readonly kind: 'wheel'; readonly by: 1 | -1 })

/** Lines that a notch of the wheel scrolls by. */
const NOTCH = 3

/** The commands that go up and down in a context, how often a notch runs them, and the command that opens what is selected. */
interface Ways {
  readonly up: string
  readonly down: string
  readonly notch?: number
  readonly open?: string
}

const WAYS: Readonly<Partial<Record<Context, Ways>>> = {
  reading: { up: 'scroll-up', down: 'scroll-down' },
  triage: { up: 'scroll-up', down: 'scroll-down' },
  document: { up: 'text-up', down: 'text-down' },
  contents: { up: 'contents-previous', down: 'contents-next', open: 'contents-close' },
  help: { up: 'help-up', down: 'help-down' },
  filter: { up: 'filter-up', down: 'filter-down' },
  links: { up: 'links-up', down: 'links-down' },
  palette: { up: 'palette-previous', down: 'palette-next', open: 'palette-run' },
  settings: { up: 'settings-previous', down: 'settings-next', open: 'settings-change' },
  views: { up: 'views-previous', down: 'views-next', open: 'views-open' },
  rules: { up: 'rules-previous', down: 'rules-next', open: 'rules-edit' },
  calendar: { up: 'calendar-previous-month', down: 'calendar-next-month', notch: 1 },
  statistics: { up: 'statistics-up', down: 'statistics-down' },
}

/** The step of the mouse. */
export function moused(state: State, mouse: Mouse): Step {
  if (mouse.kind === 'wheel') return wheeled(state, mouse)
  const target = spanAt(view(state).lines[mouse.row] ?? [], mouse.column)?.target
  return target ? clicked({ ...state, pending: '' }, target) : still(state)
}

function wheeled(state: State, { by, column }: Mouse & { kind: 'wheel' }): Step {
  const context = contextOf(state)
  if (context === 'list' || context === 'prompt') {
    const pane = paneAt(state, column)
    if (pane === 'sidebar') return still(state)
    return pane === 'list' ? scrollList(state, by * NOTCH) : scrollBy(state, by * NOTCH)
  }
  const ways = WAYS[context]
  return ways ? repeated(state, by > 0 ? ways.down : ways.up, ways.notch ?? NOTCH) : still(state)
}

/** Runs a command of the context so many times; where it is not enabled, it does nothing. */
function repeated(state: State, id: string, times: number): Step {
  const context = contextOf(state)
  const command = commandsIn(context, state.bindings).find((one) => one.id === id)
  let next = state
  const effects: Effect[] = []
  for (let time = 0; time < times; time++) {
    if (!command || (command.enabled?.(next) ?? true) !== true) break
    const [after, more] = command.run(next)
    next = after
    effects.push(...more)
  }
  return [next, effects]
}

/** Scrolls the list; the cursor stays where it is as long as it is in sight, with the day above it. */
function scrollList(state: State, by: number): Step {
  const height = bodyHeight(state)
  const top = clamp(state.top + by, 0, Math.max(0, countLines(state) - height))
  if (top === state.top) return still(state)
  const above = placeAt(state, top)
  const from = firstLineOf(state, above) < top ? above + 1 : above
  const below = placeAt(state, top + height - 1)
  const to = lineOf(state, below) < top + height ? below : below - 1
  const cursor = clamp(state.cursor, Math.min(from, lastPlace(state)), Math.max(from, to))
  return withPaper(inSight({ ...state, top, cursor }))
}

function clicked(state: State, target: Target): Step {
  const context = contextOf(state)
  switch (target.kind) {
    case 'keys':
      return target.keys.split(' ').reduce<Step>(
        ([before, effects], key) => {
          const [after, more] = pressed(before, key)
          return [after, [...effects, ...more]]
        },
        [state, []],
      )
    case 'place':
      if (context !== 'list' && context !== 'prompt') return still(state)
      if (target.at !== state.cursor) return move({ ...state, message: null }, target.at)
      // While a query is typed, what it finds may be another the next moment.
      return context === 'list' ? opened(state) : still(state)
    case 'entry':
      return context === 'document' || context === 'contents'
        ? toHeading(state, target.at)
        : toEntry(state, target.at)
    case 'day':
      return toDay(state, target.day)
    case 'view': {
      const view = state.views.saved.find(({ name }) => name === target.name)
      return view && context === 'list' ? openView(state, view) : still(state)
    }
    case 'tag':
      return context === 'list' ? showTag(state, target.tag) : still(state)
    case 'link':
      return context === 'document' || context === 'reading' || context === 'triage' || context === 'list'
        ? follow(state, target.href)
        : still(state)
  }
}

/** Opens what the cursor is on: a paper, or the offer after the results. */
function opened(state: State): Step {
  const commands = commandsIn('list', state.bindings).filter(({ id }) => id === 'open' || id === 'ask-hub')
  const command = commands.find(({ enabled }) => (enabled?.(state) ?? true) === true)
  return command ? command.run({ ...state, message: null }) : still(state)
}

/** Selects an entry of what lies over all else, or opens the one that is selected. */
function toEntry(state: State, at: number): Step {
  const { overlay } = state
  const ways = WAYS[contextOf(state)]
  if (!overlay || !('at' in overlay) || !ways?.open) return still(state)
  if (at === overlay.at) return repeated(state, ways.open, 1)
  return repeated(state, at > overlay.at ? ways.down : ways.up, Math.abs(at - overlay.at))
}

/** Selects a day of the calendar, or goes to the one that is selected. */
function toDay(state: State, day: Day): Step {
  const { overlay } = state
  if (overlay?.kind !== 'calendar') return still(state)
  return overlay.day === day ? repeated(state, 'calendar-go', 1) : selectDay(day)(state)
}

/** To a heading of the contents; where it is read already and nothing stands beside them, on with the text. */
function toHeading(state: State, at: number): Step {
  const { document } = state
  const heading = document?.text.headings[at]
  if (!document || !heading) return still(state)
  if (contextOf(state) === 'contents' && headingAt(document) === at)
    return repeated(state, 'contents-close', 1)
  return changeDocument(state, () => ({ top: heading.line }))
}
