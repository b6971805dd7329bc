// The background thread's entry: wiring only.

import os from 'node:os'
import { parentPort, workerData } from 'node:worker_threads'
import { type BackgroundRole, serveBackground } from './app/background.ts'
import type { Settings } from './settings.ts'

/** What a thread does: one of the background's roles, or long texts. */
export type ThreadRole = BackgroundRole | 'documents'

/** What a background thread is started with. */
export interface WorkerData {
  readonly role: ThreadRole
  readonly settings: Settings
}

if (parentPort) {
  const { role, settings } = workerData as WorkerData
  const { libraryFile } = settings
  if (role === 'search') serveBackground(parentPort, { role, libraryFile })
  else {
    const { accessOf } = await import('./access.ts')
    const { access, problems, pdfFolder } = accessOf(settings)
    const { problem } = settings
    if (role === 'documents') {
      const { serveDocuments } = await import('./app/documents.ts')
      serveDocuments(parentPort, { libraryFile, access, problem, pdfFolder })
    } else {
      yieldToKeys()
      serveBackground(parentPort, { role, libraryFile, access, problem, complaints: problems })
    }
  }
}

/** Lets the reader's own thread go first where cores are few. Only Linux keeps a priority for each thread. */
function yieldToKeys(): void {
  if (process.platform === 'linux') os.setPriority(os.constants.priority.PRIORITY_BELOW_NORMAL)
}
