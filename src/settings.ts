// Where things are and whom to ask, from the environment alone.

import { join } from 'node:path'
import envPaths from 'env-paths'
import { UsageError } from './usage.ts'

export interface Settings {
  readonly libraryFile: string
  /** The Hub's address, without a slash at the end. */
  readonly endpoint: string
  readonly token: string | undefined
}

/** Reads the settings. Throws a UsageError that names the variable where one makes no sense. */
export function readSettings(env: NodeJS.ProcessEnv = process.env): Settings {
  const endpoint = (env.HF_ENDPOINT || 'https://huggingface.co').replace(/\/+$/, '')
  if (!URL.canParse(endpoint) || !/^https?:$/.test(new URL(endpoint).protocol))
    throw new UsageError(
      `HF_ENDPOINT is no http address: ${endpoint}. Set it to something like https://huggingface.co, or unset it.`,
    )
  const data = env.BROADSHEET_HOME
    ? join(env.BROADSHEET_HOME, 'data')
    : envPaths('broadsheet', { suffix: '' }).data
  return { libraryFile: join(data, 'library.db'), endpoint, token: env.HF_TOKEN || undefined }
}
