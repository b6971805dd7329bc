import { commandsIn } from '../app/commands.ts'
import { CONTEXTS } from '../app/help.ts'
import { keyLabels } from '../app/keys.ts'
import { bindKeys } from '../config/bindings.ts'
import { remarks } from '../config/shown.ts'
import { readConfig } from '../config.ts'
import type { Session } from './session.ts'

/** `broadsheet keys`: every key and what it does, as the configuration has it; what cannot be is told too. */
export function keys({ out, warn, settings }: Session, { json }: { json?: boolean }): void {
  const bound = bindKeys(readConfig(settings.configFile).keys)
  const { bindings } = bound
  for (const line of remarks([...bound.problems, ...bound.losses], settings.configFile)) warn(line)
  const isChanged = (context: (typeof CONTEXTS)[number]['context'], id: string) =>
    bindings.get(context)?.has(id) === true
  if (json) {
    const all = CONTEXTS.flatMap(({ context }) =>
      commandsIn(context, bindings).map(({ id, keys, title }) => ({
        ...{ context, id, keys, title },
        changed: isChanged(context, id),
      })),
    )
    return out(JSON.stringify(all, null, 2))
  }
  const sections = CONTEXTS.map(({ context, title }) =>
    [
      title,
      ...commandsIn(context, bindings).map(
        (command) =>
          `${isChanged(context, command.id) ? '* ' : '  '}${keyLabels(command.keys).padEnd(20)} ${command.title}`,
      ),
    ].join('\n'),
  )
  out(sections.join('\n\n'))
  if (bindings.size > 0) out('\n* as the configuration has it')
}
