// How text falls into words, and how words compare. The index, the ranking and the highlights all ask here, so what
// one of them calls a match the others do too.

import { fold } from '../paper.ts'

/** A word of a text, folded, and where it stands there, in UTF-16 units; `end` is exclusive. */
export interface Token {
  readonly word: string
  readonly start: number
  readonly end: number
  /** How many plain words it spans: more than one where parts joined by hyphens are taken as one (`pre-training`). */
  readonly parts: number
}

// A lone Greek letter is a symbol, and people type its name; within a Greek word it is a letter like others.
const GREEK: Readonly<Record<string, string>> = {
  ...{ α: 'alpha', β: 'beta', γ: 'gamma', δ: 'delta', ε: 'epsilon', ζ: 'zeta', η: 'eta', θ: 'theta' },
  ...{ ι: 'iota', κ: 'kappa', λ: 'lambda', μ: 'mu', ν: 'nu', ξ: 'xi', ο: 'omicron', π: 'pi', ρ: 'rho' },
  ...{ σ: 'sigma', ς: 'sigma', τ: 'tau', υ: 'upsilon', φ: 'phi', χ: 'chi', ψ: 'psi', ω: 'omega' },
}

// Letters that Unicode takes for letters of their own, and that people without the keys for them spell so.
const SPELLED: Readonly<Record<string, string>> = {
  ...{ ß: 'ss', ø: 'o', ł: 'l', đ: 'd', ð: 'd', ħ: 'h', ı: 'i', æ: 'ae', œ: 'oe', þ: 'th' },
}
const SPELLED_OTHERWISE = new RegExp(`[${Object.keys(SPELLED).join('')}]`, 'g')

const RUN = /[\p{L}\p{N}\p{M}]+/gu
const HAS_LETTER = /[\p{L}\p{N}]/u
const FOLDED_WORD = /[\p{L}\p{N}][\p{L}\p{N}\p{M}]*/gu
// The first character a text of simple letters does not have.
const NOT_ASCII = /[^\x00-\x7f]/
const HYPHENS = '-\u2010\u2011'
const PIECE = /[a-z0-9-]/
/** Longer chains of hyphens are no compound words. */
const MAX_PARTS = 4

/** The words of a run of letters, folded: one, but for oddities such as `½`, which is two numbers. */
function foldRun(run: string): readonly string[] {
  if (!NOT_ASCII.test(run)) return [run.toLowerCase()]
  if (!HAS_LETTER.test(run)) return []
  const folded =
    fold(run)
      .replace(SPELLED_OTHERWISE, (letter) => SPELLED[letter] ?? letter)
      .match(FOLDED_WORD) ?? []
  return folded.length === 1 ? [GREEK[folded[0]] ?? folded[0]] : folded
}

/** The plain words of a text in their order: runs of letters and digits, folded. */
export function plainTokens(text: string): Token[] {
  if (!NOT_ASCII.test(text)) return asciiTokens(text)
  const tokens: Token[] = []
  for (const { 0: run, index } of text.matchAll(RUN))
    for (const word of foldRun(run)) tokens.push({ word, start: index, end: index + run.length, parts: 1 })
  return tokens
}

// Most texts are plain English, and an index reads many: without the Unicode tables it takes a fifth of the time.
function asciiTokens(text: string): Token[] {
  const tokens: Token[] = []
  const folded = text.toLowerCase()
  let start = -1
  for (let at = 0; at <= folded.length; at++) {
    const code = at < folded.length ? folded.charCodeAt(at) : 0
    if ((code >= 97 && code <= 122) || (code >= 48 && code <= 57)) {
      if (start < 0) start = at
    } else if (start >= 0) {
      tokens.push({ word: folded.slice(start, at), start, end: at, parts: 1 })
      start = -1
    }
  }
  return tokens
}

/** The folded plain words of a text, in order. */
export function plainWords(text: string): string[] {
  return plainTokens(text).map(({ word }) => word)
}

/**
 * The words of a text as the index holds them: the plain words in their order, then the compounds: what hyphens join
 * is one word too, each two neighbours and the whole (`vision-language-action`).
 */
export function tokens(text: string): Token[] {
  const plain = plainTokens(text)
  return [...plain, ...compounds(text, plain)]
}

function compounds(text: string, plain: readonly Token[]): Token[] {
  const joined: Token[] = []
  let first = 0
  for (let at = 1; at <= plain.length; at++) {
    const end = plain[at - 1]?.end ?? 0
    if (plain[at]?.start === end + 1 && HYPHENS.includes(text[end] ?? ' ')) continue
    const parts = at - first
    if (parts >= 2 && parts <= MAX_PARTS) {
      for (let pair = first; parts > 2 && pair < at - 1; pair++)
        joined.push(join(plain.slice(pair, pair + 2)))
      joined.push(join(plain.slice(first, at)))
    }
    first = at
  }
  return joined
}

const join = (parts: readonly Token[]): Token => ({
  word: parts.map(({ word }) => word).join(''),
  start: parts[0]?.start ?? 0,
  end: parts.at(-1)?.end ?? 0,
  parts: parts.length,
})

/** A text to be searched for folded words by their letters alone. */
export interface FoldedText {
  /** The words of the text in its order, folded, then its compounds. Nothing but words is made of letters. */
  readonly text: string
  /** Where the compounds begin, in UTF-16 units. */
  readonly end: number
}

/** Folds a text for searching in it. */
export function foldedText(text: string): FoldedText {
  const simple = !NOT_ASCII.test(text)
  const all = simple ? [] : tokens(text)
  const folded = simple
    ? text.toLowerCase()
    : all.flatMap(({ word, parts }) => (parts === 1 ? word : [])).join(' ')
  const joined = simple ? hyphenated(folded).flatMap(tokens) : all
  const words = joined.flatMap(({ word, parts }) => (parts > 1 ? word : []))
  return { text: words.length === 0 ? folded : `${folded}\n${words.join(' ')}`, end: folded.length }
}

/** The pieces of a folded text that hyphens join. */
function hyphenated(folded: string): string[] {
  const pieces: string[] = []
  for (let at = folded.indexOf('-'); at >= 0; at = folded.indexOf('-', at + 1)) {
    let start = at
    while (start > 0 && PIECE.test(folded[start - 1] as string)) start--
    while (at < folded.length && PIECE.test(folded[at] as string)) at++
    pieces.push(folded.slice(start, at))
  }
  return pieces
}

/** A word's other grammatical number, as it may be spelled: `agents` for `agent`, `study` for `studies`. */
export function otherNumbers(word: string): string[] {
  if (word.length < 3 || /\d/.test(word)) return []
  if (word.endsWith('ies') && word.length > 4) return [`${word.slice(0, -3)}y`, word.slice(0, -1)]
  if (word.endsWith('es') && word.length > 4) return [word.slice(0, -1), word.slice(0, -2)]
  if (word.endsWith('s') && !word.endsWith('ss') && word.length > 3) return [word.slice(0, -1), `${word}es`]
  return word.endsWith('y') ? [`${word}s`, `${word.slice(0, -1)}ies`] : [`${word}s`, `${word}es`]
}
