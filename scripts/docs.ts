// `npm run docs`: writes what is generated in the documentation: docs/keys.md, and the parts of the README between
// `<!-- generated: … -->` and `<!-- end -->`. A test holds both to the code.

import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { CONTEXTS, commandsIn, SIGNS } from '../src/app/help.ts'
import { keyLabel } from '../src/app/keys.ts'
import { EDITING_KEYS } from '../src/app/prompt.ts'
import { createProgram } from '../src/cli/cli.ts'

const root = join(import.meta.dirname, '..')

const keyCell = (keys: readonly string[]) => keys.map((key) => `\`${keyLabel(key)}\``).join(' ')
const cell = (text: string) => text.replaceAll('|', '\\|')

/** docs/keys.md: every key of every context. */
export function keysPage(): string {
  const tables = CONTEXTS.map(({ context, title }) => {
    const rows = commandsIn(context).map(
      ({ id, keys, title: does }) => `| ${keyCell(keys)} | ${cell(does)} | ${id} |`,
    )
    const editing = context === 'prompt' ? EDITING_KEYS : []
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
  const rows = program.commands.map((command) => {
    const options = command.options.map((option) => `\`${option.flags}\``).join(', ')
    const usage = [command.name(), ...command.registeredArguments.map((argument) => usageOf(argument))].join(
      ' ',
    )
    return `| \`${usage}\` | ${cell(command.description())} | ${cell(options)} |`
  })
  return ['| command | what it does | options |', '| --- | --- | --- |', ...rows].join('\n')
}

const usageOf = (argument: { name(): string; variadic: boolean }) =>
  `<${argument.name()}${argument.variadic ? '...' : ''}>`

/** The README with its generated parts made anew. */
export function readmePage(current: string): string {
  const part = (name: string, content: string) => (text: string) =>
    text.replace(
      new RegExp(`(<!-- generated: ${name} -->\n)[\\s\\S]*?(<!-- end -->)`),
      (_, start: string, end: string) => `${start}${content}\n${end}`,
    )
  return part('commands', commandsTable())(current)
}

if (import.meta.main) {
  writeFileSync(join(root, 'docs/keys.md'), keysPage())
  const readme = join(root, 'README.md')
  writeFileSync(readme, readmePage(readFileSync(readme, 'utf8')))
}
