// Letters in other shapes: the alphabets of mathematics, raised and lowered letters, and the marks over and under them.

/** The alphabets that Unicode has for single letters. */
export type Alphabet = 'bold' | 'script' | 'fraktur' | 'blackboard'

interface Places {
  /** Where the alphabet's A, a, 0, Α and α are. */
  readonly upper: number
  readonly lower: number
  readonly digit?: number
  readonly upperGreek?: number
  readonly lowerGreek?: number
  /** The letters that Unicode had before, and where. */
  readonly elsewhere: Readonly<Record<string, string>>
}

const ALPHABETS: Readonly<Record<Alphabet, Places>> = {
  bold: {
    upper: 0x1d400,
    lower: 0x1d41a,
    digit: 0x1d7ce,
    upperGreek: 0x1d6a8,
    lowerGreek: 0x1d6c2,
    elsewhere: { '∇': '𝛁', '∂': '𝛛', ϵ: '𝛜', ϑ: '𝛝', ϰ: '𝛞', ϕ: '𝛟', ϱ: '𝛠', ϖ: '𝛡', ı: 'ı', ȷ: 'ȷ' },
  },
  script: {
    upper: 0x1d49c,
    lower: 0x1d4b6,
    elsewhere: {
      B: 'ℬ',
      E: 'ℰ',
      F: 'ℱ',
      H: 'ℋ',
      I: 'ℐ',
      L: 'ℒ',
      M: 'ℳ',
      R: 'ℛ',
      e: 'ℯ',
      g: 'ℊ',
      o: 'ℴ',
    },
  },
  fraktur: {
    upper: 0x1d504,
    lower: 0x1d51e,
    elsewhere: { C: 'ℭ', H: 'ℌ', I: 'ℑ', R: 'ℜ', Z: 'ℨ' },
  },
  blackboard: {
    upper: 0x1d538,
    lower: 0x1d552,
    digit: 0x1d7d8,
    elsewhere: { C: 'ℂ', H: 'ℍ', N: 'ℕ', P: 'ℙ', Q: 'ℚ', R: 'ℝ', Z: 'ℤ' },
  },
}

// A word in such letters is harder to read than it is worth: they tell single letters apart.
const SHORT_RUNS = /(?<![\p{L}\p{N}])(?:\p{L}\p{M}*){1,2}(?![\p{L}\p{N}])|^\d$/gu

/** A text with its single letters and digits from an alphabet; words and numbers stay as they are. */
export function inAlphabet(text: string, alphabet: Alphabet): string {
  const places = ALPHABETS[alphabet]
  return text.replace(SHORT_RUNS, (run) => Array.from(run, (letter) => shaped(letter, places)).join(''))
}

function shaped(letter: string, places: Places): string {
  const known = places.elsewhere[letter]
  if (known !== undefined) return known
  const from = (start: number | undefined, first: string) =>
    start === undefined ? letter : String.fromCodePoint(start + letter.charCodeAt(0) - first.charCodeAt(0))
  if (/[A-Z]/.test(letter)) return from(places.upper, 'A')
  if (/[a-z]/.test(letter)) return from(places.lower, 'a')
  if (/[0-9]/.test(letter)) return from(places.digit, '0')
  if (/[Α-Ω]/.test(letter)) return from(places.upperGreek, 'Α')
  if (/[α-ω]/.test(letter)) return from(places.lowerGreek, 'α')
  return letter
}

const RAISED = table(
  '0⁰1¹2²3³4⁴5⁵6⁶7⁷8⁸9⁹+⁺-⁻−⁻=⁼(⁽)⁾aᵃbᵇcᶜdᵈeᵉfᶠgᵍhʰiⁱjʲkᵏlˡmᵐnⁿoᵒpᵖrʳsˢtᵗuᵘvᵛwʷxˣyʸzᶻ' +
    'AᴬBᴮDᴰEᴱGᴳHᴴIᴵJᴶKᴷLᴸMᴹNᴺOᴼPᴾRᴿTᵀUᵁVⱽWᵂβᵝγᵞδᵟφᵠχᵡ',
)
const LOWERED = table('0₀1₁2₂3₃4₄5₅6₆7₇8₈9₉+₊-₋−₋=₌(₍)₎aₐeₑhₕiᵢjⱼkₖlₗmₘnₙoₒpₚrᵣsₛtₜuᵤvᵥxₓβᵦγᵧρᵨφᵩχᵪ')

function table(pairs: string): ReadonlyMap<string, string> {
  return new Map([...pairs.matchAll(/(.)(.)/gu)].map(([, plain = '', shape = '']) => [plain, shape]))
}

