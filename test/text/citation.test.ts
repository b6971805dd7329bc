import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Paper } from '../../src/paper.ts'
import { bibtex, markdownLink } from '../../src/text/citation.ts'
import { aPaper, aTitle } from '../support/papers.ts'

const keyOf = (facts: Partial<Paper>) => /^@\w+\{(.*),$/m.exec(bibtex(aPaper(facts)))?.[1]
const fieldOf = (name: string, facts: Partial<Paper>) =>
  new RegExp(`^ {2}${name} = \\{(.*)\\},?$`, 'm').exec(bibtex(aPaper(facts)))?.[1]

describe('a BibTeX entry', () => {
  it('of a paper on arXiv', () => {
    const facts = {
      id: '1706.03762',
      title: 'Attention Is All You Need',
      authors: ['Ashish Vaswani', 'Noam Shazeer'],
      publishedOn: '2017-06-12',
      categories: ['cs.CL', 'cs.LG'],
    }
    expect(bibtex(aPaper(facts))).toBe(`@misc{vaswani2017attention,
  title = {Attention Is All You Need},
  author = {Ashish Vaswani and Noam Shazeer},
  year = {2017},
  eprint = {1706.03762},
  archivePrefix = {arXiv},
  primaryClass = {cs.CL},
  url = {https://arxiv.org/abs/1706.03762}
}`)
  })

  it('of one that a journal has printed', () => {
    const facts = {
      publishedOn: '2006-12-30',
      journal: 'Harbour Rev. D 76, 2013 (2007)',
      doi: '10.1103/harbour.76',
    }
    expect(bibtex(aPaper(facts))).toBe(`@article{marsh2007lanterns,
  title = {Lanterns for Sparse Harbours},
  author = {Ada Marsh and Bo Lind},
  year = {2007},
  journal = {Harbour Rev. D 76, 2013 (2007)},
  doi = {10.1103/harbour.76},
  eprint = {2501.00001},
  archivePrefix = {arXiv},
  url = {https://arxiv.org/abs/2501.00001}
}`)
  })

  it('of one known by its DOI', () => {
    const facts = { id: 'doi:10.1000/a_b', doi: '10.1000/a_b', publishedOn: null, authors: ['Ada Marsh'] }
    expect(bibtex(aPaper(facts))).toBe(`@misc{marshlanterns,
  title = {Lanterns for Sparse Harbours},
  author = {Ada Marsh},
  doi = {10.1000/a_b},
  url = {https://doi.org/10.1000/a_b}
}`)
  })

  it('of one known by its title alone', () => {
    const { authorCount, ...paper } = aTitle('Lanterns')
    expect(bibtex({ ...paper, authorCount: null, publishedOn: null })).toBe(
      '@misc{lanterns,\n  title = {Lanterns}\n}',
    )
    expect(authorCount).toBeNull()
  })
})

describe('its key', () => {
  it.each([
    ['Ashish Vaswani', 'vaswani'],
    ['Marsh, Ada', 'marsh'],
    ['van der Velde, Ada', 'vandervelde'],
    ['Jörg Müller-Lüdenscheidt', 'mullerludenscheidt'],
    ['Åsa Øst', 'ost'],
    ['Hal Daumé III', 'daume'],
    ['Cy Vale, Jr.', 'vale'],
    ['Laurens van der Maaten', 'maaten'],
    ['The ATLAS Collaboration', 'atlas'],
    ['Ling Team', 'ling'],
    ["Siobhán O'Brien", 'obrien'],
    ['王小明', ''],
  ])('has the family name of %s', (author, name) => {
    expect(keyOf({ authors: [author] })).toBe(`${name}2025lanterns`)
  })

  it.each([
    ['Attention Is All You Need', 'attention'],
    ['On the Shape of Harbours', 'shape'],
    ['A', 'a'],
    ['LoRA: Low-Rank Lanterns', 'lora'],
    ['Pre-training by Night', 'pre'],
    ['3D Harbours', '3d'],
    ['2025 in Lanterns', 'lanterns'],
    ['Étude d’un port', 'etude'],
    ['\\textsc{Lamp}: a Light', 'lamp'],
    ['…', ''],
  ])('has the first telling word of %s', (title, word) => {
    expect(keyOf({ title })).toBe(`marsh2025${word}`)
  })

  it('is the id where nothing else is known', () => {
    expect(keyOf({ authors: [], title: '光', publishedOn: null })).toBe('250100001')
  })
})

describe('its title', () => {
  it.each([
    ['Lanterns & Boats: 80% of #1, a_b', 'Lanterns \\& Boats: 80\\% of \\#1, a\\_b'],
    ['LoRA for LLMs in 3D', '{LoRA} for {LLMs} in {3D}'],
    ['GPT-4 and Q-Learning: A View', '{GPT}-4 and {Q}-Learning: A View'],
    ['Boats at $O(n^2)$ & $\\alpha_i$', 'Boats at $O(n^2)$ \\& $\\alpha_i$'],
    ['From $5 to $7', 'From \\$5 to \\$7'],
    ['\\textsc{CR-Seg}: a \\textit{Boat}', '\\textsc{CR-Seg}: a \\textit{Boat}'],
    ['Sound \\& Sight', 'Sound \\& Sight'],
    ['Mus{é}e d’Arch{é}ologie', 'Mus{é}e d’Arch{é}ologie'],
    ['Open { and never closed', 'Open ( and never closed'],
    ['Closed } and { opened', 'Closed ) and ( opened'],
    ['x^2 \\', 'x\\textasciicircum{}2 \\textbackslash{}'],
  ])('%s', (title, expected) => {
    expect(fieldOf('title', { title })).toBe(expected)
  })
})

describe('its authors', () => {
  it.each([
    [['Ada Marsh'], 1, 'Ada Marsh'],
    [['Marsh, Ada', 'Bo Lind'], 2, 'Marsh, Ada and Bo Lind'],
    [['Hal Daumé III'], 1, 'Daumé, III, Hal'],
    [['Cy B. Vale, Jr.'], 1, 'Vale, Jr., Cy B.'],
    [['The Lantern Collaboration', 'Bo Lind'], 2, '{The Lantern Collaboration} and Bo Lind'],
    [['Rock and Sand Institute'], 1, '{Rock and Sand Institute}'],
    [['Ada Marsh', 'Bo Lind'], 664, 'Ada Marsh and Bo Lind and others'],
    [['Ada & Bo'], 1, 'Ada \\& Bo'],
  ])('%j of %i', (authors, authorCount, expected) => {
    expect(fieldOf('author', { authors, authorCount })).toBe(expected)
  })
})

it('any entry has its braces in pairs, and an ASCII key', () => {
  const text = fc.string({
    unit: fc.constantFrom('{', '}', '\\', '$', '%', '&', '_', '^', ' ', 'a', 'B', 'é', '漢', '2', ','),
  })
  fc.assert(
    fc.property(text, text, text, (title, author, journal) => {
      const entry = bibtex(
        aPaper({ title, authors: [author], journal, link: `https://example.org/${title}` }),
      )
      let depth = 0
      for (const sign of entry.slice(entry.indexOf('{') + 1, -1)) {
        if (sign === '{') depth++
        if (sign === '}') depth--
        expect(depth).toBeGreaterThanOrEqual(0)
      }
      expect(depth).toBe(0)
      expect(entry).toMatch(/^@(?:misc|article)\{[a-z0-9]+,\n/)
    }),
  )
})

describe('a Markdown link', () => {
  it.each([
    [{}, '[Lanterns for Sparse Harbours](https://arxiv.org/abs/2501.00001)'],
    [
      { title: 'A [b] *c* `d` <e> f_g' },
      '[A \\[b\\] \\*c\\* \\`d\\` \\<e\\> f\\_g](https://arxiv.org/abs/2501.00001)',
    ],
    [
      { id: 'doi:10.1000/x', link: 'https://example.org/a(b)' },
      '[Lanterns for Sparse Harbours](https://example.org/a%28b%29)',
    ],
    [{ id: 'title:lanterns-00000000' }, 'Lanterns for Sparse Harbours'],
  ])('%j', (facts, expected) => {
    expect(markdownLink(aPaper(facts))).toBe(expected)
  })
})
