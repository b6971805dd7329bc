// The Hub's days from May 2024 to December 2025 as they were, where they lie beside the project; else generated ones.

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { generateArchive, type HubEntry } from './generate.ts'

const FILE = join(import.meta.dirname, '../../../shared/corpus/hub-daily-2024-05-to-2025-12.jsonl.gz')

/** Every day's list in its order. */
export function hubArchive(): Map<string, HubEntry[]> {
  if (!existsSync(FILE)) return generateArchive({ from: '2025-03-01', to: '2025-12-31', perDay: 12 })
  const days = new Map<string, HubEntry[]>()
  for (const line of gunzipSync(readFileSync(FILE)).toString().trim().split('\n')) {
    const { date, entry } = JSON.parse(line) as { date: string; entry: HubEntry }
    const list = days.get(date)
    if (list) list.push(entry)
    else days.set(date, [entry])
  }
  return days
}
