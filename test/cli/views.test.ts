import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { storeDay } from '../../src/library/intake.ts'
import { openLibrary } from '../../src/library/library.ts'
import { aPaper, idOf } from '../support/papers.ts'
import { installed, type Program } from '../support/program.ts'

let program: Program & Disposable
beforeEach(() => {
  program = installed()
  const library = openLibrary(program.libraryFile)
  const upvotes = [5, 90, 20]
  storeDay(
    library,
    '2025-01-06',
    upvotes.map((count, at) =>
      aPaper({
        id: idOf(at + 1),
        title: at === 1 ? 'Oil' : `Wicks, part ${at}`,
        abstract: '',
        upvotes: count,
      }),
    ),
  )
  library.close()
})
afterEach(() => program[Symbol.dispose]())

describe('views', () => {
  it('are added, listed with how many papers they have, listed from, and removed', async () => {
    const added = await program.run(
      'views',
      'add',
      'My wicks',
      'title:wicks',
      '-oil',
      '--key',
      '5',
      '--sort',
      'upvotes',
    )
    expect(added).toMatchObject({ status: 0, out: '“My wicks” is kept (2 papers).\n' })
    expect(await program.json('views')).toEqual([
      { name: 'My wicks', query: 'title:wicks -oil', key: 5, sort: 'upvotes', papers: 2 },
    ])
    expect((await program.run('views')).out).toBe('2 5  My wicks: title:wicks -oil  by upvotes\n')
    const listed = await program.json('list', '--view', 'my WICKS')
    expect(listed.map(({ id }) => id)).toEqual([3, 1].map(idOf))
    expect((await program.json('list', '--view', 'my wicks', '--limit', '1')).map(({ id }) => id)).toEqual([
      idOf(3),
    ])
    expect(await program.run('views', 'remove', 'My wicks')).toMatchObject({
      status: 0,
      out: 'Removed “My wicks”.\n',
    })
    expect(await program.json('views')).toEqual([])
    expect((await program.json('list')).length).toBe(3)
  })

  it.each([
    [['views', 'add', 'x', 'upvotes:many'], /nothing to search for.*upvotes: takes/],
    [['views', 'add', 'x', 'wick', '--key', '4'], /the key of a view is a digit from 5 to 9/],
    [['views', 'add', 'x', 'wick', '--sort', 'sideways'], /no order "sideways"/],
    [['views', 'remove', 'x'], /There is no view "x"/],
    [['list', '--view', 'x'], /There is no view "x"/],
    [['list', '--view', 'x', '--unread'], /cannot be used with/],
  ])('refuses %j, and says why', async (args, why) => {
    const { status, err, out } = await program.run(...args)
    expect({ status, out }).toEqual({ status: 2, out: '' })
    expect(err).toMatch(why)
  })
})
