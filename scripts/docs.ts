// `npm run docs`: writes what is generated in the documentation: docs/keys.md, and the parts of the README, of
// docs/queries.md and docs/sources.md between `<!-- generated: … -->` and `<!-- end -->`. A test holds them to the code.

import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { commandsIn } from '../src/app/commands.ts'
import { CONTEXTS, SIGNS, TYPED } from '../src/app/help.ts'
import { keyLabel } from '../src/app/keys.ts'
import { EDITING_KEYS } from '../src/app/prompt.ts'
import { createProgram } from '../src/cli/cli.ts'
import { printValue, SECTIONS, SETTINGS, type Setting } from '../src/config/settings.ts'
import { FACTS } from '../src/paper.ts'
import { FIELDS } from '../src/search/fields.ts'

const root = join(import.meta.dirname, '..')

const keyCell = (keys: readonly string[]) => keys.map((key) => `\`${keyLabel(key)}\``).join(' ')
const cell = (text: string) => text.replaceAll('|', '\\|')

/** docs/keys.md: every key of every context. */
export function keysPage(): string {
  const tables = CONTEXTS.map(({ context, title }) => {
    const rows = commandsIn(context).map(
      ({ id, keys, title: does }) => `| ${keyCell(keys)} | ${cell(does)} | ${id} |`,
    )
    const editing = TYPED.includes(context) ? EDITING_KEYS : []
    for (const { keys, title: does } of editing) rows.push(`| ${keyCell(keys)} | ${does} | |`)
    return [`## ${title}`, '', '| keys | what they do | command |', '| --- | --- | --- |', ...rows].join('\n')
  })
  return [
    '# Keys',
    '',
    'Made by `npm run docs` from the reader’s table of commands, which `?` and `broadsheet keys` show too.',
    '',
    tables.join('\n\n'),
    '',
    '## In a row of the list',
    '',
    ...SIGNS.map(([sign, meaning]) => `- \`${sign}\` ${meaning}`),
    '',
  ].join('\n')
}

/** The README's list of subcommands, from the command line's own help. */
function commandsTable(): string {
  const program = createProgram(() => {
    throw new Error('documentation runs no command')
  })
  const all = program.commands.flatMap((command) => [command, ...command.commands])
  const rows = all.map((command) => {
    const options = command.options.map((option) => `\`${option.flags}\``).join(', ')
    const above = command.parent === program ? [] : [command.parent?.name() ?? '']
    const usage = [
      ...above,
      command.name(),
      ...command.registeredArguments.map((argument) => usageOf(argument)),
    ].join(' ')
    return `| \`${usage}\` | ${cell(command.description())} | ${cell(options)} |`
  })
  return ['| command | what it does | options |', '| --- | --- | --- |', ...rows].join('\n')
}

const usageOf = (argument: { name(): string; variadic: boolean }) =>
  `<${argument.name()}${argument.variadic ? '...' : ''}>`

/** A page with one generated part made anew. */
function withPart(page: string, name: string, content: string): string {
  return page.replace(
    new RegExp(`(<!-- generated: ${name} -->\n)[\\s\\S]*?(<!-- end -->)`),
    (_, start: string, end: string) => `${start}${content}\n${end}`,
  )
}

/** The README with its generated part made anew. */
export function readmePage(current: string): string {
  return withPart(current, 'commands', commandsTable())
}

/** docs/queries.md with its table of fields made anew. */
export function queriesPage(current: string): string {
  const rows = FIELDS.map(({ name, about, example, values }) => {
    const choices = values.map(({ value }) => `\`${value}\``).join(', ')
    return `| \`${name}:\` | ${cell(about)}${choices === '' ? '' : `: ${choices}`} | \`${cell(example)}\` |`
  })
  const table = ['| field | what it says | for example |', '| --- | --- | --- |', ...rows].join('\n')
  return withPart(current, 'fields', table)
}

/** docs/sources.md with its table of facts made anew. */
export function sourcesPage(current: string): string {
  const whose = { text: 'the most trusted source that says it', hub: 'the Hub, else the most trusted source' }
  const rows = Object.entries(FACTS).map(([fact, rule]) => `| \`${fact}\` | ${whose[rule]} |`)
  return withPart(current, 'facts', ['| fact | whose word counts |', '| --- | --- |', ...rows].join('\n'))
}

/** docs/configuration.md: every setting. */
export function configurationPage(): string {
  const tables = SECTIONS.map((section) => {
    const rows = Object.values<Setting>(SETTINGS)
      .filter((setting) => setting.section === section)
      .map(
        ({ name, about, otherwise, example }) =>
          `| \`${name}\` | ${cell(about)} | \`${printValue(otherwise)}\` | \`${name} = ${cell(example)}\` |`,
      )
    return [
      `## [${section}]`,
      '',
      '| setting | what it does | default | for example |',
      '| --- | --- | --- | --- |',
      ...rows,
    ].join('\n')
  })
  return `# Configuration

Made by \`npm run docs\` from the table of settings. The file is \`config.toml\` in the system’s folder for configurations, or in
\`BROADSHEET_HOME\`; \`broadsheet config\` names it and prints what counts, \`broadsheet config --init\` writes one in which
every setting is explained. Whatever in it makes no sense costs itself and a line that says so.

${tables.join('\n\n')}

## [keys]

Keys by the names of commands ([keys.md](keys.md), last column): a key, several, or none. \`[keys.reading]\` is for one place
alone: ${CONTEXTS.map(({ context }) => `\`${context}\``).join(', ')}.

\`\`\`toml
[keys]
toggle-star = "s"
first = ["g g", "Home"]
quit = []

[keys.reading]
toggle-read = "M"
\`\`\`

Keys are written as \`j\`, \`G\`, \`Enter\`, \`Esc\`, \`Space\`, \`Tab\`, \`PgDn\`, \`Home\`, \`Up\`, \`Ctrl-d\`; those of a sequence with spaces
between. A key that is given to a command is taken from the one that has it otherwise. \`Ctrl-c\` always quits.
\`broadsheet keys\` prints what counts, and on standard error what cannot be.
`
}

if (import.meta.main) {
  writeFileSync(join(root, 'docs/keys.md'), keysPage())
  writeFileSync(join(root, 'docs/configuration.md'), configurationPage())
  for (const [file, page] of [
    ['README.md', readmePage],
    ['docs/queries.md', queriesPage],
    ['docs/sources.md', sourcesPage],
  ] as const) {
    const path = join(root, file)
    writeFileSync(path, page(readFileSync(path, 'utf8')))
  }
}
