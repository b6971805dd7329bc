// Views: those that come with the reader, and the reader's own.

import { VIEW_KEYS } from '../../paper.ts'
import type { Command } from '../commands.ts'
import { openTrending } from '../trending.ts'
import { canKeepQuery, dropLine, editView, filterViews, keepLine, nameQuery } from '../view-line.ts'
import {
  askToRemoveView,
  bringBack,
  canBringBack,
  closeViews,
  hasView,
  isInView,
  isSavedSelected,
  lookAgain,
  moveInViews,
  moveSelectedView,
  openSelected,
  openView,
  openViews,
  viewOfKey,
  viewsHeight,
} from '../views.ts'
import { movingIn } from './listing.ts'

const opening = (key: number): Command => ({
  id: `view-${key}`,
  contexts: ['list'],
  keys: [String(key)],
  title: `the view of yours on ${key}`,
  enabled: (state) =>
    viewOfKey(state, key) ? true : `no view of yours is on ${key}: v lists them, e gives keys`,
  run: (state) => {
    const view = viewOfKey(state, key)
    return view ? openView(state, view) : [state, []]
  },
})

export const VIEWING: readonly Command[] = [
  {
    id: 'views',
    contexts: ['list'],
    keys: ['v'],
    title: 'all views: open one, or keep the open search as one',
    hint: 'views',
    run: openViews,
  },
  {
    id: 'look-again',
    contexts: ['list'],
    keys: ['.'],
    title: 'bring the open view up to date, or what is trending',
    hint: 'look again',
    enabled: isInView,
    run: lookAgain,
  },
  {
    id: 'view-trending',
    contexts: ['list'],
    keys: ['ctrl+t'],
    title: 'what is trending on the Hub',
    also: ['trending'],
    run: openTrending,
  },
  ...VIEW_KEYS.map(opening),
  {
    id: 'views-open',
    contexts: ['views'],
    keys: ['enter', 'l', 'right'],
    title: 'open it',
    hint: 'open',
    enabled: hasView,
    run: openSelected,
  },
  ...movingIn('views', 'view', moveInViews, viewsHeight),
  {
    id: 'views-filter',
    contexts: ['views'],
    keys: ['/'],
    title: 'only views like what you type',
    hint: 'filter',
    run: filterViews,
  },
  {
    id: 'views-keep',
    contexts: ['views'],
    keys: ['a'],
    title: 'keep the search that is open as a view',
    hint: 'keep search',
    enabled: canKeepQuery,
    run: nameQuery,
  },
  {
    id: 'views-edit',
    contexts: ['views'],
    keys: ['e'],
    title: 'change its name, its query and its key',
    hint: 'edit',
    enabled: isSavedSelected,
    run: editView,
  },
  {
    id: 'views-remove',
    contexts: ['views'],
    keys: ['D'],
    title: 'remove it, once you have said yes',
    hint: 'remove',
    enabled: isSavedSelected,
    run: askToRemoveView,
  },
  {
    id: 'views-bring-back',
    contexts: ['views'],
    keys: ['u'],
    title: 'bring back the view removed last, until you quit',
    hint: 'bring back',
    enabled: canBringBack,
    run: bringBack,
  },
  {
    id: 'views-move-down',
    contexts: ['views'],
    keys: ['J'],
    title: 'move it down',
    enabled: isSavedSelected,
    run: moveSelectedView(1),
  },
  {
    id: 'views-move-up',
    contexts: ['views'],
    keys: ['K'],
    title: 'move it up',
    enabled: isSavedSelected,
    run: moveSelectedView(-1),
  },
  {
    id: 'leave-views',
    contexts: ['views'],
    keys: ['escape', 'q', 'v', 'h', 'left', 'ctrl+g'],
    title: 'back to the list',
    hint: 'back',
    run: closeViews,
  },
  {
    id: 'view-line-keep',
    contexts: ['view-line'],
    keys: ['enter'],
    title: 'go on, and in the end keep the view; after / open it',
    hint: 'go on',
    run: keepLine,
  },
  {
    id: 'view-line-drop',
    contexts: ['view-line'],
    keys: ['escape', 'ctrl+g'],
    title: 'leave everything as it was',
    hint: 'cancel',
    run: dropLine,
  },
  {
    id: 'view-line-next',
    contexts: ['view-line'],
    keys: ['down', 'ctrl+n'],
    title: 'next view, while you filter',
    run: moveInViews(1),
  },
  {
    id: 'view-line-previous',
    contexts: ['view-line'],
    keys: ['up', 'ctrl+p'],
    title: 'view before, while you filter',
    run: moveInViews(-1),
  },
]
