import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type ScheduleOptions, schedule } from '../../src/cli/schedule.ts'
import { readSettings } from '../../src/settings.ts'
import { temporaryFolder } from '../support/papers.ts'

const PROGRAM = ['/opt/node/bin/node', '/opt/broadsheet/bin/broadsheet.js']
const NAMES = ['systemctl', 'launchctl', 'crontab'] as const

/** A computer with programs that only write down what they are called with. */
function computer({ systemd = false, env = {} as Record<string, string> } = {}) {
  const folder = temporaryFolder()
  const path = (...parts: string[]) => join(folder.path, ...parts)
  const log = path('log')
  for (const name of ['bin', 'home', 'run']) mkdirSync(path(name))
  if (systemd) mkdirSync(path('run', 'systemd'))
  // `fail NAME` makes a program fail; the crontab is a file.
  for (const name of NAMES) {
    const own = {
      systemctl: '',
      launchctl: `case "$1" in
        print) [ -f "$STATE/loaded" ] || exit 113;;
        bootout) /bin/rm "$STATE/loaded";;
        bootstrap) : > "$STATE/loaded";;
        esac`,
      crontab: `case "$1" in
        -l) [ -f "$STATE/crontab" ] || { echo "no crontab for ada" >&2; exit 1; }; /bin/cat "$STATE/crontab";;
        -) /bin/cat > "$STATE/crontab";;
        esac`,
    }[name]
    const script = `#!/bin/sh
      STATE='${folder.path}'
      echo "${name} $*" >> "$STATE/log"
      [ -f "$STATE/fail-${name}" ] && { /bin/cat "$STATE/fail-${name}" >&2; exit 1; }
      ${own}
      exit 0`
    writeFileSync(path('bin', name), script)
    chmodSync(path('bin', name), 0o755)
  }
  const environment = { PATH: path('bin'), HOME: path('home'), XDG_RUNTIME_DIR: path('run'), ...env }
  return {
    path,
    fail: (name: (typeof NAMES)[number], why: string) => writeFileSync(path(`fail-${name}`), why),
    ran: () => (existsSync(log) ? readFileSync(log, 'utf8').trimEnd().split('\n') : []),
    read: (...parts: string[]) => readFileSync(path(...parts), 'utf8'),
    async schedule(platform: NodeJS.Platform, options: ScheduleOptions = {}, program = PROGRAM) {
      const out: string[] = []
      const warned: string[] = []
      const session = {
        settings: readSettings(environment),
        out: (text: string) => void out.push(text),
        warn: (text: string) => void warned.push(text),
      }
      await schedule(session, options, platform, environment, program)
      return { out: out.join('\n'), warned }
    },
    [Symbol.dispose]: () => folder[Symbol.dispose](),
  }
}

const UNITS = ['home', '.config', 'systemd', 'user'] as const
const SERVICE = [...UNITS, 'broadsheet-sync.service'] as const
const TIMER = [...UNITS, 'broadsheet-sync.timer'] as const
const PLIST = ['home', 'Library', 'LaunchAgents', 'broadsheet.sync.plist'] as const
const DOMAIN = `gui/${process.getuid?.()}`

