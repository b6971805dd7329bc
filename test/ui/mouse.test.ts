import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Mouse } from '../../src/app/mouse.ts'
import { createMouseFilter } from '../../src/ui/mouse.ts'

/** What is left of pieces that are read one after the other, and what the mouse did. */
function filtered(...pieces: string[]) {
  const did: Mouse[] = []
  const filter = createMouseFilter((mouse) => void did.push(mouse))
  return { left: pieces.map(filter).join(''), did }
}

const CLICK = '\u001b[<0;12;3M'
const LET_GO = '\u001b[<0;12;3m'
const WHEEL = '\u001b[<65;200;40M'

describe('the mouse in what is read', () => {
  it('is told, and the keys around it are left', () => {
    expect(filtered(`j${CLICK}${LET_GO}k${WHEEL}\u001b[A`)).toEqual({
      left: 'jk\u001b[A',
      did: [
        { kind: 'click', column: 11, row: 2 },
        { kind: 'wheel', by: 1, column: 199, row: 39 },
      ],
    })
  })

  it('scrolls with modifiers too; other buttons and moving are nothing', () => {
    expect(filtered('\u001b[<80;1;1M').did).toEqual([{ kind: 'wheel', by: -1, column: 0, row: 0 }])
    for (const code of [1, 2, 3, 32, 35, 66, 67, 128])
      expect(filtered(`\u001b[<${code};1;1M`)).toEqual({ left: '', did: [] })
  })

  it('leaves Esc and other keys as they are, at once', () => {
    for (const key of ['\u001b', '\u001b[A', '\u001b[1;5A', '\u001bOP', '\u001b\u001b', 'é', '['])
      expect(filtered(key)).toEqual({ left: key, did: [] })
    expect(filtered('\u001b', '[', 'j').left).toBe('\u001b[j')
    expect(filtered('\u001b[', 'A').left).toBe('\u001b[A')
  })

  it('takes nothing out of what is pasted', () => {
    const paste = `\u001b[200~${CLICK}text\u001b[201~`
    expect(filtered(paste)).toEqual({ left: paste, did: [] })
    expect(filtered(paste.slice(0, 9), paste.slice(9, 20), `${paste.slice(20)}${CLICK}`)).toEqual({
      left: paste,
      did: [{ kind: 'click', column: 11, row: 2 }],
    })
  })

  it('is never taken for keys, of whichever kind it is and wherever it is torn', () => {
    const number = fc.integer({ min: 0, max: 9999 })
    const report = fc
      .tuple(number, number, number, fc.constantFrom('M', 'm'))
      .map(([code, column, row, end]) => `\u001b[<${code};${column};${row}${end}`)
    const old = fc
      .array(fc.integer({ min: 32, max: 0x10f }), { minLength: 3, maxLength: 3 })
      .map((codes) => `\u001b[M${String.fromCharCode(...codes)}`)
    const key = fc.constantFrom('j', 'G', ' ', '\r', '\u001b[A', '\u001b[5~', '中', '<', 'M')
    const part = fc.oneof(
      key.map((text) => ({ text, keys: text })),
      fc.oneof(report, old).map((text) => ({ text, keys: '' })),
    )
    fc.assert(
      fc.property(fc.array(part), fc.array(fc.nat({ max: 60 })), (parts, cuts) => {
        const input = parts.map(({ text }) => text).join('')
        // Nobody can tell Esc and then [ from a report that is torn before and after its bracket.
        const ends = [...new Set(cuts)]
          .sort((one, other) => one - other)
          .filter((cut, at, all) => cut > 0 && cut < input.length && all[at - 1] !== cut - 1)
        const pieces = [0, ...ends].map((from, at) => input.slice(from, ends[at]))
        // Esc itself is a key, and goes on before it is known whose it is.
        const left = filtered(...pieces).left.replaceAll(/\u001b(?!\[)/g, '')
        expect(left).toBe(parts.map(({ keys }) => keys).join(''))
      }),
      { numRuns: 2000 },
    )
  })
})
