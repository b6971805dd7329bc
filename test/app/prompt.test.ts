import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { editPrompt, insertText, type Prompt, suggestionOf } from '../../src/app/prompt.ts'

/** A prompt written with its cursor: `ab|c`. */
const at = (text: string): Prompt => ({ text: text.replace('|', ''), cursor: text.indexOf('|') })
const written = ({ text, cursor }: Prompt) => `${text.slice(0, cursor)}|${text.slice(cursor)}`
const edited = (text: string, ...keys: string[]) =>
  written(keys.reduce((prompt, key) => editPrompt(prompt, key) ?? prompt, at(text)))

const FAMILY = '👨‍👩‍👧‍👦'

describe('editing a line', () => {
  it.each([
    ['a letter', 'a|c', 'b', 'ab|c'],
    ['a space', 'a|', 'space', 'a |'],
    ['left', 'ab|c', 'left', 'a|bc'],
    ['left at the start', '|abc', 'left', '|abc'],
    ['ctrl+b', 'ab|c', 'ctrl+b', 'a|bc'],
    ['right', 'a|bc', 'right', 'ab|c'],
    ['right at the end', 'abc|', 'right', 'abc|'],
    ['ctrl+f', 'a|bc', 'ctrl+f', 'ab|c'],
    ['home', 'ab|c', 'home', '|abc'],
    ['ctrl+a', 'ab|c', 'ctrl+a', '|abc'],
    ['end', 'a|bc', 'end', 'abc|'],
    ['ctrl+e', 'a|bc', 'ctrl+e', 'abc|'],
    ['backspace', 'ab|c', 'backspace', 'a|c'],
    ['backspace at the start', '|abc', 'backspace', '|abc'],
    ['ctrl+h', 'ab|c', 'ctrl+h', 'a|c'],
    ['delete', 'a|bc', 'delete', 'a|c'],
    ['delete at the end', 'abc|', 'delete', 'abc|'],
    ['ctrl+d', 'a|bc', 'ctrl+d', 'a|c'],
    ['ctrl+w', 'one two|three', 'ctrl+w', 'one |three'],
    ['ctrl+w behind spaces', 'one two  |', 'ctrl+w', 'one |'],
    ['ctrl+w on one word', 'one|', 'ctrl+w', '|'],
    ['ctrl+u', 'one two|three', 'ctrl+u', '|three'],
    ['ctrl+k', 'one two|three', 'ctrl+k', 'one two|'],
  ])('%s', (_, before, key, after) => {
    expect(edited(before, key)).toBe(after)
  })

  it.each([
    ['an emoji of many parts', FAMILY],
    ['a flag', '🇳🇿'],
    ['a letter with an accent of its own', 'e\u0301'],
    ['a letter of two units', '𝒳'],
    ['a syllable with its vowel', 'कि'],
  ])('takes %s for one letter', (_, letter) => {
    expect(edited(`a${letter}|b`, 'backspace')).toBe('a|b')
    expect(edited(`a|${letter}b`, 'delete')).toBe('a|b')
    expect(edited(`a${letter}|b`, 'left')).toBe(`a|${letter}b`)
    expect(edited(`a|${letter}b`, 'right')).toBe(`a${letter}|b`)
    expect(edited('a|b', letter)).toBe(`a${letter}|b`)
  })

  it.each(['enter', 'escape', 'up', 'down', 'pageDown', 'ctrl+c', 'ctrl+g', 'ctrl+n', 'tab'])(
    'leaves %s to the commands',
    (key) => {
      expect(editPrompt(at('a|b'), key)).toBeNull()
    },
  )

  it('keeps the cursor between letters, whatever is pressed', () => {
    const letter = fc.constantFrom('a', 'é', '中', FAMILY, 'space', 'e\u0301')
    const key = fc.constantFrom(
      'left',
      'right',
      'home',
      'end',
      'backspace',
      'delete',
      'ctrl+w',
      'ctrl+u',
      'ctrl+k',
    )
    fc.assert(
      fc.property(fc.array(fc.oneof(letter, key), { maxLength: 40 }), (keys) => {
        let prompt: Prompt = { text: '', cursor: 0 }
        for (const pressed of keys) prompt = editPrompt(prompt, pressed) ?? prompt
        expect(prompt.cursor).toBeGreaterThanOrEqual(0)
        expect(prompt.cursor).toBeLessThanOrEqual(prompt.text.length)
        const starts = Array.from(new Intl.Segmenter().segment(prompt.text), ({ index }) => index)
        expect([...starts, prompt.text.length]).toContain(prompt.cursor)
      }),
    )
  })

  it('takes no more than a long query', () => {
    const { text, cursor } = insertText(at('a|b'), 'x'.repeat(100_000))
    expect(text).toHaveLength(10_000)
    expect(text.endsWith('xb')).toBe(true)
    expect(cursor).toBe(9999)
    expect(insertText({ text, cursor }, 'more')).toEqual({ text, cursor })
  })
})

describe('a suggestion', () => {
  const suggested = suggestionOf('55')
  it.each([
    ['7', { text: '7', cursor: 1 }],
    ['space', { text: ' ', cursor: 1 }],
    ['backspace', { text: '', cursor: 0 }],
    ['ctrl+w', { text: '', cursor: 0 }],
    ['left', { text: '55', cursor: 1 }],
    ['end', { text: '55', cursor: 2 }],
  ])('gives way to what is typed, and stays where one moves in it: %s', (key, wanted) => {
    expect(editPrompt(suggested, key)).toEqual(wanted)
  })

  it('gives way to what is pasted, once', () => {
    const pasted = insertText(suggested, 'ab')
    expect([pasted, insertText(pasted, 'c')]).toEqual([
      { text: 'ab', cursor: 2 },
      { text: 'abc', cursor: 3 },
    ])
  })

  it('of nothing is nothing', () => {
    expect(suggestionOf('')).toEqual({ text: '', cursor: 0 })
  })
})
