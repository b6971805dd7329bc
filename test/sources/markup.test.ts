import { describe, expect, it } from 'vitest'
import { plainText } from '../../src/sources/markup.ts'

const _ = (markup: string, text: string) => ({ markup, text })

describe('markup', () => {
  it.each([
    _('Plain text.', 'Plain text.'),
    _('First.\n\nSecond\nline.', 'First.\n\nSecond line.'),
    _('<p>First.</p><p>Second.</p>', 'First.\n\nSecond.'),
    _('First.<br><br/>Second.<br>Still second.', 'First.\n\nSecond. Still second.'),
    _('<div>Deep <div>in <b>it</b></div> ends</div>', 'Deep\n\nin it\n\nends'),
    _('<ul><li>One</li><li>Two</li></ul>', 'One\n\nTwo'),
    _('<jats:title>Abstract</jats:title><jats:p>Text.</jats:p>', 'Abstract\n\nText.'),
    _('Water is H<sub>2</sub>O in <i>harbours</i>.', 'Water is H2O in harbours.'),
    _('<math><mi>x</mi><annotation>\\x</annotation></math> <i>is</i>', 'x is'),
    _('Before<script>alert(1)</script><style>p{}</style> after', 'Before after'),
    _('Lamps &amp; lights, caf&eacute;, &#x3b1;', 'Lamps & lights, café, α'),
    _('Never <b>closed', 'Never closed'),
    _('', ''),
  ])('becomes text: $markup', ({ markup, text }) => {
    expect(plainText(markup)).toBe(text)
  })

  it.each([
    'where p < 0.05 and q > 2',
    'a<b, c>d',
    'x<b and c>d',
    'List<Vec<T>> types',
    'AT&T, R&D',
    'a & b; c',
  ])('is not seen in mathematics and code: %s', (text) => {
    expect(plainText(text)).toBe(text)
  })

  it('carries nothing that a terminal would obey', () => {
    expect(plainText('<p>red&#27;[31m&#x202e;&#7;</p>\u0000')).toBe('red')
  })

  it('may be nested as deep as it likes', () => {
    expect(plainText(`${'<div>'.repeat(10_000)}deep`)).toBe('deep')
  })
})
