// What lies over all else on the screen, one at a time.

import type { Calendar } from './calendar.ts'
import type { Palette } from './palette.ts'

export type Overlay = Palette | Calendar
