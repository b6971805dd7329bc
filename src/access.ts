// Whom a sync asks: the environment's word and the configuration's.

import { dirname, join } from 'node:path'
import { readConfig } from './config.ts'
import type { Settings } from './settings.ts'
import type { Access } from './sync/bring.ts'

/** Whom a sync asks, where PDFs go, and what of the configuration makes no sense. Reads the configuration anew. */
export function accessOf(settings: Settings): {
  access: Access
  pdfFolder: string
  problems: readonly string[]
} {
  const { endpoint, token, arxivEndpoint, configFile, libraryFile } = settings
  const { arxiv, feeds, enrich, pdfFolder, problems } = readConfig(configFile)
  return {
    pdfFolder: pdfFolder ?? join(dirname(libraryFile), 'pdf'),
    access: { endpoint, token, feeds, arxiv: { endpoint: arxivEndpoint, categories: arxiv, enrich } },
    problems,
  }
}
