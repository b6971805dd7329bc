// The background thread's entry: wiring only.

import os from 'node:os'
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
    yieldToKeys()
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

/** Lets the reader's own thread go first where cores are few. Only Linux keeps a priority for each thread. */
function yieldToKeys(): void {
  if (process.platform === 'linux') os.setPriority(os.constants.priority.PRIORITY_BELOW_NORMAL)
}
