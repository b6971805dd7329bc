import { describe, expect, it } from 'vitest'
import { LIST, openReader, pressing, SIZES, temporaryHome } from './reader.ts'

describe.concurrent.each(SIZES)('at $columns by $rows', (size) => {
  it('mutes papers by a rule, shows one all the same, undoes that, and lets all go with the rule', async () => {
    using home = temporaryHome()
    await using terminal = openReader(home, size)
    await terminal.waitFor('offline')
    const all = Number(/All 1\/(\d+)/.exec(terminal.screen())?.[1])
    await pressing(terminal, [
      ['M', /There are no rules yet|^ Rules/m],
      ['a', /m mute {2}w watch {2}t tag {2}Esc cancel/],
      ['m', /^ Mute:/m],
      ['title:language', /^ Mute: title:language +\d+ papers/m],
    ])
    const muted = Number(/title:language +(\d+) papers/.exec(terminal.screen())?.[1])
    expect(muted).toBeGreaterThan(1)
    await pressing(terminal, [
      ['\r', /^ Its name: title:language/m],
      ['\r', new RegExp(`mute {3}title:language +${muted} *$`, 'm')],
      ['\u001b', new RegExp(`All 1/${all - muted} .*\\n .* · ${all - muted} papers`)],
      ['0', new RegExp(`Hidden 1/${muted} `)],
      // Which rule it was stands beside each title.
      ['', / by “titl/],
      ['x', ' shown again “'],
      ['1', new RegExp(`All \\d+/${all - muted + 1} `)],
      ['U', new RegExp(`All \\d+/${all - muted} `)],
      ['MD', /^ Remove the rule “title:lang.* y yes/m],
      ['y', new RegExp(`All \\d+/${all} `)],
    ])
  })

  it('watches for papers and tags them by rules, and both can be seen', async () => {
    using home = temporaryHome()
    await using terminal = openReader(home, size)
    await terminal.waitFor('offline')
    await pressing(terminal, [
      ['Ma', /m mute {2}w watch/],
      ['w', /^ Watch for:/m],
      ['title:reversal', /^ Watch for: title:reversal +\d+ papers/m],
    ])
    const papers = Number(/title:reversal +(\d+) papers/.exec(terminal.screen())?.[1])
    await pressing(terminal, [
      ['\r', /^ Its name: title:reversal/m],
      ['\r', new RegExp(`watch {2}title:reversal +${papers} *$`, 'm')],
      ['a', /m mute {2}w watch/],
      ['t', /^ Tag:/m],
      ['title:reversal', /^ Tag: title:reversal +\d+ papers/m],
      ['\r', /^ Its tag:/m],
      ['back\r', new RegExp(`tag {4}title:reversal.* ${papers} *$`, 'm')],
      ['escape', LIST],
      ['W', new RegExp(` Watched 1/${papers} `)],
      ['', /[^\n]*◎.* #back/],
      ['/tag:back\r', new RegExp(`“tag:back” 1/${papers} `)],
    ])
  })
})
