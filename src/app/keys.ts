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

/** The keys of a command as people write them: `j ↓ Ctrl-n`. */
export function keyLabels(keys: readonly string[]): string {
  return keys.map(keyLabel).join(' ')
}

/** A key's name as people write it: `Ctrl-d`, `PgDn`, `↑`. */
export function keyLabel(key: string): string {
  return key.startsWith('ctrl+') ? `Ctrl-${key.slice(5)}` : (LABELS[key] ?? key)
}
