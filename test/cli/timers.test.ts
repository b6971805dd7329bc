import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { load } from 'cheerio/slim'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  cronLine,
  everyWords,
  INTERVALS,
  type Interval,
  type Job,
  launchdPlist,
  systemdService,
  systemdTimer,
} from '../../src/cli/timers.ts'
import { temporaryFolder } from '../support/papers.ts'

const job = (facts: Partial<Job> = {}): Job => ({
  command: ['/opt/node/bin/node', '/opt/broadsheet/bin/broadsheet.js', 'sync'],
  env: {},
  every: 60,
  ...facts,
})
const intervals = Object.values(INTERVALS) as Interval[]

describe('systemd', () => {
  it('gets a service and a timer', () => {
    expect(systemdService(job())).toContain(
      '[Service]\nType=oneshot\nExecStart="/opt/node/bin/node" "/opt/broadsheet/bin/broadsheet.js" "sync"\n',
    )
    expect(systemdTimer(job())).toContain('[Timer]\nOnCalendar=hourly\n')
  })

  it.each([
    [15, '*:0/15'],
    [60, 'hourly'],
    [360, '0/6:00'],
    [1440, 'daily'],
  ] as const)('is told of %i minutes in its own words', (every, calendar) => {
    expect(systemdTimer(job({ every }))).toContain(`OnCalendar=${calendar}\n`)
  })

  it('gets words whole, whatever is in them', () => {
    const service = systemdService(
      job({
        command: ['/my node/$HOME/%h', '/a "b" \\c/$HOME/$X/%h.js', 'sync'],
        env: { BROADSHEET_HOME: '/x $y/100% "z"' },
      }),
    )
    expect(service).toContain('\nEnvironment="BROADSHEET_HOME=/x $y/100%% \\"z\\""\n')
    expect(service).toContain(
      '\nExecStart="/my node/$HOME/%%h" "/a \\"b\\" \\\\c/$$HOME/$$X/%%h.js" "sync"\n',
    )
  })

  it('gets a program with quotes in its path by another one, since it refuses it itself', () => {
    const service = systemdService(job({ command: [`/it's $5/node`, 'sync'] }))
    expect(service).toContain(`\nExecStart=/usr/bin/env "/it's $$5/node" "sync"\n`)
  })

  const hasVerify = spawnSync('systemd-analyze', ['--version']).status === 0
  it.skipIf(!hasVerify)('finds nothing wrong with either', () => {
    using folder = temporaryFolder()
    const programs = ['my node $HOME %h', `it's "node"`].map((name) => {
      const program = join(folder.path, name)
      writeFileSync(program, '#!/bin/sh\n')
      chmodSync(program, 0o755)
      return program
    })
    for (const [at, program] of programs.entries())
      for (const every of intervals) {
        const unit = join(folder.path, `broadsheet-${at}-${every}`)
        const given = job({ command: [program, '/a $b/%c', 'sync'], env: { BROADSHEET_HOME: '/x y' }, every })
        writeFileSync(`${unit}.service`, systemdService(given))
        writeFileSync(`${unit}.timer`, systemdTimer(given))
      }
    const units = programs.flatMap((_, at) =>
      intervals.flatMap((every) =>
        ['service', 'timer'].map((kind) => join(folder.path, `broadsheet-${at}-${every}.${kind}`)),
      ),
    )
    const { status, stderr } = spawnSync('systemd-analyze', ['verify', '--user', ...units], {
      env: { PATH: process.env.PATH, HOME: folder.path, XDG_RUNTIME_DIR: folder.path },
      encoding: 'utf8',
    })
    expect([stderr.split('\n').filter((line) => line.includes('broadsheet')), status]).toEqual([[], 0])
  })
})

