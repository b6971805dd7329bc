// `broadsheet config`, and what it says of a file.

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { explained } from '../../src/cli/config.ts'
import { SETTINGS } from '../../src/config/settings.ts'
import { parseConfig } from '../../src/config.ts'
import { finished, installed } from '../support/program.ts'

const NAMES = Object.values(SETTINGS).map(({ section, name }) => `${section}.${name}`)

describe('config', () => {
  it('prints every setting with its value and where that comes from', async () => {
    using program = installed()
    mkdirSync(program.home, { recursive: true })
    writeFileSync(join(program.home, 'config.toml'), '[looks]\ntheme = "dark"\n\n[keys]\nquit = "Q"\n')
    const { out, status } = await program.run('config')
    expect(status).toBe(0)
    expect(out).toMatch(/^.*config\.toml\n/)
    for (const name of NAMES) expect(out).toContain(name)
    expect(out).toMatch(/^looks\.theme +"dark" {2}\(line 2\)$/m)
    expect(out).toMatch(/^looks\.split +55 {2}\(default\)$/m)
    expect(out).toMatch(/^keys\.quit +\["Q"\] {2}\(line 5\)$/m)
    expect(out).toMatch(/^BROADSHEET_HOME +".*" {2}\(environment\)$/m)
    const json = JSON.parse((await program.run('config', '--json')).out)
    expect(json.settings).toContainEqual({ name: 'looks.theme', value: 'dark', from: 'line 2' })
  })

  it('prints the theme that counts where the environment wants no colours', async () => {
    using program = installed()
    mkdirSync(program.home, { recursive: true })
    writeFileSync(join(program.home, 'config.toml'), '[looks]\ntheme = "dark"\n')
    const theme = async (env: Record<string, string>) =>
      /^looks\.theme.*$/m.exec((await finished(program.start(['config'], { env }))).out)?.[0]
    expect(await theme({ NO_COLOR: '1' })).toMatch(/"mono" {2}\(NO_COLOR\)$/)
    expect(await theme({ TERM: 'dumb' })).toMatch(/"mono" {2}\(TERM=dumb\)$/)
    expect(await theme({ NO_COLOR: '' })).toMatch(/"dark" {2}\(line 2\)$/)
  })

  it('prints every variable that README names, no token and no password', async () => {
    using program = installed()
    const readme = readFileSync(join(import.meta.dirname, '../../README.md'), 'utf8')
    const names = Array.from(readme.matchAll(/^\| `([A-Z_]{5,})` \|/gm), ([, name = '']) => name)
    expect(names.length).toBeGreaterThan(10)
    const secret = 'hunter2'
    const env = Object.fromEntries(names.map((name) => [name, `http://me:p@${secret}@proxy.example/`]))
    // Certificates that are not there would be complained of by Node itself.
    delete env.NODE_EXTRA_CA_CERTS
    const plain = {
      ...env,
      BROADSHEET_HOME: program.home,
      HF_TOKEN: secret,
      http_proxy: `me:${secret}@proxy.example`,
    }
    const { out } = await finished(program.start(['config'], { env: plain }))
    for (const name of Object.keys(plain)) expect(out).toMatch(new RegExp(`^${name} `, 'm'))
    expect(out).toMatch(/^HTTPS_PROXY +"http:\/\/…@proxy\.example\/" {2}\(environment\)$/m)
    expect(out).not.toContain(secret)
  })

  it('tells what is wrong, with its line, and exits with 1', async () => {
    using program = installed()
    mkdirSync(program.home, { recursive: true })
    writeFileSync(join(program.home, 'config.toml'), '[looks]\nthem = "dark"\n[keys]\nqiut = "Q"\n')
    const { err, status } = await program.run('config')
    expect(status).toBe(1)
    expect(err).toMatch(
      /config\.toml, line 2, column 1: \[looks\] has no setting “them”\. Did you mean theme\?/,
    )
    expect(err).toMatch(/config\.toml, line 4, column 1: there is no command “qiut”\. Did you mean quit\?/)
    expect((await program.run('keys')).err).toContain('“qiut”')
  })

  it('--init writes a file that explains every setting and changes none, once', async () => {
    using program = installed()
    expect((await program.run('config', '--init')).status).toBe(0)
    const file = join(program.home, 'config.toml')
    const text = readFileSync(file, 'utf8')
    expect(text).toBe(explained())
    const { origins, ...values } = parseConfig(text, file)
    expect(origins.size).toBe(0)
    expect(values).toEqual({ ...parseConfig('', file), origins: undefined, ...values })
    const again = await program.run('config', '--init')
    expect([again.status, again.err]).toEqual([
      2,
      expect.stringContaining('is there already and stays as it is'),
    ])
    // What it explains is right once the marks are taken away.
    const active = text.replace(/^# (\w+(?:-\w+)* = )/gm, '$1')
    expect(parseConfig(active, file).problems).toEqual([])
  })
})
