import headless from '@xterm/headless'
import fc from 'fast-check'
import { expect, it } from 'vitest'
// Ink exports it to nobody; ours stands in for it in the bundle, so the two must draw the same.
import InkOutput from '../../node_modules/ink/build/output.js'
import { lineToAnsi } from '../../src/app/ansi.ts'
import { fitLine, type Line, span } from '../../src/app/frame.ts'
import Output from '../../src/ui/output.ts'

const COLUMNS = 24
const ROWS = 5

const pieces = fc.tuple(
  fc.stringMatching(/^[a-zé漢👩●│∑ ]{0,12}$/u),
  fc.subarray(['bold', 'dim', 'accent', 'match', 'selected', 'cursor', 'problem'] as const, { maxLength: 2 }),
)
const lines = fc.array(
  fc
    .array(pieces, { maxLength: 4 })
    .map((spans): Line => spans.map(([text, styles]) => span(text, ...styles))),
  { minLength: 1, maxLength: ROWS },
)

/** What each cell of the screen holds and how it looks. */
async function drawn(frame: string): Promise<string[]> {
  const emulator = new headless.Terminal({ cols: COLUMNS, rows: ROWS, allowProposedApi: true })
  await new Promise<void>((done) => emulator.write(frame.replaceAll('\n', '\r\n'), done))
  const { active } = emulator.buffer
  return Array.from({ length: ROWS * COLUMNS }, (_, at) => {
    const cell = active.getLine(Math.floor(at / COLUMNS))?.getCell(at % COLUMNS) ?? active.getNullCell()
    const styles = [cell.isBold(), cell.isDim(), cell.isInverse(), cell.isUnderline(), cell.getFgColor()]
    return `${cell.getChars() || ' '} ${cell.getWidth()} ${styles.join(' ')}`
  })
}

it('draws what Ink would draw', async () => {
  await fc.assert(
    fc.asyncProperty(lines, fc.boolean(), async (frame, colour) => {
      const text = frame
        .map((line) =>
          lineToAnsi(fitLine(line, COLUMNS), { theme: colour ? 'terminal' : 'mono', ascii: false }),
        )
        .join('\n')
      const size = { width: COLUMNS, height: ROWS }
      const [ours, inks] = [new Output(size), new InkOutput(size)]
      ours.write(0, 0, text)
      inks.write(0, 0, text, { transformers: [] })
      expect(ours.get().height).toBe(inks.get().height)
      expect(await drawn(ours.get().output)).toEqual(await drawn(inks.get().output))
    }),
  )
})
