// The command line: arguments → one subcommand → an exit status.

import { Command, CommanderError, InvalidArgumentError, Option } from 'commander'
import manifest from '../../package.json' with { type: 'json' }
import { isDay } from '../days.ts'
import { exitStatus } from '../exit.ts'
import { readSettings } from '../settings.ts'
import { describe, sanitise, unwrapLine } from '../text/sanitise.ts'
// Subcommands are loaded when they run: `list` needs no network client, and none of them needs Ink.
import type { Session } from './session.ts'
import { INTERVALS } from './timers.ts'

const day = (text: string): string => {
  if (!isDay(text)) throw new InvalidArgumentError('Give a day of the calendar as YYYY-MM-DD.')
  return text
}
const firstDay = (text: string): string => day(`${text}-01-01`.slice(0, Math.max(10, text.length)))
const count = (text: string): number => {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError('Give a whole number from 1 up.')
  return Number(text)
}

const width = (text: string): number => {
  const cells = /^\d{2,4}$/.test(text) ? Number(text) : 0
  if (cells < 20 || cells > 1000) throw new InvalidArgumentError('Give a whole number from 20 to 1000.')
  return cells
}

/** Ways to say what a sync is to bring, of which one is enough. */
const WAYS = ['all', 'date', 'week', 'month', 'trending', 'search', 'harvest']
const others = (than: string) => WAYS.filter((way) => way !== than)

