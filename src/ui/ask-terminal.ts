// Asking the terminal what it can do while keys are read: its answers come by the same way as they do.

import type { Capabilities, Detection } from '../pictures/detect.ts'

/**
 * Sends the questions and takes the answers out of what Ink reads; keys go on to it. After `patience` ms what is known by then
 * counts.
 */
export function askTerminal(
  stdin: NodeJS.ReadStream,
  write: (text: string) => void,
  detection: Detection,
  patience: number,
): Promise<Capabilities> {
  const { promise, resolve } = Promise.withResolvers<Capabilities>()
  let isOver = false
  const done = (result: Capabilities) => {
    isOver = true
    clearTimeout(timer)
    resolve(result)
  }
  const read = stdin.read
  // For good: an answer may come late, and would be taken for keys.
  stdin.read = (size?: number) => {
    for (;;) {
      const input: unknown = read.call(stdin, size)
      // No answer ends after its first character, but Esc is that alone.
      if (typeof input !== 'string' || input === '\u001b') return input
      const { rest, result } = detection.take(input)
      if (result && !isOver) done(result)
      const keys = isOver ? rest + detection.end().rest : rest
      if (keys !== '') return keys
    }
  }
  const timer = setTimeout(() => {
    const { rest, result } = detection.end()
    done(result)
    if (rest !== '') stdin.unshift(rest)
  }, patience).unref()
  write(detection.query)
  return promise
}
