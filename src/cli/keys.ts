import { CONTEXTS, commandsIn } from '../app/help.ts'
import { keyLabels } from '../app/keys.ts'
import type { Session } from './session.ts'

/** `broadsheet keys`: every key and what it does, from the reader's own table. */
export function keys({ out }: Session, { json }: { json?: boolean }): void {
  if (json) {
    const all = CONTEXTS.flatMap(({ context }) =>
      commandsIn(context).map(({ id, keys, title }) => ({ context, id, keys, title })),
    )
    return out(JSON.stringify(all, null, 2))
  }
  const sections = CONTEXTS.map(({ context, title }) =>
    [
      title,
      ...commandsIn(context).map((command) => `  ${keyLabels(command.keys).padEnd(20)} ${command.title}`),
    ].join('\n'),
  )
  out(sections.join('\n\n'))
}
