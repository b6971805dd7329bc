import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { copyToPlatform, osc52 } from '../../src/app/clipboard.ts'
import { temporaryFolder } from '../support/papers.ts'

const TEXT = 'Lanterns — 漢字 👩\u200d🚀\n$(touch x); `ls` "quoted"'

describe('the terminal’s own way', () => {
  const decode = (sequence: string | null) =>
    Buffer.from(/^\u001b\]52;c;([A-Za-z0-9+/=]*)\u0007$/.exec(sequence ?? '')?.[1] ?? '', 'base64').toString()

  it.each(['', 'a', TEXT, 'x'.repeat(75_000)])('carries the text', (text) => {
    expect(decode(osc52(text, { TERM: 'xterm-256color' }))).toBe(text)
  })

  it('is not for more than terminals take', () => {
    expect(osc52('x'.repeat(75_001), {})).toBeNull()
    expect(osc52('漢'.repeat(25_001), {})).toBeNull()
  })

  it.each([
    [{ TERM: 'screen', TMUX: '/tmp/tmux-0/default,1,0' }],
    [{ TERM: 'tmux-256color', TMUX: '/tmp/tmux-0/default,1,0' }],
    [{ TERM: 'screen-256color' }],
    [{}],
  ])('is plain with %j', (env) => {
    expect(decode(osc52(TEXT, env))).toBe(TEXT)
  })

  it.each([{ TERM: 'screen' }, { TERM: 'screen.xterm-256color' }])(
    'goes through GNU screen with %j, in strings that it takes',
    (env) => {
      const text = 'x'.repeat(1000)
      const wrapped = osc52(text, env) ?? ''
      const strings = wrapped.match(/\u001bP[\s\S]*?\u001b\\/g) ?? []
      expect(strings.join('')).toBe(wrapped)
      for (const { length } of strings) expect(length).toBeLessThan(256)
      expect(decode(strings.map((string) => string.slice(2, -2)).join(''))).toBe(text)
    },
  )
})

/** A folder of programs, each a shell script, and an environment that has no others but the shell's own. */
function programs(scripts: Readonly<Record<string, string>>) {
  const folder = temporaryFolder()
  for (const [name, script] of Object.entries(scripts)) {
    const file = join(folder.path, name)
    writeFileSync(file, `#!/bin/sh\ncd '${folder.path}'\n${script}\n`)
    chmodSync(file, 0o755)
  }
  const copied = (name: string) => {
    const file = join(folder.path, name)
    return existsSync(file) ? readFileSync(file) : null
  }
  return { PATH: folder.path, copied, [Symbol.dispose]: () => folder[Symbol.dispose]() }
}

const take = (file: string) => `echo "$*" > ${file}.args\n/bin/cat > ${file}`

describe('the platform’s program', () => {
  it.each([
    ['pbcopy', '', 'darwin', {}],
    ['wl-copy', '', 'linux', { WAYLAND_DISPLAY: 'wayland-0', DISPLAY: ':0' }],
    ['xclip', '-selection clipboard', 'linux', { DISPLAY: ':0' }],
    ['xclip', '-selection clipboard', 'freebsd', { DISPLAY: ':0' }],
    ['clip.exe', '', 'win32', {}],
    ['clip.exe', '', 'linux', { WSL_DISTRO_NAME: 'Debian', DISPLAY: ':0' }],
  ] as const)('%s %s is given the text on %s with %j', async (name, args, platform, env) => {
    using held = programs({ [name]: take('copied') })
    expect(await copyToPlatform(TEXT, { ...env, PATH: held.PATH }, platform)).toBe(true)
    expect(held.copied('copied')?.toString(name === 'clip.exe' ? 'utf16le' : 'utf8')).toBe(TEXT)
    expect(held.copied('copied.args')?.toString().trim()).toBe(args)
  })

  it('gives way to the next one where it fails or is not there', async () => {
    using held = programs({ 'wl-copy': 'exit 1', xsel: take('copied') })
    const env = { WAYLAND_DISPLAY: 'wayland-0', DISPLAY: ':0', PATH: held.PATH }
    expect(await copyToPlatform(TEXT, env, 'linux')).toBe(true)
    expect(held.copied('copied')?.toString()).toBe(TEXT)
    expect(held.copied('copied.args')?.toString()).toBe('-b -i\n')
  })

  it('may stay on to hold the text, as those of X11 do', async () => {
    using held = programs({
      xclip: `${take('copied')}\n(while [ ! -e stop ]; do /bin/sleep 0.05; done; echo > stopped) &`,
    })
    expect(await copyToPlatform(TEXT, { DISPLAY: ':0', PATH: held.PATH }, 'linux')).toBe(true)
    expect(held.copied('stopped')).toBeNull()
    writeFileSync(join(held.PATH, 'stop'), '')
    await expect.poll(() => held.copied('stopped'), { timeout: 20_000 }).not.toBeNull()
  })

  it.each([
    ['is not there', {}],
    ['fails', { xclip: 'exit 3', xsel: 'exit 1' }],
    ['does not read, of a text that fills the pipe', { xclip: 'exit 1' }],
    ['never ends', { xclip: 'exec /bin/sleep 600' }],
  ])('that %s has not copied', async (_name, scripts) => {
    using held = programs(scripts)
    const env = { DISPLAY: ':0', PATH: held.PATH }
    expect(await copyToPlatform(TEXT.repeat(20_000), env, 'linux')).toBe(false)
  })

  it('is none on a system without a screen', async () => {
    using held = programs({ xclip: take('copied'), 'wl-copy': take('copied') })
    expect(await copyToPlatform(TEXT, { PATH: held.PATH }, 'linux')).toBe(false)
    expect(held.copied('copied')).toBeNull()
  })

  it('keeps nobody from leaving', async () => {
    using held = programs({
      xclip: 'echo > started\nwhile [ ! -e stop ]; do /bin/sleep 0.05; done\necho > stopped',
    })
    const source = `
      const { copyToPlatform } = await import(${JSON.stringify(new URL('../../src/app/clipboard.ts', import.meta.url).href)})
      void copyToPlatform('a lantern', ${JSON.stringify({ DISPLAY: ':0', PATH: held.PATH })}, 'linux')
        .then(() => console.log('waited'))`
    const reader = spawn(process.execPath, ['--input-type=module', '-e', source], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    let said = ''
    reader.stdout.on('data', (chunk) => {
      said += chunk
    })
    const [status] = await once(reader, 'close')
    expect([status, said]).toEqual([0, ''])
    writeFileSync(join(held.PATH, 'stop'), '')
    await expect.poll(() => held.copied('stopped'), { timeout: 20_000 }).not.toBeNull()
  })
})
