// Everything from outside passes here before it is stored or shown: see invariant 4 in docs/architecture.md.

import stripAnsi from 'strip-ansi'

// What can move the cursor, reorder the line or hide in it: C0 and C1 controls, soft hyphen, zero-width characters,
// bidi marks, embeddings and isolates, line separators, invisible operators, BOM, annotations, tags, stray surrogates.
// The joiners U+200C and U+200D stay: Persian, Indic scripts and emoji are spelled with them.
const UNSAFE =
  /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u00ad\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\u{1d173}-\u{1d17a}\u{e0000}-\u{e0fff}]|\p{Cs}/gu

// A joiner only joins between letters or pictures; elsewhere, or in a row, it is a hiding place.
const STRAY_JOINER =
  /(?<![\p{L}\p{M}\p{Extended_Pictographic}\p{Emoji_Modifier}])[\u200c\u200d]|[\u200c\u200d](?![\p{L}\p{M}\p{Extended_Pictographic}])/gu

// Text that stacks more than eight combining marks on a letter is out to overflow its cell.
const MARK_PILE = /(\p{M}{8})\p{M}+/gu

/** Text without anything a terminal would obey or a reader could not see; `\n` stays, tabs become spaces. */
export function sanitise(text: string): string {
  return stripAnsi(text)
    .replace(/\r\n?|[\u2028\u2029\u0085\u000b\u000c]/g, '\n')
    .replace(/\t/g, ' ')
    .replace(UNSAFE, '')
    .replace(STRAY_JOINER, '')
    .replace(MARK_PILE, '$1')
}

/** One line: the hard line breaks that the Hub had until November 2025 become spaces. */
export function unwrapLine(text: string): string {
  return sanitise(text).replace(/\s+/g, ' ').trim()
}

/** Running text: single line breaks become spaces, blank lines stay as paragraph breaks (`\n\n`). */
export function unwrapText(text: string): string {
  return sanitise(text)
    .split(/\n[^\S\n]*\n\s*/)
    .map((paragraph) => paragraph.replace(/\s+/g, ' ').trim())
    .filter((paragraph) => paragraph !== '')
    .join('\n\n')
}

/** An address fit to be shown and opened: http(s) only, or null. */
export function sanitiseUrl(text: string): string | null {
  const line = unwrapLine(text)
  if (!URL.canParse(line)) return null
  const url = new URL(line)
  return url.protocol === 'https:' || url.protocol === 'http:' ? url.href : null
}
