#!/usr/bin/env node
// The launcher. Native code comes later: an older Node would crash on it, so its version is checked here, in syntax
// that any Node understands. Where the pinned Node of a checkout is installed, an older one hands over to it.

import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const OLDEST = [22, 19]
const [major, minor] = process.versions.node.split('.').map(Number)

if (major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1])) {
  const main = new URL('../dist/main.js', import.meta.url)
  if (!existsSync(main)) {
    console.error('broadsheet: the program is not built yet. Run "npm run build" first.')
    process.exit(1)
  }
  await import(main.href)
} else {
  const pinned = fileURLToPath(new URL('../node_modules/node/bin/node', import.meta.url))
  if (!existsSync(pinned)) {
    console.error(
      `broadsheet: this is Node ${process.versions.node}; Broadsheet needs Node ${OLDEST.join('.')} or newer. ` +
        'Install a newer Node, or run "npm ci" in a checkout, which brings one along.',
    )
    process.exit(1)
  }
  const child = spawn(pinned, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], {
    stdio: 'inherit',
  })
  // The child decides how a signal ends: it has the terminal to put back.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('exit', (status, signal) => {
    if (signal) {
      for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.removeAllListeners(name)
      process.kill(process.pid, signal)
    } else process.exit(status ?? 1)
  })
}
