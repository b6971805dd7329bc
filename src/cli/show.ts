import { openFilled } from '../open.ts'
import { knownId } from './ids.ts'
import { papersOf, paperText, printPapers } from './print.ts'
import { type Session, withLibrary } from './session.ts'

/** `broadsheet show`: one paper whole. */
export async function show(session: Session, text: string, { json }: { json?: boolean }): Promise<void> {
  await withLibrary(openFilled(session.settings), (library) => {
    const width = Math.min(process.stdout.columns ?? 80, 90)
    printPapers(session, papersOf(library, [knownId(library, text)]), json, (papers) =>
      papers.map((paper) => paperText(paper, width)).join('\n\n'),
    )
  })
}
