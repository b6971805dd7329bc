// Bylines: a feed may put all authors of a paper into one text, and each feed does it in its own way.

import { unwrapLine } from '../text/sanitise.ts'

const AND = /\s*,?\s+(?:and|&)\s+/i
const AND_OTHERS = /,?\s*(?:\bet al\.?|\band others)\s*$/i
const INITIALS = /^(?:\p{Lu}\.?[\s-]*){1,4}$/u
const LAST_INITIAL = /\s\p{Lu}\.?$/u
const SUFFIX = /^(?:jr|sr|ii|iii|iv|m\.?d|ph\.?d)\.?$/i
/** Names in these scripts have no comma in them. */
const CJK = /[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}]/u

/**
 * The names in a byline, as they are spelled there. A comma may part two names or a family name from a given one; where
 * neither can be told, the text stays whole.
 */
export function splitNames(byline: string): string[] {
  const text = unwrapLine(byline).replace(AND_OTHERS, '')
  const names = text.includes(';')
    ? text.split(';').map((name) => name.replace(/^\s*(?:and|&)\s+/i, ''))
    : splitAnds(text)
  return names.map((name) => name.replace(/[\s,]+$/, '').trim()).filter((name) => name !== '')
}

function splitAnds(text: string): string[] {
  const parts = text.split(AND)
  const last = parts.at(-1) ?? ''
  if (parts.length === 1) return splitCommas(text, false)
  if (!text.includes(',')) return parts.every((part) => wordsIn(part) > 1) ? parts : [text]
  // `Marsh, Ada and Lind, Bo` has a comma in every name, `Ada Marsh, Bo Lind and Cy Vale` between names.
  const isList = !last.includes(',')
  return parts.flatMap((part) => splitCommas(part, isList))
}

/** Splits at commas. `isList` where the text is known to hold names with the given one first. */
function splitCommas(text: string, isList: boolean): string[] {
  const pieces: string[] = []
  for (const piece of text.split(/[,，、]/).map((part) => part.trim())) {
    if (piece === '') continue
    if (SUFFIX.test(piece) && pieces.length > 0) pieces.push(`${pieces.pop()}, ${piece}`)
    else pieces.push(piece)
  }
  if (pieces.every((piece) => CJK.test(piece))) return pieces
  if (pieces.length % 2 === 0 && comeInPairs(pieces, isList))
    return pieces.flatMap((piece, at) => (at % 2 === 0 ? [`${piece}, ${pieces[at + 1]}`] : []))
  return pieces
}

/** Whether the pieces are family and given names in turn. */
function comeInPairs(pieces: readonly string[], isList: boolean): boolean {
  const families = pieces.filter((_, at) => at % 2 === 0)
  const given = pieces.filter((_, at) => at % 2 === 1)
  if (given.every((piece) => INITIALS.test(piece))) return true
  // Somebody whose given name comes first has two words at least, and the first is not a `van` or `de`.
  if (families.every((piece) => wordsIn(piece) === 1 || /^\p{Ll}/u.test(piece))) return true
  // Of two pieces the second alone is left to tell by: `García Márquez, Gabriel`, `García López, María E.`
  return (
    !isList && pieces.length === 2 && given.some((piece) => wordsIn(piece) === 1 || LAST_INITIAL.test(piece))
  )
}

const wordsIn = (text: string) => text.trim().split(/\s+/).length
