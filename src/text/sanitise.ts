// Everything from outside passes here before it is stored or shown: see invariant 4 in docs/architecture.md.

import stripAnsi from 'strip-ansi'

// What can move the cursor, reorder the line or hide in it: controls, format characters (bidi marks, embeddings,
// isolates, tags, soft hyphens), everything that Unicode says to show as nothing, separators, blank Braille, stray
// surrogates. Line breaks stay; so, for now, do joiners and variation selectors.
const UNSAFE =
  /(?!\n|\u200c|\u200d|\ufe0e|\ufe0f)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800\ufff0-\ufffb]/gu

// Joiners are for scripts that are spelled with them (Arabic, Indic, Mongolian, Khmer) and for emoji; variation
// selectors for emoji. Elsewhere, or in a row, they are hiding places.
const STRAY_JOINER =
  /(?<!(?:[\p{Script=Arabic}\p{Script=Syriac}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Gurmukhi}\p{Script=Gujarati}\p{Script=Oriya}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Sinhala}\p{Script=Khmer}\p{Script=Mongolian}\p{Extended_Pictographic}\p{Emoji_Modifier}]|\ufe0f))[\u200c\u200d]|[\u200c\u200d](?![\p{L}\p{M}\p{Extended_Pictographic}])/gu
const STRAY_SELECTOR = /(?<!\p{Emoji})[\ufe0e\ufe0f]/gu

// A skin tone without anybody who has it: no two terminals agree on how many cells it takes.
const STRAY_MODIFIER = /(?<!\p{Emoji_Modifier_Base}\ufe0f?)\p{Emoji_Modifier}/gu

// Text that stacks more than eight combining marks on a letter is out to overflow its cell.
const MARK_PILE = /((?:\p{M}[\u200c\u200d]?){8})[\p{M}\u200c\u200d]+/gu

// Printable ASCII and the letters of Latin: nearly every text is made of these and needs no closer look.
const HARMLESS = /^[\n\x20-\x7e\u00a1-\u00ac\u00ae-\u024f]*$/

/** Text without anything a terminal would obey or a reader could not see; `\n` stays, tabs become spaces. */
export function sanitise(text: string): string {
  if (HARMLESS.test(text)) return text
  return stripAnsi(text)
    .replace(/\r\n?|[\u2028\u2029\u0085\u000b\u000c]/g, '\n')
    .replace(/\t/g, ' ')
    .replace(UNSAFE, '')
    .replace(STRAY_MODIFIER, '')
    .replace(STRAY_SELECTOR, '')
    .replace(MARK_PILE, '$1')
    .replace(STRAY_JOINER, '')
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

/** What an error says, fit to be shown on one line. */
export function describe(error: unknown): string {
  return unwrapLine(error instanceof Error ? error.message : String(error))
}
