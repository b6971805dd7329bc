import { PassThrough } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { createDetection } from '../../src/pictures/detect.ts'
import { createAskTerminal } from '../../src/ui/ask-terminal.ts'

/** A terminal's input, read as Ink reads it. */
function asked(patience = 10_000) {
  const stdin = new PassThrough({ encoding: 'utf8' }) as unknown as NodeJS.ReadStream & PassThrough
  const read: string[] = []
  const written: string[] = []
  stdin.on('readable', () => {
    for (let chunk = stdin.read(); chunk !== null; chunk = stdin.read()) read.push(String(chunk))
  })
  const asking = createAskTerminal(stdin, (text) => void written.push(text), patience)
  const ask = () => asking(createDetection({}, { columns: 80, rows: 24 }))
  return { stdin, read, written, ask, answer: ask() }
}

const KITTY = '\u001b_Gi=31;OK\u001b\\\u001bP>|kitty(0.40)\u001b\\\u001b[6;20;10t'
const LAST = '\u001b[?62;4c'

describe('asking the terminal', () => {
  it('takes the answers out of what is read, and leaves the keys', async () => {
    const { stdin, read, written, answer } = asked()
    expect(written.join('')).toMatch(/\u001b\[c$/)
    stdin.write(`j${KITTY.slice(0, 7)}`)
    stdin.write(`${KITTY.slice(7)}k${LAST}`)
    expect(await answer).toEqual({
      protocols: ['kitty', 'sixel'],
      cell: { width: 10, height: 20 },
      colours: 256,
    })
    stdin.write('q')
    await expect.poll(() => read.join('')).toBe('jkq')
  })

  it('lets Esc through at once, and takes what is answered late', async () => {
    const { stdin, read, answer } = asked(50)
    stdin.write('\u001b')
    await expect.poll(() => read.join('')).toBe('\u001b')
    await answer
    stdin.write(`${KITTY}${LAST}j\u001b[A`)
    await expect.poll(() => read.join('')).toBe('\u001bj\u001b[A')
  })

  it('gives back what was kept where the terminal never answers', async () => {
    const { stdin, read, answer } = asked(50)
    stdin.write('a\u001b')
    expect(await answer).toEqual({ protocols: [], cell: null, colours: 256 })
    await expect.poll(() => read.join('')).toBe('a\u001b')
  })

  it('may be done again, and takes out what is answered then', async () => {
    const { stdin, read, written, answer, ask } = asked()
    stdin.write(`j${KITTY}${LAST}`)
    await answer
    const again = ask()
    expect(written).toHaveLength(2)
    stdin.write(`k\u001b[6;30;15t${LAST}`)
    expect(await again).toEqual({ protocols: ['sixel'], cell: { width: 15, height: 30 }, colours: 256 })
    stdin.write(`${LAST}q`)
    await expect.poll(() => read.join('')).toBe('jkq')
  })
})
