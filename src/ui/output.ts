// Ink's Output for a screen whose every row is one piece of text. The bundle puts it in the place of Ink's own (see
// scripts/build.ts), which takes each character of a frame apart three times: two thirds of a frame's time.

/** The rows of a frame, as Ink's renderer writes them and asks for them. */
export default class Output {
  readonly #rows: string[]

  constructor({ height }: { width: number; height: number }) {
    this.#rows = new Array<string>(height).fill('')
  }

  /** Takes a text: Ink has cut its lines to the width, and each of them ends the styles that it begins. */
  write(x: number, y: number, text: string): void {
    for (const [at, line] of text.split('\n').entries())
      if (y + at < this.#rows.length) this.#rows[y + at] = ' '.repeat(x) + line
  }

  get(): { output: string; height: number } {
    return { output: this.#rows.map((row) => row.trimEnd()).join('\n'), height: this.#rows.length }
  }
}
