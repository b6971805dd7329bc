// The built program as a child process, as a shell would run it.

import { type ChildProcess, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import type { paperJson } from '../../src/cli/print.ts'
import { temporaryFolder } from './papers.ts'

/** A paper as `--json` prints it. */
export type JsonPaper = ReturnType<typeof paperJson>

const LAUNCHER = join(import.meta.dirname, '../../bin/broadsheet.js')

/** An address where nobody listens: what a computer without a network is to the program. */
export const NOBODY = 'http://127.0.0.1:1'

export interface Result {
  readonly status: number | null
  readonly signal: NodeJS.Signals | null
  readonly out: string
  readonly err: string
}

export interface Program {
  readonly home: string
  readonly libraryFile: string
  /** Starts the program; its input is empty, its output no terminal. */
  start(args: readonly string[], options?: StartOptions): ChildProcess
  run(...args: string[]): Promise<Result>
  /** Runs with `--json`, expects status 0, and gives the value. */
  json<T = JsonPaper[]>(...args: string[]): Promise<T>
  /** What the library's file holds, in short; null where there is none. */
  fingerprint(): string | null
}

export interface StartOptions {
  readonly nodeArgs?: readonly string[]
  readonly env?: Record<string, string>
}

/** The program over an empty home; without an endpoint there is no network. */
export function installed(endpoint = NOBODY): Program & Disposable {
  const folder = temporaryFolder()
  const home = join(folder.path, 'home')
  const libraryFile = join(home, 'data', 'library.db')
  const program: Program = {
    home,
    libraryFile,
    start: (args, { nodeArgs = [], env = {} } = {}) =>
      spawn(process.execPath, [...nodeArgs, LAUNCHER, ...args], {
        cwd: folder.path,
        stdio: ['ignore', 'pipe', 'pipe'],
        // A clean environment: nothing of what the tests run under changes what the program does.
        env: {
          PATH: process.env.PATH,
          HOME: folder.path,
          LANG: 'C.UTF-8',
          BROADSHEET_HOME: home,
          HF_ENDPOINT: endpoint,
          BROADSHEET_ARXIV_ENDPOINT: NOBODY,
          ...env,
        },
      }),
    run: (...args) => finished(program.start(args)),
    async json<T>(...args: string[]) {
      const { status, out, err } = await program.run(...args, '--json')
      expect(err).toBe('')
      expect(status).toBe(0)
      return JSON.parse(out) as T
    },
    fingerprint: () =>
      existsSync(libraryFile) ? createHash('sha256').update(readFileSync(libraryFile)).digest('hex') : null,
  }
  return { ...program, [Symbol.dispose]: () => folder[Symbol.dispose]() }
}

/** What a child said, once it has ended. */
export async function finished(child: ChildProcess): Promise<Result> {
  let out = ''
  let err = ''
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    out += text
  })
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    err += text
  })
  return await new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (status, signal) => resolve({ status, signal, out, err }))
  })
}
