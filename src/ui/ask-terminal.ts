// Asking the terminal what it can do while keys are read: its answers come by the same way as they do.

import type { Capabilities, Detection } from '../pictures/detect.ts'

/** Asks the terminal, which may be asked again once it has answered. */
export type AskTerminal = (detection: Detection) => Promise<Capabilities>

/**
 * Makes ready to send questions and to take the answers out of what Ink reads; keys go on to it. `patience` ms after a question
 * what is known by then counts.
 */
export function createAskTerminal(
  stdin: NodeJS.ReadStream,
  write: (text: string) => void,
  patience: number,
): AskTerminal {
  /** The last question, and what to do with its answer; null once that is known. */
  let asked: { readonly detection: Detection; done: ((result: Capabilities) => void) | null } | null = null
  const read = stdin.read
  const readKeys = (size?: number) => {
    for (;;) {
      const input: unknown = read.call(stdin, size)
      // No answer ends after its first character, but Esc is that alone.
      if (typeof input !== 'string' || input === '\u001b' || !asked) return input
      const { detection } = asked
      const { rest, result } = detection.take(input)
      if (result) asked.done?.(result)
      const keys = asked.done ? rest : rest + detection.end().rest
      if (keys !== '') return keys
    }
  }
  return (detection) => {
    const { promise, resolve } = Promise.withResolvers<Capabilities>()
    const question: NonNullable<typeof asked> = {
      detection,
      done: (result) => {
        question.done = null
        clearTimeout(timer)
        resolve(result)
      },
    }
    // For good: an answer may come late, and would be taken for keys.
    if (!asked) stdin.read = readKeys
    asked = question
    const timer = setTimeout(() => {
      const { rest, result } = detection.end()
      question.done?.(result)
      if (rest !== '') stdin.unshift(rest)
    }, patience).unref()
    write(detection.query)
    return promise
  }
}