/** A text as a superscript, or null where one of its characters has none. */
export const raised = (text: string): string | null => inTable(text, RAISED)

/** A text as a subscript, or null where one of its characters has none. */
export const lowered = (text: string): string | null => inTable(text, LOWERED)

function inTable(text: string, shapes: ReadonlyMap<string, string>): string | null {
  let shaped = ''
  for (const character of text) {
    const shape = shapes.get(character)
    if (shape === undefined) return null
    shaped += shape
  }
  return shaped
}

/** A mark that goes on letters. `line` says that it may go on several at once; `name` is what it is called in words. */
export interface Mark {
  readonly mark: string
  readonly name: string
  readonly line?: boolean
}

const MARKS: Readonly<Record<string, Mark>> = {
  hat: { mark: '\u0302', name: 'hat' },
  widehat: { mark: '\u0302', name: 'hat' },
  tilde: { mark: '\u0303', name: 'tilde' },
  widetilde: { mark: '\u0303', name: 'tilde' },
  bar: { mark: '\u0304', name: 'bar' },
  overline: { mark: '\u0305', name: 'bar', line: true },
  underline: { mark: '\u0332', name: 'underline', line: true },
  underbar: { mark: '\u0332', name: 'underline', line: true },
  dot: { mark: '\u0307', name: 'dot' },
  ddot: { mark: '\u0308', name: 'ddot' },
  dddot: { mark: '\u20db', name: 'dddot' },
  vec: { mark: '\u20d7', name: 'vec' },
  overrightarrow: { mark: '\u20d7', name: 'vec' },
  overleftarrow: { mark: '\u20d6', name: 'overleftarrow' },
  overleftrightarrow: { mark: '\u20e1', name: 'overleftrightarrow' },
  check: { mark: '\u030c', name: 'check' },
  widecheck: { mark: '\u030c', name: 'check' },
  breve: { mark: '\u0306', name: 'breve' },
  acute: { mark: '\u0301', name: 'acute' },
  grave: { mark: '\u0300', name: 'grave' },
  mathring: { mark: '\u030a', name: 'ring' },
  cancel: { mark: '\u0338', name: 'cancel' },
  slashed: { mark: '\u0338', name: 'slashed' },
}

/** The mark of a command of mathematics, by its name. */
export const markOf = (name: string): Mark | undefined =>
  Object.hasOwn(MARKS, name) ? MARKS[name] : undefined

// More letters than this under one line read better with its name.
const MAX_LINED = 4
// In UTF-16 units: no letter with its marks, nor a few of them.
const LONG = 100

/** A text with a mark: on its only letter, on each of a few where the mark is a line, else the mark by its name. */
export function marked(text: string, { mark, name, line }: Mark): string {
  if (text.length > LONG) return `${name}(${text})`
  const match = /^(\P{M}\p{M}*)([\u2070-\u209f\u1d2c-\u1d6a\u2c7c\u2c7d²³¹′″‴]*)$/u.exec(text)
  if (match) return (dotless(match[1] ?? '', mark) + mark).normalize('NFC') + (match[2] ?? '')
  const letters = text.match(/\P{M}\p{M}*/gu) ?? []
  if (line && letters.length <= MAX_LINED && letters.length > 0)
    return letters.map((letter) => letter + mark).join('')
  return text.startsWith('(') && text.endsWith(')') ? name + text : `${name}(${text})`
}

// A mark from above takes the place of the dot.
const dotless = (letter: string, mark: string) =>
  mark === '\u0332' || mark === '\u0338' ? letter : letter === 'ı' ? 'i' : letter === 'ȷ' ? 'j' : letter

// TeX's accents in words, by the sign or letter after the backslash.
const ACCENTS: Readonly<Record<string, string>> = {
  '"': '\u0308',
  "'": '\u0301',
  '`': '\u0300',
  '^': '\u0302',
  '~': '\u0303',
  '=': '\u0304',
  '.': '\u0307',
  u: '\u0306',
  v: '\u030c',
  H: '\u030b',
  c: '\u0327',
  d: '\u0323',
  b: '\u0331',
  k: '\u0328',
  r: '\u030a',
  t: '\u0361',
}

/** The mark of an accent in words, by the sign or letter after its backslash. */
export const accentOf = (name: string): string | undefined =>
  Object.hasOwn(ACCENTS, name) ? ACCENTS[name] : undefined

/** A letter with an accent of words on it. */
export const accented = (letter: string, accent: string): string =>
  (dotless(letter, accent) + accent).normalize('NFC')
