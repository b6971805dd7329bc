// What is chosen from, told: links, what to copy, questions, the palette, the help, and whatever lies over all else.

import { runsText } from '../../text/run-layout.ts'
import { calendarBar } from '../calendar-view.ts'
import type { Hint } from '../choosing.ts'
import { commandsIn, contextOf, DISPATCH, hintOf } from '../commands.ts'
import type { Line } from '../frame.ts'
import { keyLabel } from '../keys.ts'
import type { LinkList } from '../link-list.ts'
import { paletteEntries } from '../palette.ts'
import type { State } from '../state.ts'
import { helpOf, view } from '../view.ts'
import { counted, numbered, plain, plainLines, sentence } from './words.ts'

/** What there is to choose from. */
export function choosingWhere(state: State): string[] {
  const { choosing } = state
  switch (choosing?.kind) {
    case 'copy':
      return ['What to copy:']
    case 'sort':
      return ['The order, by letter:']
    case 'confirm':
      return [choosing.question]
    case 'hints':
      return [
        `${counted(choosing.hints.length, 'link')} here, by letter:`,
        ...choosing.hints.map((hint) => `${hint.keys}: ${wordsOf(state, hint)}`),
      ]
    case 'links':
      return linksWhere(choosing)
    default:
      return []
  }
}

/** The words of a link in an open text. */
function wordsOf({ document }: State, { line, start, href }: Hint): string {
  let at = 0
  for (const run of document?.text.lines[line]?.runs ?? []) {
    if (at === start) return `${runsText([run]).trim()}${href.startsWith('#') ? '' : `, ${href}`}`
    at += run.text.length
  }
  return href
}

function linksWhere({ links, rest, copies, asking }: LinkList): string[] {
  return [
    `${counted(links.length, 'link')}. A letter ${copies ? 'copies the address' : 'opens one'}.`,
    ...links.map(linkText),
    ...(rest === '' ? [] : [rest]),
    ...(asking ? ['The Hub is being asked for more.'] : []),
  ]
}

const linkText = ({ keys, label, url, detail }: LinkList['links'][number]) =>
  `${keys}: ${[label, url, plain(detail)].filter((part) => part !== '').join(', ')}`

/** What has changed in what there is to choose from. */
export function choosingMoved({ choosing: was }: State, { choosing: now }: State): string[] {
  if (was?.kind !== 'links' || now?.kind !== 'links') return []
  const lines: string[] = []
  if (was.copies !== now.copies) lines.push(now.copies ? 'The next letter copies.' : 'The next letter opens.')
  const known = new Map(was.links.map((link) => [link.keys, linkText(link)]))
  lines.push(...now.links.filter((link) => known.get(link.keys) !== linkText(link)).map(linkText))
  if (now.asking && !was.asking) lines.push('The Hub is being asked for more.')
  const at = now.links[now.top]
  if (was.top !== now.top && at) lines.push(linkText(at))
  return lines
}

/** The selected command of the palette. */
function entryText(state: State): string {
  const at = state.overlay?.kind === 'palette' ? state.overlay.at : 0
  const entries = paletteEntries(state, DISPATCH)
  const entry = entries[at]
  if (!entry) return 'No command is called so.'
  const { command, keys, runs } = entry
  const why = runs === true ? '' : ` It cannot run: ${runs}.`
  return `${at + 1} of ${entries.length}: ${command.title}${keys === '' ? '' : `, ${keys}`}.${why}`
}

/** Widths and heights of what is only looked through, in cells. */
const SHEET = { columns: 200, rows: 200 }
/** As narrow, statistics are one column and no map. */
const NARROW = { columns: 56, rows: 200 }

/** What would be on a screen that has room for all of it; of the calendar the selected day. */
function sheetOf(state: State): readonly Line[] {
  const { overlay } = state
  if (overlay?.kind === 'calendar') return [calendarBar(state, { ...overlay, typed: null }, NARROW.columns)]
  const size = overlay?.kind === 'statistics' ? NARROW : SHEET
  return view({ ...state, size }).lines.slice(1, -1)
}
/** Its lines as they are told: that a sign points at the selected one is told otherwise. */
const textsOf = (lines: readonly Line[]) => plainLines(lines, ': ').map((text) => text.replace(/^> /, ''))
const selectedIn = (lines: readonly Line[]) =>
  textsOf(lines.filter((line) => line.some(({ styles }) => styles.includes('selected'))))

/** What lies over all else. */
export const overlayWhere = (state: State): string[] => {
  if (state.overlay?.kind === 'palette') return [`Commands. ${entryText(state)}`]
  const lines = sheetOf(state)
  if (state.overlay?.kind === 'calendar') return ['Calendar.', ...plainLines(lines)]
  return [...textsOf(lines), ...selectedIn(lines).map((line) => `Selected: ${line}`)]
}

/** What has changed in what lies over all else: another line is selected, or lines have come. */
export function overlayMoved(before: State, after: State): string[] {
  if (after.overlay?.kind === 'palette') {
    const text = entryText(after)
    return text === entryText(before) ? [] : [text]
  }
  const was = sheetOf(before)
  const now = sheetOf(after)
  const selected = selectedIn(now)
  const known = new Set(textsOf(was))
  const lines = textsOf(now).filter((line) => !known.has(line))
  return selected.join() === selectedIn(was).join()
    ? lines
    : [...selected, ...lines.filter((line) => !selected.includes(line))]
}

/** Where the help's lines are not broken, in cells. */
const HELP_WIDTH = 200

const helpTexts = (state: State) => plainLines(helpOf(state, HELP_WIDTH), ': ')

/** The keys of where the help was opened, and how to hear the others. */
export function helpWhere(state: State): string[] {
  const lines = helpTexts(state)
  if (state.filter?.prompt.text.trim()) return numbered(lines)
  const headings = helpOf(state, HELP_WIDTH).map(([first]) => first?.styles.includes('heading') === true)
  const next = headings.indexOf(true, 1)
  return [
    `Help, ${counted(lines.length, 'line')}. j and k go through all of them.`,
    ...numbered(lines.slice(0, next < 0 ? undefined : next)),
  ]
}

/** Another line of the help, or other lines. */
export function helpMoved(before: State, after: State): string[] {
  if (before.filter?.prompt.text.trim() !== after.filter?.prompt.text.trim()) {
    const lines = helpTexts(after)
    return [`${counted(lines.length, 'line')}.`, ...numbered(lines).slice(0, FOUND)]
  }
  const lines = helpTexts(after)
  return before.scroll === after.scroll ? [] : numbered([lines[after.scroll] ?? ''], after.scroll + 1)
}

/** Lines of the help that are told as soon as they are found. */
const FOUND = 12

/** The keys that matter where one is, as the footer of a screen has them. */
export function keysLine(state: State): string {
  const context = contextOf(state)
  const keys = commandsIn(context, state.bindings)
    .filter(({ id, hint, keys, enabled }) => {
      // An abstract has been told from its beginning to its end.
      if (!hint || keys.length === 0 || id.startsWith('scroll-')) return false
      return (enabled?.(state) ?? true) === true
    })
    .map((command) => `${keyLabel(command.keys[0] ?? '')} ${hintOf(command, state)}`)
  return keys.length === 0 ? '' : sentence(`Keys: ${keys.join(', ')}`)
}
