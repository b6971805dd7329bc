// The background thread's entry: wiring only.

import { parentPort, workerData } from 'node:worker_threads'
import { serveBackground } from './app/background.ts'

if (parentPort) serveBackground(parentPort, workerData)
