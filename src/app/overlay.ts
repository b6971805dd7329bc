// What lies over all else on the screen, one at a time.

import type { Calendar } from './calendar.ts'
import type { Palette } from './palette.ts'
import type { RulesOverlay } from './rules.ts'
import type { SettingsOverlay } from './settings.ts'
import type { Statistics } from './statistics.ts'
import type { ViewsOverlay } from './views.ts'

export type Overlay = Palette | SettingsOverlay | ViewsOverlay | RulesOverlay | Calendar | Statistics
