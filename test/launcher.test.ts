import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import manifest from '../package.json' with { type: 'json' }

const LAUNCHER = join(import.meta.dirname, '../bin/broadsheet.js')

// What an older Node is to the launcher: a version number. The option is not inherited by what it starts.
const asOldNode = `--import=data:text/javascript,${encodeURIComponent(
  `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '20.20.2' } })`,
)}`

let alone = ''
beforeAll(() => {
  alone = mkdtempSync(join(tmpdir(), 'broadsheet-test-'))
  cpSync(LAUNCHER, join(alone, 'bin/broadsheet.js'))
  writeFileSync(join(alone, 'package.json'), '{"type":"module"}')
})
afterAll(() => rmSync(alone, { recursive: true, force: true }))

it('hands over to the pinned Node when an older one starts it, with arguments and exit status', () => {
  const run = (...args: string[]) =>
    spawnSync(process.execPath, [asOldNode, LAUNCHER, ...args], { encoding: 'utf8' })
  expect(run('--version')).toMatchObject({ stdout: `${manifest.version}\n`, stderr: '', status: 0 })
  expect(run('list', '--nonsense').status).toBe(2)
})

it('says which Node it needs when there is no other', () => {
  const { stderr, status } = spawnSync(process.execPath, [asOldNode, join(alone, 'bin/broadsheet.js')], {
    encoding: 'utf8',
  })
  expect(stderr).toMatch(/this is Node 20\.20\.2; Broadsheet needs Node 22\.19 or newer/)
  expect(status).toBe(1)
})

it('says how to build when nothing is built', () => {
  const { stderr, status } = spawnSync(process.execPath, [join(alone, 'bin/broadsheet.js')], {
    encoding: 'utf8',
  })
  expect(stderr).toContain('npm run build')
  expect(status).toBe(1)
})

it('agrees with package.json about the oldest Node', () => {
  const [, major, minor] = /OLDEST = \[(\d+), (\d+)\]/.exec(readFileSync(LAUNCHER, 'utf8')) ?? []
  expect(`>=${major}.${minor}`).toBe(manifest.engines.node)
})