describe('a schedule is printed, and nothing done', () => {
  it('for systemd: two files and two commands', async () => {
    using machine = computer({ systemd: true })
    const { out } = await machine.schedule('linux')
    expect(out).toContain(machine.path(...SERVICE))
    expect(out).toContain(machine.path(...TIMER))
    expect(out).toContain('    ExecStart="/opt/node/bin/node" "/opt/broadsheet/bin/broadsheet.js" "sync"\n')
    expect(out).toContain(
      '    systemctl --user daemon-reload\n    systemctl --user enable --now broadsheet-sync.timer\n',
    )
    expect(out).toContain('--install')
    expect([machine.ran(), readdirSync(machine.path('home'))]).toEqual([[], []])
  })

  it('for launchd: a file and a command', async () => {
    using machine = computer()
    const { out } = await machine.schedule('darwin')
    expect(out).toContain('        <string>/opt/broadsheet/bin/broadsheet.js</string>\n')
    expect(out).toContain(`    launchctl bootstrap ${DOMAIN} ${machine.path(...PLIST)}\n`)
    expect([machine.ran(), readdirSync(machine.path('home'))]).toEqual([[], []])
  })

  it.each(['linux', 'freebsd'] as const)(
    'for cron, where there is neither: a line on %s',
    async (platform) => {
      using machine = computer({ systemd: platform !== 'linux' })
      const { out } = await machine.schedule(platform)
      expect(out).toMatch(
        /^\d+ \* \* \* \* \/opt\/node\/bin\/node .* sync >\/dev\/null # Written by Broadsheet$/m,
      )
      expect(machine.ran()).toEqual([])
    },
  )

  it('as JSON', async () => {
    using machine = computer({ systemd: true })
    const { out } = await machine.schedule('linux', { json: true, every: '30m' })
    expect(JSON.parse(out)).toMatchObject({
      kind: 'systemd',
      files: [{ path: machine.path(...SERVICE) }, { path: machine.path(...TIMER) }],
      commands: ['systemctl --user daemon-reload', 'systemctl --user enable --now broadsheet-sync.timer'],
      every: 30,
      installed: false,
    })
  })

  it('as often as is wished', async () => {
    using machine = computer({ systemd: true })
    expect((await machine.schedule('linux', { every: '6h' })).out).toContain('OnCalendar=0/6:00')
    for (const every of ['7m', '90', '', 'toString'])
      await expect(machine.schedule('linux', { every })).rejects.toThrow(/^--every is one of 15m, /)
  })

  it('on Windows it is said how to go on', async () => {
    using machine = computer()
    await expect(machine.schedule('win32')).rejects.toThrow(/Task Scheduler.*every hour: "\/opt\/node/)
  })
})

describe('a schedule carries over', () => {
  it('where the library is and whom to ask, with whole paths', async () => {
    using machine = computer({
      env: {
        BROADSHEET_HOME: 'my papers',
        HF_ENDPOINT: 'https://hub.example/',
        https_proxy: 'proxy.example:80',
      },
    })
    const { out, warned } = await machine.schedule('linux')
    expect(out).toContain(
      ` BROADSHEET_HOME='${join(process.cwd(), 'my papers')}' HF_ENDPOINT=https://hub.example/ https_proxy=proxy.example:80 /opt`,
    )
    expect(warned).toEqual([])
  })

  it('no secret, and says so', async () => {
    using machine = computer({
      systemd: true,
      env: {
        HF_TOKEN: 'hf_secret',
        HF_ENDPOINT: 'https://me:secret@hub.example',
        HTTP_PROXY: 'me:secret@proxy:80',
      },
    })
    const { out, warned } = await machine.schedule('linux', { install: true })
    expect(out + warned.join('') + machine.read(...SERVICE)).not.toContain('secret')
    expect(warned.map((line) => line.split(' ')[0])).toEqual(['HF_ENDPOINT', 'HTTP_PROXY', 'HF_TOKEN'])
  })

  it('no path that cannot be written down', async () => {
    using machine = computer({ env: { BROADSHEET_HOME: '/a\nb' } })
    for (const platform of ['linux', 'darwin'] as const)
      await expect(machine.schedule(platform, { install: true })).rejects.toThrow(/line break/)
    expect(machine.ran()).toEqual([])
  })

  it('what npx has fetched only with a warning', async () => {
    using machine = computer()
    const { warned } = await machine.schedule('linux', {}, ['/node', '/home/ada/.npm/_npx/1/broadsheet.js'])
    expect(warned).toEqual([expect.stringContaining('npx keeps a program for a while only')])
  })

  it('nothing where the Hub’s address makes no sense', async () => {
    using machine = computer({ env: { HF_ENDPOINT: 'nowhere' } })
    await expect(machine.schedule('linux')).rejects.toThrow(/^HF_ENDPOINT/)
  })
})

describe('installing for systemd', () => {
  it('writes both files, enables the timer, and says how to undo it', async () => {
    using machine = computer({ systemd: true })
    const { out } = await machine.schedule('linux', { install: true })
    expect(machine.read(...SERVICE)).toContain('ExecStart=')
    expect(machine.read(...TIMER)).toContain('OnCalendar=hourly')
    expect(machine.ran()).toEqual([
      'systemctl --user daemon-reload',
      'systemctl --user enable --now broadsheet-sync.timer',
    ])
    expect(out.split('\n')).toEqual([
      `Wrote ${machine.path(...SERVICE)} and ${machine.path(...TIMER)}.`,
      'The computer now syncs every hour.',
      `To undo it: systemctl --user disable --now broadsheet-sync.timer && rm ${machine.path(...SERVICE)} ${machine.path(...TIMER)}`,
    ])
    expect(readdirSync(machine.path(...UNITS)).toSorted()).toEqual([
      'broadsheet-sync.service',
      'broadsheet-sync.timer',
    ])
  })

  it('goes below XDG_CONFIG_HOME, unless that is no whole path', async () => {
    using machine = computer({ systemd: true, env: { XDG_CONFIG_HOME: '/dev/null/none' } })
    await expect(machine.schedule('linux', { install: true })).rejects.toThrow(
      /^\/dev\/null\/none\/systemd\/user\/broadsheet-sync\.service cannot be written \(ENOTDIR\)\. Check/,
    )
    using other = computer({ systemd: true, env: { XDG_CONFIG_HOME: 'none' } })
    expect((await other.schedule('linux')).out).toContain(other.path(...SERVICE))
  })

  it('again changes nothing, and with another interval the timer alone', async () => {
    using machine = computer({ systemd: true })
    await machine.schedule('linux', { install: true })
    const before = machine.read(...TIMER)
    const again = await machine.schedule('linux', { install: true })
    expect(again.out).toContain('were there already.')
    expect(machine.read(...TIMER)).toBe(before)
    const { out } = await machine.schedule('linux', { install: true, every: '6h' })
    expect(out).toContain(`Wrote ${machine.path(...TIMER)}.\nThe computer now syncs every 6 hours.`)
    expect(machine.read(...TIMER)).toContain('OnCalendar=0/6:00')
  })

  it('leaves files alone that are not ours, and writes none beside them', async () => {
    using machine = computer({ systemd: true })
    const theirs = machine.path(...TIMER)
    mkdirSync(dirname(theirs), { recursive: true })
    writeFileSync(theirs, '[Timer]\n')
    const refused = `${theirs} is there, and not from Broadsheet: it is left as it is. Move it away and try again.`
    await expect(machine.schedule('linux', { install: true })).rejects.toThrow(refused)
    expect(machine.read(...TIMER)).toBe('[Timer]\n')
    expect(existsSync(machine.path(...SERVICE))).toBe(false)
    expect(machine.ran()).toEqual([])
  })

  it.each(['/dev/null', '/nowhere/at/all'])('leaves a unit alone that is a link to %s', async (target) => {
    using machine = computer({ systemd: true })
    mkdirSync(machine.path(...UNITS), { recursive: true })
    symlinkSync(target, machine.path(...SERVICE))
    await expect(machine.schedule('linux', { install: true })).rejects.toThrow(/not from Broadsheet/)
  })

  it('says what failed, why, and what to do', async () => {
    using machine = computer({ systemd: true })
    machine.fail('systemctl', 'Failed to connect to bus:\u001b[2J\nNo medium found.\n')
    await expect(machine.schedule('linux', { install: true })).rejects.toThrow(
      '"systemctl --user daemon-reload" failed (Failed to connect to bus: No medium found). The schedule is not in force: once that is mended, run "broadsheet sync --schedule --install" again.',
    )
  })
})

describe('installing for launchd', () => {
  it('writes the file and loads it', async () => {
    using machine = computer()
    const { out } = await machine.schedule('darwin', { install: true })
    expect(machine.ran()).toEqual([
      `launchctl print ${DOMAIN}/broadsheet.sync`,
      `launchctl bootstrap ${DOMAIN} ${machine.path(...PLIST)}`,
    ])
    expect(machine.read(...PLIST)).toContain('<integer>3600</integer>')
    expect(out).toContain(
      `To undo it: launchctl bootout ${DOMAIN}/broadsheet.sync && rm ${machine.path(...PLIST)}`,
    )
  })

  it('again does nothing, and with another interval loads it anew', async () => {
    using machine = computer()
    await machine.schedule('darwin', { install: true })
    await machine.schedule('darwin', { install: true })
    expect(machine.ran()).toHaveLength(3)
    await machine.schedule('darwin', { install: true, every: '1d' })
    expect(machine.ran().slice(3)).toEqual([
      `launchctl print ${DOMAIN}/broadsheet.sync`,
      `launchctl bootout ${DOMAIN}/broadsheet.sync`,
      `launchctl bootstrap ${DOMAIN} ${machine.path(...PLIST)}`,
    ])
  })

  it('leaves a file alone that is not ours', async () => {
    using machine = computer()
    mkdirSync(dirname(machine.path(...PLIST)), { recursive: true })
    writeFileSync(machine.path(...PLIST), '<plist/>')
    await expect(machine.schedule('darwin', { install: true })).rejects.toThrow(/not from Broadsheet/)
    expect(machine.ran()).toEqual([])
  })

  it('says what failed', async () => {
    using machine = computer()
    machine.fail('launchctl', 'Bootstrap failed: 5: Input/output error')
    await expect(machine.schedule('darwin', { install: true })).rejects.toThrow(
      /^"launchctl bootstrap gui\/\d+ .*" failed \(Bootstrap failed: 5: Input\/output error\)\./,
    )
  })
})

describe('installing for cron', () => {
  // Latin-1, not UTF-8: the line of somebody else must come through byte by byte.
  const THEIRS = Buffer.from('# m\u00fchsam\n5 4 * * * /usr/bin/backup 100\\%\n\n', 'latin1')

  it('adds its line to an empty crontab, once', async () => {
    using machine = computer()
    const { out } = await machine.schedule('linux', { install: true })
    expect(out).toContain('Added a line to your crontab:')
    const line = machine.read('crontab')
    expect(line).toMatch(/^\d+ \* \* \* \* \/opt\/node[^\n]* # Written by Broadsheet\n$/)
    const again = await machine.schedule('linux', { install: true })
    expect(again.out).toContain('The line is in your crontab already.')
    expect(machine.read('crontab')).toBe(line)
    expect(machine.ran()).toEqual(['crontab -l', 'crontab -', 'crontab -l'])
  })

  it('keeps the lines of others as they are, and changes its own', async () => {
    using machine = computer({ env: { BROADSHEET_HOME: '/home/zoë' } })
    writeFileSync(machine.path('crontab'), THEIRS)
    await machine.schedule('linux', { install: true })
    const { out } = await machine.schedule('linux', { install: true, every: '15m' })
    expect(out).toContain('Changed our line in your crontab:')
    const crontab = readFileSync(machine.path('crontab'))
    expect(crontab.subarray(0, THEIRS.length - 1)).toEqual(THEIRS.subarray(0, -1))
    const rest = crontab.subarray(THEIRS.length - 1).toString('utf8')
    expect(rest).toMatch(/^\d+-59\/15 \* \* \* \* BROADSHEET_HOME='\/home\/zoë' [^\n]*\n$/)
  })

  it('writes nothing where it could not read', async () => {
    using machine = computer()
    writeFileSync(machine.path('crontab'), THEIRS)
    machine.fail('crontab', 'You (ada) are not allowed to use this program')
    await expect(machine.schedule('linux', { install: true })).rejects.toThrow(
      /^"crontab -l" failed \(You \(ada\) are not allowed to use this program\)\./,
    )
    expect(readFileSync(machine.path('crontab'))).toEqual(THEIRS)
    expect(machine.ran()).toEqual(['crontab -l'])
  })

  it('says so where there is no cron', async () => {
    using machine = computer({ env: { PATH: '/nowhere' } })
    await expect(machine.schedule('linux', { install: true })).rejects.toThrow(
      /^crontab is not on this computer\. /,
    )
  })
})
