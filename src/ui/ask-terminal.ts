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
  const read = stdin.read
  const done = (result: Capabilities) => {
    clearTimeout(timer)
    stdin.read = read
    resolve(result)
  }
  stdin.read = (size?: number) => {
    for (;;) {
      const input: unknown = read.call(stdin, size)
      if (input === null) return null
      const { rest, result } = detection.take(String(input))
      if (result) done(result)
      if (rest !== '') return rest
    }
  }
  const timer = setTimeout(() => {
    const { rest, result } = detection.end()
    done(result)
    if (rest !== '') stdin.unshift(rest)
  }, patience)
  write(detection.query)
  return promise
}
