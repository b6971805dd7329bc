// Where things are and whom to ask, from the environment alone.

import { join } from 'node:path'
import envPaths from 'env-paths'

export interface Settings {
  readonly libraryFile: string
  /** The Hub's address, without a slash at the end. */
  readonly endpoint: string
  readonly token: string | undefined
  /** What is wrong with the Hub's address or token, in words; null where nothing is. Only a sync minds. */
  readonly problem: string | null
}

/** Reads the settings. */
export function readSettings(env: NodeJS.ProcessEnv = process.env): Settings {
  const endpoint = (env.HF_ENDPOINT || 'https://huggingface.co').trim().replace(/\/+$/, '')
  const token = env.HF_TOKEN?.trim() || undefined
  const data = env.BROADSHEET_HOME
    ? join(env.BROADSHEET_HOME, 'data')
    : envPaths('broadsheet', { suffix: '' }).data
  return { libraryFile: join(data, 'library.db'), endpoint, token, problem: problemOf(endpoint, token) }
}

// The values themselves are not repeated: an address may hold a password, a token is one.
function problemOf(endpoint: string, token: string | undefined): string | null {
  if (!URL.canParse(endpoint) || !/^https?:$/.test(new URL(endpoint).protocol))
    return 'HF_ENDPOINT is no http address. Set it to something like https://huggingface.co, or unset it.'
  if (token !== undefined && !/^[\x21-\x7e]+$/.test(token))
    return 'HF_TOKEN holds characters that no token has. Set it anew, or unset it: reading needs none.'
  return null
}
