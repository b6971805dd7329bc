import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createSpeaker } from '../../src/ui/linear.ts'
import { drive } from '../support/driver.ts'
import { idOf, rows } from '../support/papers.ts'

/** A listener: what is written while keys are pressed one by one. */
function listener() {
  const reader = drive(rows(3), { linear: true })
  let written = ''
  const speaker = createSpeaker((text) => {
    written += text
  }, reader.state())
  speaker.greet()
  written = ''
  return {
    reader,
    speaker,
    press(...keys: string[]) {
      for (const key of keys) {
        reader.press(key)
        speaker.show(reader.state(), true)
      }
    },
    /** Something has come in. */
    arrived: () => speaker.show(reader.state(), false),
    taken() {
      const text = written
      written = ''
      return text
    },
  }
}

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

describe('typing', () => {
  it('is echoed letter by letter, and letters are taken back', () => {
    const { press, taken } = listener()
    press('/')
    expect(taken()).toBe('Keys: Enter keep, Esc cancel, ↓ move.\nSearch: ')
    press('b', 'o', 'x', 'backspace', '中', 'backspace')
    expect(taken()).toBe('box\b \b中\b \b\b \b')
    press('left')
    expect(taken()).toBe('\no\n')
    press('right', 'a', 'ctrl+w')
    expect(taken()).toBe('At the end.\na\nSearch: ')
  })

  it('tells what was found after a pause, once, and the line goes on below', () => {
    const { reader, press, arrived, taken } = listener()
    press('/', 'p')
    reader.find([idOf(1), idOf(2)])
    arrived()
    taken()
    press('a')
    reader.find([idOf(2)])
    arrived()
    vi.advanceTimersByTime(300)
    expect(taken()).toBe('a')
    vi.advanceTimersByTime(600)
    expect(taken()).toMatch(/^\n1 found\.\n1 of 1: unread\. Paper number 2\..*\n$/)
    vi.advanceTimersByTime(5000)
    expect(taken()).toBe('')
    press('p')
    expect(taken()).toBe('p')
    reader.find([idOf(2)])
    arrived()
    press('enter')
    // Whoever does not wait for the pause is told now.
    expect(taken()).toMatch(/^\n“pap”: 1 paper\.\n1 of 1: unread\. Paper number 2\..*\n$/)
  })

  it('does not put off what has to be told, however much comes in meanwhile', () => {
    const { reader, press, arrived, taken } = listener()
    press('/', 'p')
    taken()
    for (let at = 0; at < 20; at++) {
      reader.send({
        type: 'sync-event',
        event: { type: 'day', day: '2025-06-30', done: at, total: 20 },
        ms: 0,
      })
      arrived()
      vi.advanceTimersByTime(100)
    }
    expect(taken()).toBe('\nA sync begins.\n')
  })
})

describe('keys', () => {
  it('are told the first time one comes to a place, and always where letters choose', () => {
    const { press, taken } = listener()
    press('enter')
    expect(taken()).toMatch(/\nKeys: f full text, .*\n$/)
    press('q', 'enter')
    expect(taken()).not.toContain('Keys:')
    for (let time = 0; time < 2; time++) {
      press('y')
      expect(taken()).toMatch(/^What to copy:\nKeys: u address,/)
      press('escape')
      taken()
    }
  })

  it('leave the terminal on a fresh line, and what comes later is not told', () => {
    const { speaker, press, taken } = listener()
    press('/', 'p')
    taken()
    speaker.close()
    expect(taken()).toBe('\n')
    vi.advanceTimersByTime(5000)
    expect(taken()).toBe('')
  })
})

it('writes no control character of what it tells', () => {
  const { speaker, taken } = listener()
  speaker.say(['a\u001b[2Jb\u0007\rc'])
  expect(taken()).toBe('a [2Jb  c\n')
})
