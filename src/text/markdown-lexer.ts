// Markdown → marked's tokens, within bounds: marked alone takes quadratic time over markers that never close, and
// exponential time over quotes within quotes.

import { Lexer, type MarkedToken, type Token, Tokenizer, type Tokens, type TokensList } from 'marked'

/** Longer than any comment, and as long as the slowest text can be read in about a second. */
const MAX_LENGTH = 30_000
/** Quotes and lists within each other, or emphasis and links; what lies deeper is plain text. */
const MAX_DEPTH = 10
// A line with more quote signs than that, bullets among them: marked's time doubles with each.
const TOO_DEEP = /^(?:[ \d.)*+-]*>){9}/m
/** A paragraph longer than this is read in pieces. */
const MAX_PIECE = 4000
/** Cells of a table, also those that its rows leave out. */
const MAX_CELLS = 5000

/** A formula within text, with its dollar signs or `\(…\)`; or an equation on lines of its own, without them. */
export interface FormulaToken {
  readonly type: 'math' | 'equation'
  readonly raw: string
  readonly tex: string
}

export type MarkdownToken = MarkedToken | FormulaToken

// On the Hub a formula stands in `$$…$$` or `\\(…\\)`; `$…$`, `\(…\)` and `\[…\]` come from other places. A dollar sign
// that closes follows no space and precedes no digit: the others are money. `\[1\]` is a bracket that is no link's.
const MATH =
  /^(?:\$\$[^$]+\$\$|\$(?![\s$])(?:\\.|[^$\\\n])*(?<!\s)\$(?!\d)|\\{1,2}\([^\n]+?\\{1,2}\)|\\{1,2}\[(?=[^\]\\]*[\\^_=][^\]])[\s\S]+?\\{1,2}\])/
const EQUATION =
  /^ {0,3}(?:\$\$((?:(?!\n\s*\n)[^$])+)\$\$|\\{1,2}\[(?=[^\]\\]*[\\^_=][^\]])((?:(?!\n\s*\n)[\s\S])+?)\\{1,2}\]) *(?:\n|$)/
const EQUATION_START = /\n {0,3}(?:\$\$|\\{1,2}\[)/

function mathToken(source: string): FormulaToken | undefined {
  const raw = MATH.exec(source)?.[0]
  return raw === undefined
    ? undefined
    : { type: 'math', raw, tex: raw.replace(/^\\\\|\\\\(?=[)\]]$)/g, '\\') }
}

function equationToken(source: string): FormulaToken | undefined {
  const found = EQUATION.exec(source)
  return found ? { type: 'equation', raw: found[0], tex: (found[1] ?? found[2] ?? '').trim() } : undefined
}

/** Where the next equation may begin; marked ends a paragraph there. */
function equationStart(source: string): number | undefined {
  const at = source.search(EQUATION_START)
  return at < 0 ? undefined : at + 1
}

class BoundedTokenizer extends Tokenizer {
  /** No blocks of HTML: what stands between tags is text like other text. */
  override html(): undefined {}

  /** Without its tag's memory: an `<a>` that is never closed would keep every later address from being a link. */
  override tag(source: string): Tokens.Tag | undefined {
    const { inLink } = this.lexer.state
    const token = super.tag(source)
    this.lexer.state.inLink = inLink
    return token
  }

  /** No table whose head has fewer columns than a row: marked would drop the rest of that row. */
  override table(source: string): Tokens.Table | undefined {
    const [, head = '', , body = ''] = this.rules.block.table.exec(source) ?? []
    const columns = cellsIn(head)
    const rows = body.split('\n')
    if (columns * rows.length > MAX_CELLS || rows.some((row) => cellsIn(row) > columns)) return undefined
    return super.table(source)
  }
}

const cellsIn = (row: string) =>
  row
    .replaceAll('\\|', '')
    .trim()
    .replace(/^\||\|$/g, '')
    .split('|').length

class BoundedLexer extends Lexer {
  #depth = 0

  override blockTokens(source: string, tokens: Token[] = [], clipped?: boolean): TokensList {
    if (this.#depth < MAX_DEPTH) this.#within(() => super.blockTokens(source, tokens, clipped))
    else tokens.push({ type: 'paragraph', raw: source, text: source, tokens: this.inline(source) })
    return tokens as TokensList
  }

  override inlineTokens(source: string, tokens: Token[] = []): Token[] {
    if (this.#depth < MAX_DEPTH)
      this.#within(() => {
        for (const piece of pieces(source)) super.inlineTokens(piece, tokens)
      })
    else tokens.push({ type: 'text', raw: source, text: source })
    return tokens
  }

  #within(read: () => void): void {
    this.#depth++
    try {
      read()
    } finally {
      this.#depth--
    }
  }
}

/** A long text in pieces, cut between lines or words where there are any. */
function pieces(text: string): string[] {
  const cut: string[] = []
  let rest = text
  while (rest.length > MAX_PIECE) {
    const piece = rest.slice(0, MAX_PIECE)
    const end = Math.max(piece.lastIndexOf('\n'), piece.lastIndexOf(' ')) + 1
    // Not between the halves of a character.
    const at = end > 0 ? end : /[\ud800-\udbff]$/.test(piece) ? MAX_PIECE - 1 : MAX_PIECE
    cut.push(rest.slice(0, at))
    rest = rest.slice(at)
  }
  return [...cut, rest]
}

/** The tokens of a Markdown text; null where it is too long or too tangled to be read as one. */
export function markdownTokens(source: string): readonly Token[] | null {
  if (source.length > MAX_LENGTH || TOO_DEEP.test(source)) return null
  const lexer = new BoundedLexer({
    gfm: true,
    // A line break in a comment is one: so does the Hub show them.
    breaks: true,
    tokenizer: new BoundedTokenizer(),
    extensions: {
      renderers: {},
      childTokens: {},
      inline: [mathToken],
      startInline: [(text) => text.indexOf('$')],
      block: [equationToken],
      startBlock: [equationStart],
    },
  })
  try {
    return lexer.lex(source)
  } catch {
    return null
  }
}
