// Exit statuses: 0 done, 1 failed, 2 wrong usage, 3 the network could not be reached, 130 interrupted.

import { SourceError } from './sources/errors.ts'
import { UsageError } from './usage.ts'

/** The exit status that an error stands for. */
export function exitStatus(error: unknown): 1 | 2 | 3 | 130 {
  if (error instanceof UsageError) return 2
  if (error instanceof SourceError && error.code === 'stopped') return 130
  return error instanceof SourceError && error.offline ? 3 : 1
}
