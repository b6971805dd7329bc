import { localDay } from '../app/dates.ts'
import { summarise } from '../app/statistics.ts'
import { plainStatistics } from '../app/statistics-view.ts'
import { readConfig } from '../config.ts'
import { dayOf } from '../days.ts'
import { countLibrary } from '../library/statistics.ts'
import { openFilled } from '../open.ts'
import { outputWidth } from './print.ts'
import { type Session, withLibrary } from './session.ts'

/** Wide enough for half a year, where no terminal says how wide it is. */
const USUAL_WIDTH = 80

/** `broadsheet stats`: what was read and when, what is unread, what the library holds. */
export async function stats(session: Session, { json }: { readonly json?: boolean }): Promise<void> {
  await withLibrary(openFilled(session.settings), (library) => {
    const now = Date.now()
    const counting = { counts: countLibrary(library, localDay), today: localDay(now), todayUtc: dayOf(now) }
    if (json) return session.out(JSON.stringify(summarise(counting), null, 2))
    const width = outputWidth()
    const { ascii } = readConfig(session.settings.configFile)
    session.out(plainStatistics(counting, Number.isFinite(width) ? width : USUAL_WIDTH, ascii))
  })
}
