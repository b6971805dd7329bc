// The calendar on the screen: months side by side, each day with its papers and how many of them are unread. What a day
// is shows by signs: colours only repeat it.

import { isWeekend } from '../days.ts'
import type { Day } from '../paper.ts'
import { cellWidth, fitCells, truncate } from '../text/layout.ts'
import {
  type Calendar,
  countDay,
  countDays,
  type DayCount,
  type Emptiness,
  emptinessOf,
  isOnDay,
  monthsShown,
} from './calendar.ts'
import { printMonth, printWeekday } from './dates.ts'
import { fitLine, type Line, type Span, type Style, span, targeted } from './frame.ts'
import { lastOfMonth, type Month, weeksOf } from './month-grid.ts'
import { bodyHeight } from './shown.ts'
import type { State } from './state.ts'

const WEEKDAYS = ['Mo', 'Tu', 'We', 'Th', 'Fr', 'Sa', 'Su']
/** Cells between months, and the most that a day takes. */
const GAP = 3
const WIDEST = 6
/** Months beside each other where a whole year is shown. */
const IN_A_ROW = 6
/** Weeks that the longest month has days in, and the lines above them. */
const MOST_WEEKS = 6
const ABOVE = 2
/** Few papers to many, of what the busiest day on the screen has. */
const SHADES = ['░', '▒', '▓', '█']
const EMPTY_SIGNS: Readonly<Record<Emptiness, string>> = { synced: '-', missing: '?', none: ' ' }

interface Shape {
  /** Months beside each other. */
  readonly across: number
  /** Cells of a day, and lines. */
  readonly cells: number
  readonly lines: 1 | 2 | 3
}

/** How months are laid out, so that days are as large as there is room for. */
function shapeOf(months: number, columns: number, height: number): Shape {
  const across = Math.min(months, IN_A_ROW)
  const down = Math.ceil(months / across)
  const room = Math.floor((columns - (across - 1) * GAP) / across)
  const cells = Math.max(2, Math.min(WIDEST, Math.floor((room - 1) / 7)))
  const fits = (lines: number) => down * (ABOVE + MOST_WEEKS * lines) + down - 1 <= height
  // Numbers need room.
  return { across, cells, lines: cells < 4 ? 1 : fits(3) ? 3 : fits(2) ? 2 : 1 }
}

/** What a day's cell is drawn from. */
interface Drawn {
  readonly state: State
  readonly calendar: Calendar
  readonly counts: ReadonlyMap<Day, DayCount>
  readonly most: number
  readonly shape: Shape
}

/** The body of the screen: exactly its height, every line exactly `columns` cells. */
export function calendarPane(state: State, calendar: Calendar, columns: number): Line[] {
  const height = bodyHeight(state)
  const all = monthsShown(state, calendar)
  const shape = shapeOf(all.length, columns, height)
  // A low screen has room for half of a year.
  const rows = chunks(all, shape.across)
  const isTooHigh = rows.length * (ABOVE + MOST_WEEKS) + rows.length - 1 > height
  const shown = isTooHigh ? rows.filter((row) => row.includes(calendar.day.slice(0, 7))) : rows
  const months = shown.flat()
  const counts = countDays(state.rows, `${months[0]}-01`, lastOfMonth(months.at(-1) ?? ''))
  const most = Math.max(1, ...Array.from(counts.values(), ({ papers }) => papers))
  const drawn: Drawn = { state, calendar, counts, most, shape }
  const lines = shown.flatMap((row, at) => [...(at > 0 ? [[]] : []), ...monthsBeside(drawn, row)])
  const visible = inRoom(lines, drawn, height)
  const legend = visible.length + 1 < height ? [[], legendLine()] : []
  const margin = ' '.repeat(Math.max(0, Math.floor((columns - lineCells(shape)) / 2)))
  return Array.from({ length: height }, (_, at) =>
    fitLine([span(margin), ...([...visible, ...legend][at] ?? [])], columns),
  )
}

const chunks = <T>(list: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(list.length / size) }, (_, at) => list.slice(at * size, (at + 1) * size))

/** Cells of a month: a week's end stands a little apart where there is room. */
const monthCells = (cells: number) => 7 * cells + (cells > 2 ? 1 : 0)
const lineCells = ({ across, cells }: Shape) => across * monthCells(cells) + (across - 1) * GAP

/** As many lines as fit: what is above the weeks goes first, then the weeks that are far from the selected day. */
function inRoom(lines: readonly Line[], { calendar, shape }: Drawn, height: number): readonly Line[] {
  if (lines.length <= height || shape.across > 1) return lines.slice(0, height)
  const weeks = lines.slice(ABOVE)
  const above = height > 2 ? lines.slice(0, 1) : []
  const room = height - above.length
  const week = weeksOf(calendar.day.slice(0, 7)).findIndex((days) => days.includes(calendar.day))
  const first = Math.max(0, Math.min(week - Math.floor(room / 2), weeks.length - room))
  return [...above, ...weeks.slice(first, first + room)]
}

function legendLine(): Line {
  const parts: [string, string][] = [
    ['12', 'papers'],
    ['·3', 'unread'],
    [SHADES.join(''), 'few to many'],
    ['-', 'none'],
    ['?', 'not synced'],
    ['*', 'today'],
  ]
  return parts.flatMap(([sign, meaning]) => [span(sign, 'accent'), span(` ${meaning}  `, 'dim')])
}

