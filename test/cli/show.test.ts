import { describe, expect, it } from 'vitest'
import type { Block } from '../../src/text/document.ts'
import { startFakeArxiv } from '../support/fake-arxiv.ts'
import { latexmlPage } from '../support/fake-arxiv-papers.ts'
import { finished, installed, type JsonPaper } from '../support/program.ts'

/** Two papers of the starter library. */
const ID = '2406.08607'
const OTHER = '2411.19865'
const BODY = `<h1 class="ltx_title ltx_title_document">A Lantern Handbook</h1>
  <section id="S1" class="ltx_section"><h2 class="ltx_title ltx_title_section">1 Wicks</h2>
  <div class="ltx_para"><p class="ltx_p">Wicks burn at <math class="ltx_Math" alttext="\\alpha^{2}"><mi>x</mi></math>
  ${'for a long time '.repeat(20)}.</p></div></section>`

/** A library of its own, and an arXiv that has one of its papers as HTML. */
async function started() {
  const arxiv = await startFakeArxiv({ htmls: new Map([[ID, latexmlPage(ID, 1, BODY)]]) })
  const program = installed()
  return {
    arxiv,
    run: (...args: string[]) =>
      finished(program.start(args, { env: { BROADSHEET_ARXIV_ENDPOINT: arxiv.url } })),
    async [Symbol.asyncDispose]() {
      program[Symbol.dispose]()
      await arxiv.close()
    },
  }
}

// Side by side: where there is no full text the program asks three times, once in three seconds.
describe.concurrent('show --full', () => {
  it('prints the text that arXiv has, in lines of the width asked for, and keeps it', async () => {
    await using held = await started()
    const { arxiv, run } = held
    const { status, out } = await run('show', ID, '--full', '--width', '40')
    expect(status).toBe(0)
    expect(out).toContain('A Lantern Handbook')
    expect(out).toContain('Wicks burn at α²')
    expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(40)
    const asked = arxiv.requests.length
    expect(await run('show', ID, '--full', '--width', '40')).toMatchObject({ out })
    expect(arxiv.requests.length).toBe(asked)
  })

  it('prints it as Markdown, and as JSON', async () => {
    await using held = await started()
    const { arxiv, run } = held
    expect((await run('show', ID, '--full', '--format', 'md')).out).toMatch(
      /^# A Lantern Handbook\n\n## 1 Wicks\n\nWicks/,
    )
    const [paper] = JSON.parse((await run('show', ID, '--full', '--format', 'json')).out) as (JsonPaper & {
      fullText: { url: string; version: number; blocks: Block[] }
    })[]
    expect(paper).toMatchObject({ id: ID, fullText: { url: `${arxiv.url}/html/${ID}`, version: 1 } })
    expect(paper?.fullText.blocks[0]).toMatchObject({ kind: 'heading', level: 1 })
  })

  it('says where there is none', async () => {
    await using held = await started()
    const none = await held.run('show', OTHER, '--full')
    expect(none).toMatchObject({ status: 1, out: '' })
    expect(none.err).toContain(`There is no HTML version of ${OTHER}.`)
  })

  it('says where nobody answers', async () => {
    using program = installed()
    const unreachable = await program.run('show', OTHER, '--full')
    expect(unreachable).toMatchObject({ status: 3, out: '' })
    expect(unreachable.err).toContain('127.0.0.1:1 cannot be reached')
  })
})

describe('show', () => {
  it('prints the abstract as Markdown', async () => {
    using program = installed()
    expect((await program.run('show', ID, '--format', 'md')).out).toMatch(
      /^# Reversing the Forget.*\n\n.*\n\n## Abstract\n\n/s,
    )
  })

  it.each([
    [['--width', '5'], /Give a whole number from 20 to 1000\./],
    [['--width', 'wide'], /Give a whole number from 20 to 1000\./],
    [['--format', 'xml'], /Allowed choices are text, md, json/],
  ])('refuses %j', async (args, why) => {
    using program = installed()
    const { status, err } = await program.run('show', ID, ...args)
    expect(status).toBe(2)
    expect(err).toMatch(why)
  })
})
