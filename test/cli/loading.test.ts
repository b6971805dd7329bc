import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { finished, installed } from '../support/program.ts'

const DIST = join(import.meta.dirname, '../../dist')

// What tells the packages in the bundle: strings that survive minifying.
const INK = 'react.transitional.element'
const YOGA = 'setFlexDirection'
const UNDICI = 'UND_ERR_SOCKET'
const CHEERIO = 'nth-last-child'

// Tells on standard error which modules are loaded.
const HOOK = `data:text/javascript,${encodeURIComponent(`
  import { registerHooks } from 'node:module'
  import { writeSync } from 'node:fs'
  registerHooks({
    load(url, context, next) {
      writeSync(2, 'loaded ' + url + '\\n')
      return next(url, context)
    },
  })`)}`

/** The text of all modules of the bundle that a command loads. */
async function loadedBy(...args: string[]): Promise<string> {
  using program = installed()
  const { status, err } = await finished(program.start(args, { nodeArgs: ['--import', HOOK] }))
  expect(status).toBe(0)
  const files = [...err.matchAll(/^loaded (file:.*)$/gm)].map(([, url]) => fileURLToPath(url ?? ''))
  const bundled = files.filter((file) => file.startsWith(DIST))
  expect(bundled.length).toBeGreaterThan(1)
  return bundled.map((file) => readFileSync(file, 'utf8')).join('\n')
}

it('the bundle holds the packages that the tests below look for', () => {
  const all = readdirSync(DIST)
    .map((file) => readFileSync(join(DIST, file), 'utf8'))
    .join('\n')
  for (const package_ of [INK, YOGA, UNDICI, CHEERIO])
    expect([package_, all.includes(package_)]).toEqual([package_, true])
})

it.each([
  [['list']],
  [['show', '2309.12288']],
  [['keys']],
  [['search', 'curse']],
  [['mark', '2309.12288', '--read']],
])('%j loads neither Ink nor a network client nor an HTML parser', async (args) => {
  const text = await loadedBy(...args)
  for (const package_ of [INK, YOGA, UNDICI, CHEERIO])
    expect([package_, text.includes(package_)]).toEqual([package_, false])
})

it('bare, without a terminal, it loads no Ink either', async () => {
  expect((await loadedBy()).includes(INK)).toBe(false)
})
