import { expect, it } from 'vitest'
import { openReader, pressing, temporaryHome } from './reader.ts'

it('mutes papers by a rule, shows one all the same, undoes that, and lets all go with the rule', async () => {
  using home = temporaryHome()
  await using terminal = openReader(home)
  await terminal.waitFor('offline')
  const all = Number(/All 1\/(\d+)/.exec(terminal.screen())?.[1])
  await pressing(terminal, [
    ['M', /There are no rules yet|^ Rules/m],
    ['a', 'The rule is to'],
    ['m', /^ Mute:/m],
    ['title:language', /^ Mute: title:language +\d+ papers/m],
  ])
  const muted = Number(/title:language +(\d+) papers/.exec(terminal.screen())?.[1])
  expect(muted).toBeGreaterThan(1)
  await pressing(terminal, [
    ['\r', /^ Its name: title:language/m],
    ['\r', new RegExp(`mute {2}title:language +${muted} *$`, 'm')],
    ['\u001b', new RegExp(`All 1/${all - muted} .*\\n .* · ${all - muted} papers`)],
    ['0', new RegExp(`Hidden 1/${muted} `)],
    ['x', 'U undoes'],
    ['1', new RegExp(`All \\d+/${all - muted + 1} `)],
    ['U', new RegExp(`All \\d+/${all - muted} `)],
    ['MD', 'Remove the rule “title:language”?'],
    ['y', new RegExp(`All \\d+/${all} `)],
  ])
})
