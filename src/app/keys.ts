// Names of keys, from what the terminal sends to what people read.

import { graphemes } from '../text/width.ts'

/** What the ui knows of a key press: the text it stands for, and which special key or modifier it was. */
export interface KeyPress {
  readonly upArrow: boolean
  readonly downArrow: boolean
  readonly leftArrow: boolean
  readonly rightArrow: boolean
  readonly pageUp: boolean
  readonly pageDown: boolean
  readonly home: boolean
  readonly end: boolean
  readonly return: boolean
  readonly escape: boolean
  readonly tab: boolean
  readonly backspace: boolean
  readonly delete: boolean
  readonly ctrl: boolean
  readonly shift: boolean
  readonly meta: boolean
}

const SPECIAL = [
  ['upArrow', 'up'],
  ['downArrow', 'down'],
  ['leftArrow', 'left'],
  ['rightArrow', 'right'],
  ['pageUp', 'pageUp'],
  ['pageDown', 'pageDown'],
  ['home', 'home'],
  ['end', 'end'],
  ['return', 'enter'],
  ['escape', 'escape'],
  ['tab', 'tab'],
  ['backspace', 'backspace'],
  ['delete', 'delete'],
] as const satisfies readonly (readonly [keyof KeyPress, string])[]

/**
 * The keys in one input event, by name: `j`, `G`, `enter`, `ctrl+d`, `space`. Keys that were pressed fast arrive as one
 * text (`dj\r`): each comes out by itself.
 */
export function keysOf(input: string, key: KeyPress): string[] {
  const special = SPECIAL.find(([name]) => key[name])
  if (special?.[1] === 'tab' && key.shift) return ['shift+tab']
  if (special) return [key.ctrl ? `ctrl+${special[1]}` : special[1]]
  if (key.meta) return []
  if (key.ctrl && input.length === 1) return [`ctrl+${input.toLowerCase()}`]
  return graphemes(input).flatMap(keyOf)
}

function keyOf(segment: string): string[] {
  if (segment === ' ') return ['space']
  if (segment === '\r' || segment === '\n' || segment === '\r\n') return ['enter']
  if (segment === '\t') return ['tab']
  if (segment === '\u001b') return ['escape']
  if (segment === '\u007f' || segment === '\b') return ['backspace']
  const code = segment.charCodeAt(0)
  if (code < 32) return [`ctrl+${String.fromCharCode(code + 96)}`]
  return [segment]
}

const LABELS: Record<string, string> = {
  up: '↑',
  down: '↓',
  left: '←',
  right: '→',
  enter: 'Enter',
  escape: 'Esc',
  tab: 'Tab',
  'shift+tab': 'Shift-Tab',
  space: 'Space',
  home: 'Home',
  end: 'End',
  pageUp: 'PgUp',
  pageDown: 'PgDn',
  backspace: 'Backspace',
  delete: 'Del',
}

const NAMES: ReadonlyMap<string, string> = new Map([
  ...[
    'up',
    'down',
    'left',
    'right',
    'home',
    'end',
    'enter',
    'escape',
    'tab',
    'space',
    'backspace',
    'delete',
  ].map((name) => [name, name] as const),
  ...([
    ['pageup', 'pageUp'],
    ['pgup', 'pageUp'],
    ['pagedown', 'pageDown'],
    ['pgdn', 'pageDown'],
    ['return', 'enter'],
    ['esc', 'escape'],
    ['del', 'delete'],
    ['shift+tab', 'shift+tab'],
    ['shift-tab', 'shift+tab'],
    ['s-tab', 'shift+tab'],
  ] as const),
])

/** Longer sequences nobody types. */
const LONGEST = 4

/**
 * Reads keys as people write them: `j`, `G`, `Enter`, `ctrl+d`, `Ctrl-d`, `C-d`, `^d`; several in a row as `g g` or `gg`. Gives
 * their names, with spaces between; null where the text is no key.
 */
export function parseKeys(text: string): string | null {
  const parts = text.trim() === '' ? (text === '' ? [] : ['space']) : text.trim().split(/\s+/)
  const keys = parts.flatMap((part) => {
    const name = parseKey(part)
    // Letters in a row, as the help shows them.
    return name !== null ? [name] : /^[!-~]{2,3}$/.test(part) ? [...part] : [null]
  })
  return keys.length === 0 || keys.length > LONGEST || keys.includes(null) ? null : keys.join(' ')
}

function parseKey(text: string): string | null {
  const known = NAMES.get(text.toLowerCase())
  if (known !== undefined) return known
  const control = /^(?:ctrl[+-]|c-|\^)(.+)$/i.exec(text)?.[1]
  if (control === undefined) return graphemes(text).length === 1 && !/[\p{Cc}\s]/u.test(text) ? text : null
  const special = NAMES.get(control.toLowerCase())
  if (/^[a-z]$/i.test(control)) return `ctrl+${control.toLowerCase()}`
  return special === undefined || special === 'space' ? null : `ctrl+${special}`
}

/** The keys of a command as people write them: `j ↓ Ctrl-n`. */
export function keyLabels(keys: readonly string[]): string {
  return keys.map(keyLabel).join(' ')
}

/** A key's name as people write it: `Ctrl-d`, `PgDn`, `↑`; letters in a row as `gg`. */
export function keyLabel(key: string): string {
  const labels = key.split(' ').map(singleLabel)
  return labels.join(labels.every((label) => graphemes(label).length === 1) ? '' : ' ')
}

const singleLabel = (key: string): string =>
  key.startsWith('ctrl+') ? `Ctrl-${singleLabel(key.slice(5))}` : (LABELS[key] ?? key)
