// Where the words of a text are written to: runs, a new one for each change of style.

import type { Run, RunStyle } from '../document.ts'
import { sanitise } from '../sanitise.ts'

/** How words are set. */
export interface Setting {
  readonly styles: readonly RunStyle[]
  readonly href?: string
}

export const PLAIN: Setting = { styles: [] }

export interface Output {
  /** Whether what was written last is white space, or nothing was written. */
  readonly spaced: boolean
  write(text: string, setting: Setting): void
  runs(): Run[]
  /** All that was written, without styles. */
  text(): string
}

export function createOutput(): Output {
  const parts: { text: string; readonly setting: Setting }[] = []
  // The last sign is kept apart: to ask a text that grows for its end takes longer the longer it is.
  let end = ' '
  return {
    get spaced() {
      return /\s/.test(end)
    },
    write(text, setting) {
      const last = parts.at(-1)
      end = text.at(-1) ?? end
      if (last && isSame(last.setting, setting)) last.text += text
      else if (text !== '') parts.push({ text, setting })
    },
    text: () => parts.map(({ text }) => text).join(''),
    runs: () =>
      parts
        .map(({ text, setting: { styles, href } }) => ({
          text: sanitise(text),
          ...(styles.length > 0 ? { styles } : {}),
          ...(href === undefined ? {} : { href }),
        }))
        .filter(({ text }) => text !== ''),
  }
}

const isSame = (one: Setting, other: Setting): boolean =>
  one.href === other.href && one.styles.join() === other.styles.join()

export const withStyle = (setting: Setting, style: RunStyle | null): Setting =>
  style === null || setting.styles.includes(style)
    ? setting
    : { ...setting, styles: [...setting.styles, style] }