/** The program with all its subcommands; each runs with a session made when it starts. */
export function createProgram(session: () => Session): Command {
  const program = new Command('broadsheet')
    .description(
      `${manifest.description}.\nWithout a command it opens the reader, or prints the list where there is no terminal.`,
    )
    .version(manifest.version)
    .option('--no-images', 'open the reader without pictures')
    .option('--screen-reader', 'open the reader without a screen: what happens is told line by line')
    .showHelpAfterError('("broadsheet --help" lists what there is)')
    .exitOverride()
    .configureOutput({ writeErr: (text) => void process.stderr.write(sanitise(text)) })
    .allowExcessArguments()
    .action(async (_options, command: Command) => {
      // Without a command of its own there is nothing for a word to be but a command that does not exist.
      if (command.args[0] !== undefined) command.error(`error: unknown command '${command.args[0]}'`)
      await (await import('./list.ts')).list(session(), {})
    })
  const subcommand = (usage: string, description: string) =>
    program
      .command(usage)
      .description(description)
      .addOption(new Option('--json', 'print one JSON value and nothing else'))
      .showHelpAfterError('(add --help to see what it accepts)')
      .allowExcessArguments(false)

  subcommand('sync', 'bring in the newest Daily Papers, or the days you name')
    .option('--all', 'every day since the first one, and all that arXiv can tell of the papers')
    .addOption(
      new Option('--date <day>', 'one day, YYYY-MM-DD in UTC')
        .argParser(day)
        .conflicts([...others('date'), 'since', 'until']),
    )
    .addOption(
      new Option('--since <day>', 'every day from this one on; a year or a month means its first day')
        .argParser(firstDay)
        .conflicts(['week', 'month', 'trending', 'search', 'all']),
    )
    .option('--until <day>', 'with --since: up to this day instead of today', day)
    .addOption(new Option('--week <week>', 'the list of an ISO week, as 2025-W36').conflicts(others('week')))
    .addOption(new Option('--month <month>', 'the list of a month, as 2025-09').conflicts(others('month')))
    .addOption(new Option('--trending', 'what is trending now').conflicts(others('trending')))
    .addOption(new Option('--search <query>', 'what the Hub’s own search finds').conflicts(others('search')))
    .addOption(
      new Option('--harvest <category>', 'with --since: an arXiv category whole, as cs.CL').conflicts(
        others('harvest'),
      ),
    )
    .addOption(
      new Option('--porcelain', 'print counts for scripts: a name, a tab and a number a line').conflicts(
        'json',
      ),
    )
    .option('--schedule', 'print what would make this computer sync at regular times')
    .option('--install', 'with --schedule: set it up')
    .addOption(
      new Option('--every <interval>', 'with --schedule: how often (1h unless told)').choices(
        Object.keys(INTERVALS),
      ),
    )
    .action(async (options) => {
      if (options.schedule) return (await import('./schedule.ts')).schedule(session(), options)
      await (await import('./sync.ts')).sync(session(), options)
    })
  subcommand('list', 'print the list, newest day first')
    .addOption(new Option('--unread', 'unread papers only').conflicts(['starred', 'later', 'hidden']))
    .addOption(new Option('--starred', 'starred papers only').conflicts(['later', 'hidden']))
    .addOption(new Option('--later', 'papers kept for later only').conflicts('hidden'))
    .option('--hidden', 'hidden papers only, which are in no other list')
    .option('--tag <tag>', 'papers with this tag only')
    .option('--date <day>', 'papers listed on this day', day)
    .addOption(
      new Option('--view <name>', 'the papers of a view of yours, in its order').conflicts([
        ...['unread', 'starred', 'later', 'hidden', 'tag', 'date'],
      ]),
    )
    .option('--limit <n>', 'at most so many papers', count)
    .action(async (options) => (await import('./list.ts')).list(session(), options))
  subcommand('search', 'find papers by words of title, abstract and authors; typos are forgiven')
    .argument(
      '<query...>',
      'what you remember of it, and fields: author:lecun cat:cs.CL date:2025 sort:upvotes',
    )
    .option('--limit <n>', 'at most so many papers', count, 20)
    // `-survey` leaves out surveys. No option of ours has a single dash but -h.
    .allowUnknownOption()
    .action(async (query: string[], options, command: Command) => {
      const unknown = query.find((word) => word.startsWith('--'))
      if (unknown !== undefined) command.error(`error: unknown option '${unknown}'`)
      await (await import('./search.ts')).search(session(), query.join(' '), options)
    })
  subcommand('similar', 'print the papers most like one, and the words they share')
    .argument('<id>', 'a paper as for show')
    .option('--limit <n>', 'at most so many papers', count, 20)
    .action(async (id: string, options) => (await import('./similar.ts')).similar(session(), id, options))
  subcommand('show', 'print one paper: its abstract, or its full text')
    .argument('<id>', 'an arXiv id with or without version, or an arXiv or Hub address')
    .option('--full', 'its full text, brought from arXiv where it is not here yet')
    .addOption(
      new Option('--format <format>', 'how it is printed (text unless told)')
        .choices(['text', 'md', 'json'])
        .conflicts('json'),
    )
    .option('--width <cells>', 'lines of at most so many cells', width)
    .action(async (id: string, options) => (await import('./show.ts')).show(session(), id, options))
  const names = (text: string, before: string[] = []) => [...before, text]
  subcommand('mark', 'mark papers read, star them, keep them for later, hide them, tag them')
    .argument('<id...>', 'papers as for show')
    .option('--read', 'mark read')
    .option('--unread', 'mark unread')
    .option('--star', 'star')
    .option('--unstar', 'unstar')
    .option('--later', 'keep for later')
    .option('--not-later', 'no longer keep for later')
    .option('--hide', 'hide')
    .option('--unhide', 'show again')
    .option('--tag <tag>', 'give a tag; may be given several times', names)
    .option('--untag <tag>', 'take a tag away', names)
    .action(async (ids: string[], options) => (await import('./mark.ts')).mark(session(), ids, options))
  subcommand('note', 'print your note on a paper, or write it')
    .argument('<id>', 'a paper as for show')
    .option('--from <file>', 'write what is in a file, or - for standard input; empty removes the note')
    .action(async (id: string, options) => (await import('./note.ts')).note(session(), id, options))
  subcommand('config', 'print every setting, its value and where that comes from')
    .option('--init', 'write a configuration file in which every setting is explained')
    .action(async (options) => (await import('./config.ts')).config(session(), options))
  subcommand('tags', 'print your tags').action(async (options) =>
    (await import('./tags.ts')).tags(session(), options),
  )
  const views = subcommand(
    'views',
    'print your views: queries with a name, which the reader’s v opens',
  ).action(async (options) => (await import('./views.ts')).views(session(), options))
  views
    .command('add <name> <query...>')
    .description('keep a query as a view')
    .option('--key <digit>', 'the key that opens it in the reader, 5 to 9', count)
    .option('--sort <order>', 'its order, as sort: takes it')
    .allowUnknownOption()
    .action(async (name: string, query: string[], options) =>
      (await import('./views.ts')).addView(session(), name, query.join(' '), options),
    )
  views
    .command('remove <name>')
    .description('remove a view; its papers stay')
    .action(async (name: string) => (await import('./views.ts')).dropView(session(), name))
  const rules = subcommand(
    'rules',
    'print your rules: queries that mute papers, watch for them or tag them',
  ).action(async (options) => (await import('./rules.ts')).rules(session(), options))
  rules
    .command('add <kind> <query...>')
    .description('make a rule that mutes, watches or tags; words are taken exactly as they are typed')
    .option('--name <name>', 'what it is called (its query unless told)')
    .option('--tag <tag>', 'of a rule that tags: the tag')
    .allowUnknownOption()
    .action(async (kind: string, query: string[], options) =>
      (await import('./rules.ts')).makeRule(session(), kind, query.join(' '), options),
    )
  rules
    .command('remove <number>')
    .description('remove a rule, and with it what it did')
    .action(async (number: string) => (await import('./rules.ts')).dropRule(session(), count(number)))
  subcommand('stats', 'print what you read and when, what is unread, what the library holds').action(
    async (options) => (await import('./stats.ts')).stats(session(), options),
  )
  subcommand(
    'import',
    'read what you have saved: a Daily Papers page (HTML or copied text), API JSON, an arXiv feed',
  )
    .argument('<file...>', 'the files')
    .option('--date <day>', 'the day of the list, where the file does not say its year', day)
    .action(async (files: string[], options) =>
      (await import('./import.ts')).importFiles(session(), files, options),
    )
  subcommand('add', 'bring in papers by arXiv id or address')
    .argument('<id...>', 'arXiv ids, or addresses of arXiv or the Hub')
    .action(async (ids: string[], options) => (await import('./add.ts')).add(session(), ids, options))
  subcommand('doctor', 'check the library and its search index')
    .option('--repair', 'build the index anew from the papers first; no paper and no mark is touched')
    .action(async (options) => (await import('./doctor.ts')).doctor(session(), options))
  subcommand('keys', 'list every key of the reader').action(async (options) =>
    (await import('./keys.ts')).keys(session(), options),
  )
  return program
}

/** Runs the command line and returns the exit status: 0 done, 1 failed, 2 wrong usage, 3 network not reached, 130 interrupted. */
export async function runCli(args: readonly string[], env: NodeJS.ProcessEnv = process.env): Promise<number> {
  const out = (text: string) => void process.stdout.write(`${text}\n`)
  // Names of files and wrong arguments are repeated here: they may hold anything.
  const warn = (text: string) => void process.stderr.write(`broadsheet: ${unwrapLine(text)}\n`)
  try {
    await createProgram(() => ({ settings: readSettings(env), out, warn })).parseAsync([...args], {
      from: 'user',
    })
    return 0
  } catch (error) {
    // Help and version come as errors of status 0; commander has printed its own messages already.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
    warn(describe(error))
    return exitStatus(error)
  }
}
