import { describe, expect, it } from 'vitest'
import { SourceError } from '../../src/sources/errors.ts'
import { parseEntries } from '../../src/sources/hub.ts'
import { isHubPage, parseHubPage } from '../../src/sources/hub-page.ts'
import { generateDay } from '../support/generate.ts'

const DAY = '2025-01-06'
const entries = generateDay(DAY, 5)
const escapeHtml = (text: string) => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)

const page = (
  props: unknown,
  tag = 'class="SVELTE_HYDRATER contents" data-target="DailyPapers"',
) => `<!doctype html>
<html><head><title>Daily Papers</title><script>const html = '<div data-target="MainHeader">'</script></head><body>
<div class="SVELTE_HYDRATER contents" data-target="MainHeader" data-props="{&quot;isWide&quot;:false}"></div>
<main><div ${tag} data-props="${escapeHtml(JSON.stringify(props))}"><h3>Shown text is not read</h3></div></main>
</body></html>`

describe('parseHubPage', () => {
  it('reads from a page what the API would say', () => {
    const read = parseHubPage(page({ dateString: DAY, dailyPapers: entries, periodType: 'day' }))
    expect(read).toEqual({ day: DAY, ...parseEntries(entries) })
    expect(read.entries.length).toBe(5)
  })

  it('reads text with quotes, ampersands, tags and backslashes unharmed', () => {
    const title = `"A" & <b>B</b> 'C' &amp; \\alpha &quot;`
    const [first] = entries
    const read = parseHubPage(
      page({ dateString: DAY, dailyPapers: [{ ...first, paper: { ...first?.paper, title } }] }),
    )
    expect(read.entries[0]?.paper.title).toBe(title)
  })

  it.each([
    ['2025-01-06', '2025-01-06'],
    ['2025-01-06T00:00:00.000Z', '2025-01-06'],
  ])('believes the day that the page says it shows: %s', (dateString, day) => {
    expect(parseHubPage(page({ dateString, dailyPapers: [] })).day).toBe(day)
  })

  it('does not depend on classes or on the order of attributes', () => {
    const bare = page({ dateString: DAY, dailyPapers: entries }, 'data-target="DailyPapers"')
    expect(parseHubPage(bare).entries.length).toBe(5)
  })

  it('leaves out an entry that cannot be read, and keeps the others', () => {
    const read = parseHubPage(page({ dateString: DAY, dailyPapers: [{}, ...entries] }))
    expect([read.entries.length, read.problems.length]).toEqual([5, 1])
  })

  it.each([
    ['without a day', page({ dailyPapers: entries })],
    ['with a day that is none', page({ dateString: 'today', dailyPapers: entries })],
    ['with a number for a day', page({ dateString: 20250106, dailyPapers: entries })],
    ['without papers', page({ dateString: DAY })],
    ['with papers of another shape', page({ dateString: DAY, dailyPapers: { entries } })],
    ['of a list', page([DAY, entries])],
    ['of nothing', page(null)],
    ['that is cut off', page({ dateString: DAY, dailyPapers: entries }).slice(0, 2000)],
    ['without the data', '<html><body><div data-target="DailyPapers"></div></body></html>'],
    ['of a login', '<html><body><form>Log in</form></body></html>'],
    ['with nothing in it', ''],
  ])('refuses a page %s', (_kind, html) => {
    expect(() => parseHubPage(html)).toThrow(SourceError)
    expect(() => parseHubPage(html)).toThrow(expect.objectContaining({ code: 'unknown-shape' }))
  })
})

describe('what a page shows', () => {
  const shown = `<html><time datetime="${DAY}"></time><article><h3><a href="/papers/2501.00001">A Title</a></h3></article></html>`
  const both = (props: unknown) => page(props).replace('<h3>Shown text is not read</h3>', shown)
  const data = { dateString: '2025-01-03', dailyPapers: entries }

  it('is not asked where there is data', () => {
    expect(parseHubPage(both(data))).toEqual({ day: '2025-01-03', ...parseEntries(entries) })
  })

  it.each([
    ['has another list', { ...data, dailyPapers: { entries } }],
    ['has no day', { dailyPapers: entries }],
    ['is nothing', null],
  ])('is asked where the data %s', (_how, changed) => {
    expect(parseHubPage(both(changed))).toMatchObject({
      day: DAY,
      entries: [{ paper: { id: '2501.00001' } }],
    })
  })
})

it('isHubPage tells a Daily Papers page from other pages', () => {
  expect(isHubPage(page({ dateString: DAY, dailyPapers: [] }))).toBe(true)
  expect(isHubPage('<html><body><div data-target="PaperContent"></div></body></html>')).toBe(false)
  expect(isHubPage('Daily Papers')).toBe(false)
})
