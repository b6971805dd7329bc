import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Block } from '../../src/text/document.ts'
import { type FakeArxiv, startFakeArxiv } from '../support/fake-arxiv.ts'
import { latexmlPage } from '../support/fake-arxiv-papers.ts'
import { installed, type JsonPaper, type Program } from '../support/program.ts'

/** Two papers of the starter library. */
const ID = '2406.08607'
const OTHER = '2411.19865'
const BODY = `<h1 class="ltx_title ltx_title_document">A Lantern Handbook</h1>
  <section id="S1" class="ltx_section"><h2 class="ltx_title ltx_title_section">1 Wicks</h2>
  <div class="ltx_para"><p class="ltx_p">Wicks burn at <math class="ltx_Math" alttext="\\alpha^{2}"><mi>x</mi></math>
  ${'for a long time '.repeat(20)}.</p></div></section>`

let arxiv: FakeArxiv
let program: Program & Disposable
beforeAll(async () => {
  arxiv = await startFakeArxiv({ htmls: new Map([[ID, latexmlPage(ID, 1, BODY)]]) })
  program = installed()
})
afterAll(async () => {
  program[Symbol.dispose]()
  await arxiv.close()
})

/** Runs the program with the fake arXiv. */
async function run(...args: string[]) {
  const child = program.start(args, { env: { BROADSHEET_ARXIV_ENDPOINT: arxiv.url } })
  let out = ''
  let err = ''
  child.stdout?.on('data', (text) => (out += text))
  child.stderr?.on('data', (text) => (err += text))
  const status = await new Promise<number | null>((resolve) => child.on('close', resolve))
  return { status, out, err }
}

describe('show --full', () => {
  it('prints the text that arXiv has, in lines of the width asked for, and keeps it', async () => {
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
    expect((await run('show', ID, '--full', '--format', 'md')).out).toMatch(
      /^# A Lantern Handbook\n\n## 1 Wicks\n\nWicks/,
    )
    const [paper] = JSON.parse((await run('show', ID, '--full', '--format', 'json')).out) as (JsonPaper & {
      fullText: { url: string; version: number; blocks: Block[] }
    })[]
    expect(paper).toMatchObject({ id: ID, fullText: { url: `${arxiv.url}/html/${ID}`, version: 1 } })
    expect(paper?.fullText.blocks[0]).toMatchObject({ kind: 'heading', level: 1 })
  })

  it('says where there is none, and where nobody answers', async () => {
    const none = await run('show', OTHER, '--full')
    expect(none).toMatchObject({ status: 1, out: '' })
    expect(none.err).toContain(`There is no HTML version of ${OTHER}.`)
  }, 30_000)
})

describe('show', () => {
  it('prints the abstract as Markdown', async () => {
    expect((await run('show', ID, '--format', 'md')).out).toMatch(
      /^# Reversing the Forget.*\n\n.*\n\n## Abstract\n\n/s,
    )
  })

  it.each([
    [['--width', '5'], /Give a whole number from 20 to 1000\./],
    [['--width', 'wide'], /Give a whole number from 20 to 1000\./],
    [['--format', 'xml'], /Allowed choices are text, md, json/],
  ])('refuses %j', async (args, why) => {
    const { status, err } = await run('show', ID, ...args)
    expect(status).toBe(2)
    expect(err).toMatch(why)
  })
})