describe('launchd', () => {
  it('gets a property list that says it all', () => {
    const env = { BROADSHEET_HOME: '/x & <y>', HF_ENDPOINT: 'https://hub.example/?a=1&b' }
    const $ = load(launchdPlist(job({ command: ['/my <node>', `/a "b" & 'c'`, 'sync'], env, every: 1440 })), {
      xml: true,
    })
    const after = (key: string) =>
      $('key')
        .filter((_, element) => $(element).text() === key)
        .next()
    expect(after('Label').text()).toBe('broadsheet.sync')
    expect(
      after('ProgramArguments')
        .children('string')
        .toArray()
        .map((element) => $(element).text()),
    ).toEqual(['/my <node>', `/a "b" & 'c'`, 'sync'])
    expect(after('BROADSHEET_HOME').text()).toBe(env.BROADSHEET_HOME)
    expect(after('HF_ENDPOINT').text()).toBe(env.HF_ENDPOINT)
    expect(after('StartInterval').text()).toBe('86400')
  })

  it('gets a comment that XML allows', () => {
    const [, comment = ''] = /<!--([\s\S]*?)-->/.exec(launchdPlist(job())) ?? []
    expect(comment).toContain('Written by Broadsheet')
    expect(comment).not.toContain('--')
  })
})

describe('cron', () => {
  it.each([
    [15, /^(\d|1[0-4])-59\/15 \* \* \* \* /],
    [60, /^[1-5]?\d \* \* \* \* /],
    [360, /^[1-5]?\d \*\/6 \* \* \* /],
    [1440, /^[1-5]?\d 12 \* \* \* /],
  ] as const)('is told of %i minutes in its own words', (every, times) => {
    expect(cronLine(job({ every }))).toMatch(times)
  })

  it('gets one line, known by its end', () => {
    expect(cronLine(job())).toMatch(
      / \* \* \* \* \/opt\/node\/bin\/node \/opt\/broadsheet\/bin\/broadsheet\.js sync >\/dev\/null # Written by Broadsheet$/,
    )
  })

  it('gets the same minute every time, and another for another installation', () => {
    const minutes = Array.from({ length: 50 }, (_, at) =>
      cronLine(job({ env: { BROADSHEET_HOME: `/home/${at}` } })).replace(/ .*/, ''),
    )
    expect(new Set(minutes).size).toBeGreaterThan(20)
    expect(cronLine(job())).toBe(cronLine(job()))
  })

  it('runs what was meant, whatever is in the words', () => {
    using folder = temporaryFolder()
    const strange = join(folder.path, `it's "100%" $HOME; & *`)
    mkdirSync(strange)
    const program = join(strange, 'node')
    writeFileSync(
      program,
      '#!/bin/sh\nprintf "%s\\n" "$BROADSHEET_HOME" "$@" > "$BROADSHEET_HOME/ran"\necho noise\n',
    )
    chmodSync(program, 0o755)
    const line = cronLine(job({ command: [program, `/a 'b' %c`, 'sync'], env: { BROADSHEET_HOME: strange } }))
    // What cron does: an escaped percent sign loses its backslash, and the rest goes to a shell.
    const command = line.split(' ').slice(5).join(' ').replaceAll('\\%', '%')
    const { status, stdout } = spawnSync('/bin/sh', ['-c', command], { encoding: 'utf8' })
    expect([status, stdout]).toEqual([0, ''])
    expect(readFileSync(join(strange, 'ran'), 'utf8')).toBe(`${strange}\n/a 'b' %c\nsync\n`)
  })

  it('is not given what it cannot take', () => {
    expect(() => cronLine(job({ command: ['/a\\b', 'sync'] }))).toThrow(/backslash/)
    expect(() => cronLine(job({ env: { BROADSHEET_HOME: `/${'x'.repeat(1000)}` } }))).toThrow(
      /longer than cron/,
    )
  })

  it('never gets a second line or an open percent sign', () => {
    const word = fc
      .string({ unit: 'grapheme', maxLength: 20 })
      .map((text) => `/${text.replace(/[\p{Cc}\\]/gu, '')}`)
    fc.assert(
      fc.property(word, word, (program, home) => {
        const line = cronLine(job({ command: [program, 'sync'], env: { BROADSHEET_HOME: home } }))
        expect(line).not.toMatch(/\n|(?<!\\)%/)
      }),
    )
  })
})

it.each([
  [15, 'every 15 minutes'],
  [60, 'every hour'],
  [120, 'every 2 hours'],
  [1440, 'every day'],
] as const)('%i minutes are said in words', (every, words) => {
  expect(everyWords(every)).toBe(words)
})
