// The statistics on the screen, and as `broadsheet stats` prints them: as much of the year as there is room for as a map,
// below it what was counted, in columns where there is room.

import type { Counted } from '../library/statistics.ts'
import type { Day } from '../paper.ts'
import { cellWidth, fitCells, truncate, wrap } from '../text/layout.ts'
import { printMonth } from './dates.ts'
import { fitLine, type Line, span } from './frame.ts'
import { bodyHeight, clamp } from './shown.ts'
import type { State } from './state.ts'
import { type Counting, type Statistics, type Summary, summarise, weeksUpTo } from './statistics.ts'
import { asciiText } from './themes.ts'

/** From these widths on there are so many columns, and so many weeks have room on the map. */
const LAYOUTS = [
  { from: 116, columns: 3, weeks: 53 },
  { from: 72, columns: 2, weeks: 27 },
  { from: 60, columns: 1, weeks: 27 },
]
const NARROW = { columns: 1, weeks: 0 }
const WIDEST = 150
const GAP = 4
/** Nothing, then few papers to many, of what the busiest day of the map has. */
const WEIGHTS = ['·', '░', '▒', '▓', '█']
const WEEKDAYS = ['Mon', '', 'Wed', '', 'Fri', '', 'Sun']
const MARGIN = 2

/** The body of the screen: exactly its height, every line exactly `columns` cells. */
export function statisticsPane(state: State, { answer, top }: Statistics, columns: number): Line[] {
  const height = bodyHeight(state)
  const lines = linesOf(answer, columns)
  const first = clamp(top, 0, Math.max(0, lines.length - height))
  return Array.from({ length: height }, (_, at) => fitLine(lines[first + at] ?? [], columns))
}

function linesOf(answer: Statistics['answer'], columns: number): readonly Line[] {
  if (answer === null) return [[], [span('  Counting …', 'dim')]]
  if ('why' in answer)
    return [
      [],
      ...wrap(`The statistics cannot be counted: ${answer.why}`, Math.max(2, columns - 2 * MARGIN)).map(
        ({ text }) => [span('  '), span(text, 'error')],
      ),
    ]
  return statisticsLines(answer, columns)
}

/** How many lines there are to scroll through. */
export const statisticsHeight = ({ overlay, size }: State): number =>
  overlay?.kind === 'statistics' ? linesOf(overlay.answer, size.columns).length : 0

/** What the status bar says. */
export function statisticsBar({ answer }: Statistics, width: number): Line {
  const name = [
    ...(width >= 60 ? [span(' Broadsheet ', 'bold', 'accent')] : []),
    span(' Statistics ', 'bold'),
  ]
  if (answer === null || 'why' in answer) return name
  const { read, streak } = summarise(answer)
  const days =
    streak.current > 0 && width >= 60
      ? ` · ${streak.current} ${streak.current === 1 ? 'day' : 'days'} in a row`
      : ''
  return [...name, span(`${read.all.toLocaleString('en')} read${days} `, 'own')]
}

/** Everything, in lines of at most `columns` cells. */
export function statisticsLines(counting: Counting, columns: number): readonly Line[] {
  const summary = summarise(counting)
  const layout = LAYOUTS.find(({ from }) => columns >= from) ?? NARROW
  const room = Math.max(4, Math.min(columns, WIDEST) - 2 * MARGIN)
  const width = Math.floor((room - (layout.columns - 1) * GAP) / layout.columns)
  const columnsOf = placed(sections(summary, width), layout.columns)
  const height = Math.max(...columnsOf.map((column) => column.length))
  const below = Array.from({ length: height }, (_, at) =>
    columnsOf.flatMap((column, place) => [
      span(' '.repeat(place === 0 ? MARGIN : GAP)),
      ...fitLine(column[at] ?? [], width),
    ]),
  )
  const map = layout.weeks > 0 ? mapLines(summary, counting.today, layout.weeks) : []
  return [...map, ...below]
}

interface Section {
  readonly column: 0 | 1 | 2
  readonly lines: readonly Line[]
}

/** Sections one below the other in as many columns; of two, the second has what is in the second and the third. */
function placed(all: readonly Section[], columns: number): Line[][] {
  return Array.from({ length: columns }, (_, at) =>
    all.filter(({ column }) => Math.min(column, columns - 1) === at).flatMap(({ lines }) => [[], ...lines]),
  )
}

