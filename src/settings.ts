// Where things are and whom to ask, from the environment alone.

import { join } from 'node:path'
import envPaths from 'env-paths'

export interface Settings {
  readonly libraryFile: string
  readonly configFile: string
  /** For what can be made anew: code as it was compiled. */
  readonly cacheFolder: string
  /** The Hub's address, without a slash at the end. */
  readonly endpoint: string
  readonly token: string | undefined
  /** In the place of arXiv's own origins, without a slash at the end; null for those. */
  readonly arxivEndpoint: string | null
  /** What is wrong with the addresses or the token, in words; null where nothing is. Only a sync minds. */
  readonly problem: string | null
}

/** Reads the settings. */
export function readSettings(env: NodeJS.ProcessEnv = process.env): Settings {
  const endpoint = origin(env.HF_ENDPOINT) ?? 'https://huggingface.co'
  const arxivEndpoint = origin(env.BROADSHEET_ARXIV_ENDPOINT)
  const token = env.HF_TOKEN?.trim() || undefined
  const paths = envPaths('broadsheet', { suffix: '' })
  const home = env.BROADSHEET_HOME
  return {
    libraryFile: join(home ? join(home, 'data') : paths.data, 'library.db'),
    configFile: join(home || paths.config, 'config.toml'),
    cacheFolder: home ? join(home, 'cache') : paths.cache,
    endpoint,
    arxivEndpoint,
    token,
    problem: problemOf(endpoint, arxivEndpoint, token),
  }
}

const origin = (text: string | undefined) => text?.trim().replace(/\/+$/, '') || null

const isHttp = (address: string) => URL.canParse(address) && /^https?:$/.test(new URL(address).protocol)

// The values themselves are not repeated: an address may hold a password, a token is one.
function problemOf(endpoint: string, arxivEndpoint: string | null, token: string | undefined): string | null {
  if (!isHttp(endpoint))
    return 'HF_ENDPOINT is no http address. Set it to something like https://huggingface.co, or unset it.'
  if (arxivEndpoint !== null && !isHttp(arxivEndpoint))
    return 'BROADSHEET_ARXIV_ENDPOINT is no http address. Unset it to ask arXiv itself.'
  if (token !== undefined && !/^[\x21-\x7e]+$/.test(token))
    return 'HF_TOKEN holds characters that no token has. Set it anew, or unset it: reading needs none.'
  return null
}
