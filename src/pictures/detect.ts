// What the terminal can do with pictures: asked, since names and TERM lie.

import { type Answer, splitAnswers } from './answers.ts'
import type { Cells, Size } from './bitmap.ts'
import { passThrough } from './tmux.ts'

export type PictureProtocol = 'kitty' | 'iterm2' | 'sixel'

export interface Capabilities {
  /** The protocols by which the terminal shows pictures in the midst of text, the best one first. */
  readonly protocols: readonly PictureProtocol[]
  /** A cell in pixels; null where the terminal does not say. */
  readonly cell: Size | null
  /** How many colours a Sixel picture may have: as many as the terminal says it has registers for, at most 256. */
  readonly colours: number
}

export interface Detection {
  /** What is to be written to the terminal. */
  readonly query: string
  /**
   * Takes the answers out of what comes from the terminal. `rest` is everything else, keys typed meanwhile, in its order;
   * what may be the beginning of an answer is kept for the next time. `result` is null until all answers are there.
   */
  take(input: string): { readonly rest: string; readonly result: Capabilities | null }
  /** For when the terminal has had time enough: what was kept, and what is known. */
  end(): { readonly rest: string; readonly result: Capabilities }
}

// A picture of one pixel, which is only asked about.
const KITTY = '\u001b_Gi=31,s=1,v=1,a=q,t=d,f=24;AAAA\u001b\\'
const NAME = '\u001b[>q'
const ITERM2_CELL_SIZE = '\u001b]1337;ReportCellSize\u001b\\'
const CELL_SIZE = '\u001b[16t'
const WINDOW_SIZE = '\u001b[14t'
const COLOURS = '\u001b[?1;1;0S'
// How large a Sixel picture may be now, and ever: xterm says nothing else of its size, and caps the first by the second.
const PICTURE_SIZES = '\u001b[?2;1;0S\u001b[?2;4;0S'
// Last: every terminal answers this one, and a terminal answers in the order of the questions.
const ATTRIBUTES = '\u001b[c'

/**
 * Asks a terminal what it can do. `screen` is its size in cells. Inside tmux (`env.TMUX`) the terminal around it is
 * asked through it, which answers where tmux lets questions and pictures through, and later than tmux itself.
 */
export function createDetection(env: NodeJS.ProcessEnv, screen: Cells): Detection {
  const inTmux = Boolean(env.TMUX)
  const answers: Answer[] = []
  let kept = ''
  const has = (kind: Answer['kind']) => answers.some((answer) => answer.kind === kind)

  return {
    query: [
      inTmux ? passThrough(KITTY) : KITTY,
      NAME,
      ITERM2_CELL_SIZE,
      CELL_SIZE,
      WINDOW_SIZE,
      COLOURS,
      PICTURE_SIZES,
      ATTRIBUTES,
    ].join(''),
    take: (input) => {
      const split = splitAnswers(kept + input)
      answers.push(...split.answers)
      const isComplete = has('attributes') && (!inTmux || has('kitty'))
      // Nothing is waited for any longer.
      kept = isComplete ? '' : split.beginning
      return {
        rest: isComplete ? split.rest + split.beginning : split.rest,
        result: isComplete ? capabilities(answers, env, screen) : null,
      }
    },
    end: () => {
      const rest = kept
      kept = ''
      return { rest, result: capabilities(answers, env, screen) }
    },
  }
}

function capabilities(answers: readonly Answer[], env: NodeJS.ProcessEnv, screen: Cells): Capabilities {
  const cell = cellSize(answers, screen)
  // tmux has Sixel, but keeps no more than 10 or 20 pictures (3.7), fewer than the strips of one, and scales them; and
  // through it a picture would be wherever the terminal around it has its cursor. TMUX is not set on the far side of ssh.
  const canBePainted = !env.TMUX && !/^tmux\b/.test(nameIn(answers))
  const speaks = {
    kitty: answers.some((answer) => answer.kind === 'kitty' && answer.ok) && hasPlaceholders(answers, env),
    iterm2:
      canBePainted && (answers.some((answer) => answer.kind === 'iterm2') || /^iTerm2/.test(nameIn(answers))),
    // A picture in cells of another size would lie over the text below it, and scroll the screen.
    sixel:
      canBePainted &&
      cell !== null &&
      answers.some((answer) => answer.kind === 'attributes' && answer.codes.includes('4')),
  }
  const protocols = (['kitty', 'iterm2', 'sixel'] as const).filter((protocol) => speaks[protocol])
  const registers = answers.find((answer) => answer.kind === 'colours')?.count ?? MOST_COLOURS
  const colours = registers >= 2 ? Math.min(registers, MOST_COLOURS) : MOST_COLOURS
  return { protocols, cell, colours }
}

// As many as terminals have registers for, where they do not say.
const MOST_COLOURS = 256

/**
 * Whether a terminal that speaks Kitty's protocol can show pictures as text. No question tells: Konsole and WezTerm say
 * yes to all of them and cannot. Through tmux its own name comes back, and the variables of the terminal around it stay.
 */
function hasPlaceholders(answers: readonly Answer[], env: NodeJS.ProcessEnv): boolean {
  if (env.TMUX) return Boolean(env.KITTY_WINDOW_ID || env.GHOSTTY_RESOURCES_DIR)
  return /^(?:kitty|ghostty)\b/i.test(nameIn(answers))
}

const nameIn = (answers: readonly Answer[]) => answers.find((answer) => answer.kind === 'name')?.name ?? ''

/** In pixels, from the best answer that makes sense. */
function cellSize(answers: readonly Answer[], { columns, rows }: Cells): Size | null {
  const window = answers.find((answer) => answer.kind === 'window')
  const sizes = [
    answers.find((answer) => answer.kind === 'cell'),
    answers.find((answer) => answer.kind === 'iterm2'),
    window && { width: window.width / columns, height: window.height / rows },
    pictureCell(answers, { columns, rows }),
  ]
  const whole = sizes.map((size) => ({
    width: Math.floor(size?.width ?? 0),
    height: Math.floor(size?.height ?? 0),
  }))
  return (
    whole.find(({ width, height }) => width > 0 && height > 0 && width <= MAX_CELL && height <= MAX_CELL) ??
    null
  )
}

/** By the size of the largest picture, which is that of the window unless the terminal has a limit. */
function pictureCell(answers: readonly Answer[], { columns, rows }: Cells): Size | null {
  const [now, most] = answers.filter((answer) => answer.kind === 'picture')
  if (!now) return null
  const width = now.width === most?.width ? 0 : now.width / columns
  const height = now.height === most?.height ? 0 : now.height / rows
  // A cell is about twice as high as wide.
  return { width: width || height / 2, height: height || width * 2 }
}

// Pixels; beyond any font.
const MAX_CELL = 200
