// Reading a full text or a discussion: moving, finding, following links.

import { hasPicture, toggleAbstractPictures } from '../abstract-picture.ts'
import { leaveChoosing, startHints } from '../choosing.ts'
import type { Command } from '../commands.ts'
import { changeDocument, close, hasLook, refresh, togglePictures } from '../document.ts'
import {
  goBack,
  hasFollowed,
  hasSections,
  hasWideLines,
  moveSideways,
  scroll,
  toEnd,
  toPercent,
  toSection,
} from '../document-moving.ts'
import { dropFinding, hasMatches, keepFinding, startFinding, toMatch } from '../finding.ts'
import { hasScreen } from '../linear.ts'
import { linksHeight, scrollLinks, toggleCopies } from '../link-list.ts'
import { bodyHeight } from '../shown.ts'
import type { State, Step } from '../state.ts'

/** How much narrower or wider a step makes the text, and the bounds, in cells. */
const STEP = 10
const NARROWEST = 40
const WIDEST = 200
/** Cells that a key moves what is wider than the screen. */
const ASIDE = 8

const measured = (state: State, by: number): Step => [
  { ...state, measure: Math.max(NARROWEST, Math.min(WIDEST, state.measure + by)) },
  [],
]

export const DOCUMENT: readonly Command[] = [
  {
    id: 'text-down',
    contexts: ['document'],
    keys: ['j', 'down'],
    title: 'a line down',
    hint: 'scroll',
    run: (state) => scroll(state, 1),
  },
  {
    id: 'text-up',
    contexts: ['document'],
    keys: ['k', 'up'],
    title: 'a line up',
    run: (state) => scroll(state, -1),
  },
  {
    id: 'text-page-down',
    contexts: ['document'],
    keys: ['space', 'pageDown'],
    title: 'a page down',
    run: (state) => scroll(state, bodyHeight(state)),
  },
  {
    id: 'text-page-up',
    contexts: ['document'],
    keys: ['b', 'pageUp'],
    title: 'a page up',
    run: (state) => scroll(state, -bodyHeight(state)),
  },
  {
    id: 'text-half-down',
    contexts: ['document'],
    keys: ['ctrl+d'],
    title: 'half a page down',
    run: (state) => scroll(state, Math.ceil(bodyHeight(state) / 2)),
  },
  {
    id: 'text-half-up',
    contexts: ['document'],
    keys: ['ctrl+u'],
    title: 'half a page up',
    run: (state) => scroll(state, -Math.ceil(bodyHeight(state) / 2)),
  },
  {
    id: 'text-first',
    contexts: ['document'],
    keys: ['g g', 'home'],
    title: 'to the top',
    run: (state) => scroll(state, Number.NEGATIVE_INFINITY),
  },
  {
    id: 'text-last',
    contexts: ['document'],
    keys: ['G', 'end'],
    title: 'to the end',
    run: toEnd,
  },
  {
    id: 'text-percent',
    contexts: ['document'],
    keys: ['%'],
    title: 'after a number, as 50%: so far into the text',
    enabled: ({ document }) => (document?.digits ? true : 'type a number before it: 50%'),
    run: toPercent,
  },
  {
    id: 'next-section',
    contexts: ['document'],
    keys: [']'],
    title: 'next section',
    hint: 'section',
    enabled: hasSections,
    run: (state) => toSection(state, 1),
  },
  {
    id: 'previous-section',
    contexts: ['document'],
    keys: ['['],
    title: 'previous section',
    enabled: hasSections,
    run: (state) => toSection(state, -1),
  },
  {
    id: 'contents',
    contexts: ['document'],
    keys: ['t'],
    title: 'the contents beside the text, or none',
    hint: 'contents',
    enabled: hasSections,
    run: (state) => changeDocument(state, ({ contents }) => ({ contents: !contents })),
  },
  {
    id: 'find',
    contexts: ['document'],
    keys: ['/'],
    title: 'find in the text',
    hint: 'find',
    run: startFinding,
  },
  {
    id: 'next-match',
    contexts: ['document'],
    keys: ['n'],
    title: 'next place that was found',
    enabled: hasMatches,
    run: (state) => toMatch(state, 1),
  },
  {
    id: 'previous-match',
    contexts: ['document'],
    keys: ['N'],
    title: 'place found before',
    enabled: hasMatches,
    run: (state) => toMatch(state, -1),
  },
  {
    id: 'follow-link',
    contexts: ['document'],
    keys: ['f'],
    title: 'follow a link on the screen, by the letters it gets',
    hint: 'links',
    run: startHints,
  },
  {
    id: 'go-back',
    contexts: ['document'],
    keys: ['ctrl+o'],
    title: 'back to where the last link was followed',
    enabled: hasFollowed,
    run: goBack,
  },
  {
    id: 'scroll-right',
    contexts: ['document'],
    keys: ['right'],
    title: 'what is wider than the screen: to the right',
    enabled: hasWideLines,
    run: (state) => moveSideways(state, ASIDE),
  },
  {
    id: 'scroll-left',
    contexts: ['document'],
    keys: ['left'],
    title: 'what is wider than the screen: to the left',
    enabled: ({ document }) => (document && document.sideways > 0 ? true : 'this is the left end'),
    run: (state) => moveSideways(state, -ASIDE),
  },
  {
    id: 'pictures',
    contexts: ['document', 'reading'],
    keys: ['i'],
    title: 'the pictures of a text or an abstract, or none',
    enabled: (state) => {
      const there = state.document ? true : hasPicture(state)
      return there === true ? hasLook(state) : there
    },
    run: (state) => (state.document ? togglePictures(state) : toggleAbstractPictures(state)),
  },
  {
    id: 'narrower',
    contexts: ['document'],
    keys: ['<'],
    title: 'narrower text',
    enabled: hasScreen,
    run: (state) => measured(state, -STEP),
  },
  {
    id: 'wider',
    contexts: ['document'],
    keys: ['>'],
    title: 'wider text, as far as the screen is wide',
    enabled: hasScreen,
    run: (state) => measured(state, STEP),
  },
  {
    id: 'ask-again',
    contexts: ['document'],
    keys: ['r'],
    title: 'fetch the text anew',
    run: refresh,
  },
  {
    id: 'forget-find',
    contexts: ['document'],
    keys: ['escape'],
    title: 'what was found is no longer marked',
    also: ['noh', 'nohlsearch'],
    enabled: ({ document }) => (document?.find ? true : 'nothing was looked for'),
    run: (state) => changeDocument(state, () => ({ find: null })),
  },
  {
    id: 'close-text',
    contexts: ['document'],
    keys: ['q', 'h', 'escape'],
    title: 'close the text',
    hint: 'close',
    also: ['q', 'quit'],
    run: close,
  },
  {
    id: 'contents-next',
    contexts: ['contents'],
    keys: ['j', 'down', ']'],
    title: 'next section',
    hint: 'move',
    run: (state) => toSection(state, 1),
  },
  {
    id: 'contents-previous',
    contexts: ['contents'],
    keys: ['k', 'up', '['],
    title: 'previous section',
    run: (state) => toSection(state, -1),
  },
  {
    id: 'contents-close',
    contexts: ['contents'],
    keys: ['enter', 't', 'escape', 'q', 'h'],
    title: 'read on there',
    hint: 'read',
    run: (state) => changeDocument(state, () => ({ contents: false })),
  },
  {
    id: 'keep-find',
    contexts: ['finding'],
    keys: ['enter'],
    title: 'keep what was found; n and N go on',
    hint: 'keep',
    run: keepFinding,
  },
  {
    id: 'drop-find',
    contexts: ['finding'],
    keys: ['escape', 'ctrl+g'],
    title: 'back to where the text was',
    hint: 'cancel',
    run: dropFinding,
  },
  {
    id: 'leave-hints',
    contexts: ['hints'],
    keys: ['escape', 'ctrl+g'],
    title: 'follow none',
    hint: 'none',
    run: leaveChoosing,
  },
  {
    id: 'copy-address',
    contexts: ['links'],
    keys: ['y'],
    title: 'the next letter copies instead of opening',
    hint: 'copy',
    run: toggleCopies,
  },
  {
    id: 'links-down',
    contexts: ['links'],
    keys: ['j', 'down'],
    title: 'down',
    run: (state) => scrollLinks(state, 1),
  },
  {
    id: 'links-page-down',
    contexts: ['links'],
    keys: ['space', 'pageDown'],
    title: 'a page down',
    run: (state) => scrollLinks(state, linksHeight(state)),
  },
  {
    id: 'links-page-up',
    contexts: ['links'],
    keys: ['b', 'pageUp'],
    title: 'a page up',
    run: (state) => scrollLinks(state, -linksHeight(state)),
  },
  {
    id: 'links-up',
    contexts: ['links'],
    keys: ['k', 'up'],
    title: 'up',
    run: (state) => scrollLinks(state, -1),
  },
  {
    id: 'leave-links',
    contexts: ['links'],
    keys: ['escape', 'q', 'ctrl+g'],
    title: 'back',
    hint: 'back',
    run: leaveChoosing,
  },
]
