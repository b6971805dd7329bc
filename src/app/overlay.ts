// What lies over all else on the screen, one at a time.

import type { Palette } from './palette.ts'
import type { RulesOverlay } from './rules.ts'
import type { ViewsOverlay } from './views.ts'

export type Overlay = Palette | ViewsOverlay | RulesOverlay
