// What y copies of the selected paper.

import type { CopyWhat } from '../choosing.ts'
import { copy, leaveChoosing } from '../choosing.ts'
import type { Command } from '../commands.ts'

const copying = (what: CopyWhat, key: string, title: string, hint: string): Command => ({
  id: `copy-${what}`,
  contexts: ['copy'],
  keys: [key],
  title,
  hint,
  after: 'copy',
  run: (state) => copy(state, what),
})

export const COPYING: readonly Command[] = [
  copying('url', 'u', 'copy the address of its page', 'address'),
  copying('title', 't', 'copy the title', 'title'),
  copying('bibtex', 'b', 'copy it as BibTeX', 'BibTeX'),
  copying('markdown', 'm', 'copy it as a Markdown link', 'Markdown'),
  copying('id', 'i', 'copy the id', 'id'),
  copying('abstract', 'a', 'copy the abstract', 'abstract'),
  {
    id: 'leave-copy',
    contexts: ['copy'],
    keys: ['escape', 'q', 'ctrl+g'],
    title: 'copy nothing',
    hint: 'nothing',
    run: leaveChoosing,
  },
]
