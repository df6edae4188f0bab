// One declaration per act gives its words, flags, required values, numbers and word lists, for the parser and for the
// types. An invalid value is refused with the name of its flag.
import { expect, expectTypeOf, it } from 'vitest'
import { act, commandOf, flagsOf } from '#base/desk/commands/acts.ts'
import { LaneFault, type FaultDetail } from '#base/pure/faults/faults.ts'
import { noIo } from '../../../../kit/run-command.ts'

async function refused(work: () => Promise<unknown>): Promise<FaultDetail> {
  const error = await work().then(
    () => null,
    (cause: unknown) => cause,
  )
  if (!(error instanceof LaneFault)) throw new Error(`not refused: ${String(error)}`)
  expect(error.code).toBe('ARG-01')
  return error.detail
}

it.each([
  ['toy --data DIR', ['data'], []],
  ['toy --data DIR [--file F]', ['data'], ['file']],
  ['toy --data DIR [--from ISO --to ISO | --today]', ['data'], ['from', 'to', 'today']],
  ['toy [--a A [--b B]] --c C', ['c'], ['a', 'b']],
  ['toy --link URL | --data DIR --lane L', [], ['link', 'data', 'lane']],
  ['toy … --stop --by NAME', [], ['stop', 'by']],
  ['toy A (--link URL | --data DIR) --lane L', ['lane'], ['link', 'data']],
  ['toy PLACE --by NAME', ['by'], ['link', 'site', 'state', 'data', 'lane']],
])('%s', (line, needed, free) => {
  const found = [...flagsOf(line)]
  expect(found.filter(([, { isNeeded }]) => isNeeded).map(([name]) => name)).toEqual(needed)
  expect(found.filter(([, { isNeeded }]) => !isNeeded).map(([name]) => name)).toEqual(free)
})

const toy = act(
  ['toy go --data DIR --of cash|later [--limit N] [--rsu LANE=URL ...] [--newest] [--at ISO]'],
  (values) => {
    expectTypeOf(values.data).toEqualTypeOf<string>()
    expectTypeOf(values.of).toEqualTypeOf<'cash' | 'later'>()
    expectTypeOf(values.limit).toEqualTypeOf<number | undefined>()
    expectTypeOf(values.rsu).toEqualTypeOf<string[]>()
    expectTypeOf(values.newest).toEqualTypeOf<boolean>()
    expectTypeOf(values.at).toEqualTypeOf<string | undefined>()
    given = values
    return 0
  },
)
let given: unknown = null

const looked = act(['toy look --data DIR', 'toy look --data DIR --confirm --by NAME'], (values) => {
  expectTypeOf(values.data).toEqualTypeOf<string>()
  expectTypeOf(values.by).toEqualTypeOf<string | undefined>()
  return values.confirm ? 1 : 0
})

const command = commandOf('toy', [toy, looked])

it('gives what its line says', async () => {
  const words = ['--data', 'x', '--of', 'later', '--limit', '7', '--rsu', 'a=b', '--rsu', 'c=d']
  expect(await command.run(['go', ...words], noIo)).toBe(0)
  const rest = { newest: false, at: undefined }
  expect(given).toMatchObject({ data: 'x', of: 'later', limit: 7, rsu: ['a=b', 'c=d'], ...rest })
  expect(await command.run(['look', '--data', 'x', '--confirm'], noIo)).toBe(1)
})

it.each([
  [['go', '--of', 'cash'], '--data', '--data is missing'],
  [['go', '--data', ' ', '--of', 'cash'], '--data', '--data is missing'],
  [['go', '--data', 'x'], '--of', '--of is missing'],
  [['go', '--data', 'x', '--of', 'gold'], '--of', 'one of cash, later'],
  [['go', '--data', 'x', '--of', 'cash', '--limit', 'two'], '--limit', 'not a whole number'],
])('refuses %j', async (args, field, note) => {
  expect(await refused(() => command.run(args, noIo))).toMatchObject({
    field,
    note: note.includes(' ') ? { en: note } : note,
  })
})

it('refuses a flag that no line has, and a verb that is none', async () => {
  const args = ['look', '--data', 'x', '--at', 'now']
  expect((await refused(() => command.run(args, noIo))).note).toContain('--at')
  expect((await refused(() => command.run(['fly'], noIo))).note).toBe('toy go or look')
})

const placed = act(
  [
    'toy copies PLACE (--file F | --preset ID) --of N',
    'toy copies diff ID [ID] PLACE --of N',
    'toy copies keep HEX|- ... --of N [-- COMMAND …]',
  ],
  (values) => {
    expectTypeOf(values.words).toEqualTypeOf<
      readonly [] | readonly [string, string?] | readonly string[]
    >()
    expectTypeOf(values.link).toEqualTypeOf<string | undefined>()
    expectTypeOf(values.state).toEqualTypeOf<string | undefined>()
    expectTypeOf(values.preset).toEqualTypeOf<string | undefined>()
    expectTypeOf(values.of).toEqualTypeOf<number>()
    expectTypeOf(values.rest).toEqualTypeOf<readonly string[]>()
    given = values
    return 0
  },
)
const drawn = act(
  ['toy draw FILE OUT [--logo PNG|none] [--unit dBm|dBuV/m] [--hold MS] (--on | --off)'],
  (values) => {
    expectTypeOf(values.words).toEqualTypeOf<readonly [string, string]>()
    expectTypeOf(values.logo).toEqualTypeOf<string | undefined>()
    expectTypeOf(values.unit).toEqualTypeOf<'dBm' | 'dBuV/m' | undefined>()
    expectTypeOf(values.hold).toEqualTypeOf<number | undefined>()
    expectTypeOf(values.on).toEqualTypeOf<boolean>()
    given = values
    return 0
  },
)
const words = commandOf('toy', [placed, drawn])

it.each([
  [['copies', '--link', 'u', '--of', '1'], { words: [], link: 'u', of: 1 }],
  [['copies', '--link', 'u', 'diff', 'a', 'b', '--of', '1'], { words: ['a', 'b'] }],
  [['copies', 'keep', '0A', '-', '--of', '1'], { words: ['0A', '-'], rest: [] }],
  [
    ['copies', 'keep', '0A', '--of', '1', '--', 'rsu', '--of'],
    { words: ['0A'], rest: ['rsu', '--of'] },
  ],
  [['draw', 'a', 'b', '--logo', 'none', '--on'], { words: ['a', 'b'], logo: 'none', off: false }],
])('%j is given its words', async (args, values) => {
  expect(await words.run(args, noIo)).toBe(0)
  expect(given).toMatchObject(values)
})

it.each([
  [['copies', 'all', '--of', '1'], 'all', 'toy copies'],
  [['copies', 'diff', '--of', '1'], '', 'toy copies diff ID [ID]'],
  [['draw', 'a', '--on'], '', 'toy draw FILE OUT'],
  [['draw', 'a', 'b', 'c', '--on'], 'c', 'toy draw FILE OUT'],
  [['fly', 'x'], 'fly', 'toy copies or draw'],
])('%j is refused by its words', async (args, value, note) => {
  expect(await refused(() => words.run(args, noIo))).toMatchObject({ value, note })
})