function monthsBeside(drawn: Drawn, months: readonly Month[]): Line[] {
  const blocks = months.map((month) => monthLines(drawn, month))
  const width = monthCells(drawn.shape.cells)
  return Array.from({ length: Math.max(...blocks.map((block) => block.length)) }, (_, at) =>
    blocks.flatMap((block, place) => [
      ...(place > 0 ? [span(' '.repeat(GAP))] : []),
      ...fitLine(block[at] ?? [], width),
    ]),
  )
}

function monthLines(drawn: Drawn, month: Month): Line[] {
  const { cells, lines, across } = drawn.shape
  const weeks = weeksOf(month)
  // Months beside each other end on the same line, so that those below them begin on one.
  const all = across > 1 ? [...weeks, ...Array(MOST_WEEKS - weeks.length).fill(NO_WEEK)] : weeks
  return [
    titleLine(drawn, month),
    weekLine(WEEKDAYS.map((name) => [span(fitCells(cells > 2 ? ` ${name}` : name, cells), 'dim')])),
    ...all.flatMap((days: readonly (Day | null)[]) =>
      Array.from({ length: lines }, (_, at) =>
        weekLine(
          days.map((day) =>
            day === null
              ? [span(' '.repeat(cells))]
              : targeted(dayPart(drawn, day, at), { kind: 'day', day }),
          ),
        ),
      ),
    ),
  ]
  function weekLine(parts: readonly Line[]): Line {
    return parts.flatMap((part, at) => (at === 5 && cells > 2 ? [span(' '), ...part] : part))
  }
}

const NO_WEEK: readonly null[] = Array(7).fill(null)

function titleLine({ state, counts, shape }: Drawn, month: Month): Line {
  const name = ` ${printMonth(month)}`
  let papers = 0
  for (const [day, count] of counts) if (day.startsWith(month)) papers += count.papers
  const about = papers > 0 ? ` · ${papers.toLocaleString('en')}${state.complete ? '' : '+'}` : ''
  const width = monthCells(shape.cells)
  return cellWidth(name + about) <= width
    ? [span(name, 'heading'), span(about, 'dim')]
    : [span(truncate(name, width), 'heading')]
}

/** One of the lines of a day. */
function dayPart({ calendar, counts, most, shape }: Drawn, day: Day, line: number): Line {
  const { cells, lines } = shape
  const count = counts.get(day)
  const isSelected = day === calendar.day
  const piece = (text: string, ...styles: Style[]): Span =>
    isSelected
      ? span(text, 'own', 'selected', ...styles.filter((style) => style === 'bold'))
      : span(text, ...styles)
  const emptiness = emptinessOf(calendar, day)
  const sign = count ? SHADES[Math.ceil((SHADES.length * count.papers) / most) - 1] : EMPTY_SIGNS[emptiness]
  if (line === 0) {
    const date = String(Number(day.slice(8))).padStart(2)
    const isToday = day === calendar.known?.today
    const style: readonly Style[] = count?.unread ? ['bold'] : count && !isWeekend(day) ? [] : ['dim']
    if (cells === 2) return [piece(date, ...style)]
    // A single line has no room for numbers: what is unread matters most.
    const state = lines > 1 || !count ? (sign ?? ' ') : count.unread > 0 ? '●' : '·'
    const before = isSelected ? '>' : isToday ? '*' : cells === 3 ? state : ' '
    return [
      piece(before, 'accent'),
      piece(date, ...style),
      ...(cells > 3 ? [piece(state, 'accent'), piece(' '.repeat(cells - 4))] : []),
    ]
  }
  const papers = count ? short(count.papers) : ''
  const unread = count?.unread ? `·${short(count.unread)}` : ''
  const text = line === 2 ? unread : lines === 2 && unread !== '' ? unread : papers
  return [piece(fitCells(text.padStart(3), cells), text === unread ? 'unread' : 'dim')]
}

/** A count in at most three cells. */
const short = (count: number): string =>
  count < 1000 ? String(count) : count < 100_000 ? `${Math.floor(count / 1000)}k` : '99k'

/** Fewer cells have no room for all that is said of a day. */
const ALL_SAID_FROM = 60

/** What the status bar says: the selected day and its papers, or the date that is being typed. */
export function calendarBar(state: State, calendar: Calendar, width: number): Line {
  const { day, known, typed } = calendar
  const isNarrow = width < ALL_SAID_FROM
  const name = isNarrow ? [] : [span(' Broadsheet ', 'bold', 'accent'), span(' Calendar ', 'bold')]
  const typing = typed ? [span(` ${typed.text}`, 'accent'), span(' ', 'cursor'), span(' ')] : []
  const { papers, unread } = countDay(state, day)
  const emptiness = emptinessOf(calendar, day)
  const counted = `${papers} ${papers === 1 ? 'paper' : 'papers'}`
  const about =
    papers > 0
      ? counted + (isNarrow ? '' : `, ${unread} unread`)
      : { synced: 'no papers', missing: 'not synced yet', none: 'no papers' }[emptiness]
  const reading = state.complete ? '' : ' · reading the library …'
  const isToday = day === known?.today
  const date = isToday && isNarrow ? 'today' : `${isToday ? 'today, ' : ''}${printWeekday(day)}`
  if (isOnDay(state) !== true) return [...name, ...typing, span(' no day yet ', 'dim')]
  return [
    ...name,
    ...typing,
    span(` ${date} `, 'bold'),
    ...(typed && isNarrow ? [] : [span(`· ${about}${reading} `, 'own')]),
  ]
}
