// The background thread's entry: wiring only.

import { parentPort, workerData } from 'node:worker_threads'
import { type BackgroundRole, serveBackground } from './app/background.ts'
import type { Settings } from './settings.ts'

/** What a background thread is started with. */
export interface WorkerData {
  readonly role: BackgroundRole
  readonly settings: Settings
}

if (parentPort) {
  const { role, settings } = workerData as WorkerData
  const { libraryFile } = settings
  if (role === 'search') serveBackground(parentPort, { role, libraryFile })
  else {
    const { accessOf } = await import('./access.ts')
    const { access, problems } = accessOf(settings)
    serveBackground(parentPort, {
      role,
      libraryFile,
      access,
      problem: settings.problem,
      complaints: problems,
    })
  }
}
