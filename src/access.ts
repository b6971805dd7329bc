// Whom a sync asks: the environment's word and the configuration's.

import { readConfig } from './config.ts'
import type { Settings } from './settings.ts'
import type { Access } from './sync/bring.ts'

/** Whom a sync asks, and what of the configuration makes no sense. Reads the configuration anew. */
export function accessOf(settings: Settings): { access: Access; problems: readonly string[] } {
  const { endpoint, token, arxivEndpoint, configFile } = settings
  const { arxiv, feeds, enrich, problems } = readConfig(configFile)
  return {
    access: { endpoint, token, feeds, arxiv: { endpoint: arxivEndpoint, categories: arxiv, enrich } },
    problems,
  }
}