function sections(summary: Summary, width: number): Section[] {
  const { read, streak, starred, later, hidden, notes, tags, authors, organizations, unread, library } =
    summary
  const days = (count: number) => `${count} ${count === 1 ? 'day' : 'days'}`
  return [
    {
      column: 0,
      lines: [
        title('Read'),
        ...facts(width, [
          ['today', count(read.today)],
          ['this week', count(read.thisWeek)],
          ['this month', count(read.thisMonth)],
          ['in all', count(read.all)],
          ['days in a row', days(streak.current)],
          ['the most in a row', days(streak.longest)],
        ]),
      ],
    },
    {
      column: 0,
      lines: [
        title('Decided'),
        ...facts(width, [
          ['starred', count(starred)],
          ['for later', count(later)],
          ['hidden', count(hidden)],
          ['notes', count(notes)],
        ]),
      ],
    },
    {
      column: 1,
      lines: [
        title('Unread, by their day'),
        ...bars(width, [
          { name: 'today', papers: unread.today },
          { name: 'this week', papers: unread.thisWeek },
          { name: 'this month', papers: unread.thisMonth },
          { name: 'this year', papers: unread.thisYear },
          { name: 'older', papers: unread.older },
        ]),
      ],
    },
    {
      column: 1,
      lines: [
        title('The library'),
        ...facts(width, [
          ['papers', count(library.papers)],
          ['days with papers', count(library.days)],
          ['full texts kept', count(library.fullTexts)],
          ['their size', size(library.fullTextBytes)],
          ['the file', size(library.fileBytes)],
        ]),
      ],
    },
    ...frequent(2, 'Tags you read', tags, width),
    ...frequent(2, 'Authors you read', authors, width),
    ...frequent(2, 'Organisations you read', organizations, width),
  ]
}

const frequent = (
  column: Section['column'],
  name: string,
  list: readonly Counted[],
  width: number,
): Section[] => (list.length === 0 ? [] : [{ column, lines: [title(name), ...bars(width, list)] }])

const title = (text: string): Line => [span(text, 'heading')]
const count = (value: number) => value.toLocaleString('en')

function size(bytes: number): string {
  if (bytes < 1e6) return `${Math.ceil(bytes / 1e3).toLocaleString('en')} kB`
  return bytes < 1e9 ? `${(bytes / 1e6).toFixed(1)} MB` : `${(bytes / 1e9).toFixed(1)} GB`
}

const NAME = 18

function facts(width: number, all: readonly (readonly [name: string, value: string])[]): Line[] {
  const values = Math.max(...all.map(([, value]) => value.length))
  return all.map(([name, value]) => [
    span(`${fitCells(truncate(name, NAME), Math.min(NAME, Math.max(1, width - values - 2)))}  `, 'dim'),
    span(value.padStart(values)),
  ])
}

/** A line for each, with a bar as long as its share of the longest. */
function bars(width: number, list: readonly Counted[]): Line[] {
  const values = Math.max(...list.map(({ papers }) => count(papers).length))
  const most = Math.max(1, ...list.map(({ papers }) => papers))
  const longest = Math.max(...list.map(({ name }) => cellWidth(name)))
  const names = Math.max(1, Math.min(longest, Math.floor((width - values) * 0.6)))
  const room = width - names - values - 3
  return list.map(({ name, papers }) => {
    const bar = papers === 0 || room < 3 ? 0 : Math.max(1, Math.round((room * papers) / most))
    return [
      span(`${fitCells(truncate(name, names), names)}  `, 'dim'),
      span(`${count(papers).padStart(values)} `),
      span('█'.repeat(bar), 'accent'),
    ]
  })
}

/** The map: a column for each week, a line for each day of it, the months above, what the signs mean below. */
function mapLines({ readOn }: Summary, today: Day, weeks: number): Line[] {
  const all = weeksUpTo(today, weeks)
  const papers = new Map(readOn.map((entry) => [entry.day, entry.papers]))
  const days = all.flat().filter((day) => day !== null)
  const most = Math.max(1, ...days.map((day) => papers.get(day) ?? 0))
  const weight = (day: Day) => Math.ceil(((WEIGHTS.length - 1) * (papers.get(day) ?? 0)) / most)
  const sum = days.reduce((read, day) => read + (papers.get(day) ?? 0), 0)
  const left = (name: string) => span(`${' '.repeat(MARGIN)}${name.padEnd(4)}`, 'dim')
  return [
    [],
    [left(''), span(monthNames(all), 'dim')],
    ...WEEKDAYS.map((name, at): Line => {
      const signs = all.map((week) => week[at] ?? null)
      return [
        left(name),
        ...signs.map((day) => {
          const level = day === null ? 0 : weight(day)
          return day === null
            ? span('  ')
            : span(`${WEIGHTS[level]} `, ...(level === 0 ? (['dim'] as const) : (['accent'] as const)))
        }),
      ]
    }),
    [
      left(''),
      span(`${count(sum)} read in ${weeks === 53 ? 'a year' : 'half a year'}  `),
      ...WEIGHTS.map((sign, level) =>
        span(`${sign} `, ...(level === 0 ? (['dim'] as const) : (['accent'] as const))),
      ),
      span(`none to ${count(most)} a day`, 'dim'),
    ],
  ]
}

/** Each month's name above the week in which it begins, where the one before leaves room. */
function monthNames(weeks: readonly (readonly (Day | null)[])[]): string {
  let text = ''
  for (const [at, week] of weeks.entries()) {
    const first = week.find((day) => day?.endsWith('-01'))
    if (first && text.length <= at * 2) text = `${text.padEnd(at * 2)}${printMonth(first).slice(0, 3)} `
  }
  return text
}

/** All of it as plain text; `ascii` keeps the signs to ASCII. */
export const plainStatistics = (counting: Counting, columns: number, ascii: boolean): string =>
  statisticsLines(counting, columns)
    .map((line) =>
      line
        .map(({ text, styles }) => (ascii ? asciiText(text, styles) : text))
        .join('')
        .trimEnd(),
    )
    .join('\n')
    .replace(/^\n+/, '')
