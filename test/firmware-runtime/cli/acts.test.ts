// An act is its line: words, flags, what is needed, numbers and lists of words, for the parser and for the types.
// What cannot be is refused with the name of its flag.
import { expect, expectTypeOf, it } from 'vitest'
import { act, commandOf, flagsOf } from '../../../firmware-runtime/cli/acts.ts'
import { LaneFault, type FaultDetail } from '../../../firmware-runtime/core/values/faults.ts'

const io = { stdout: () => undefined, stderr: () => undefined, json: true, onStop: () => undefined }

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
  expect(await command.run(['go', ...words], io)).toBe(0)
  const rest = { newest: false, at: undefined }
  expect(given).toEqual({ data: 'x', of: 'later', limit: 7, rsu: ['a=b', 'c=d'], ...rest })
  expect(await command.run(['look', '--data', 'x', '--confirm'], io)).toBe(1)
})

it.each([
  [['go', '--of', 'cash'], '--data', '--data is missing'],
  [['go', '--data', ' ', '--of', 'cash'], '--data', '--data is missing'],
  [['go', '--data', 'x'], '--of', '--of is missing'],
  [['go', '--data', 'x', '--of', 'gold'], '--of', 'one of cash, later'],
  [['go', '--data', 'x', '--of', 'cash', '--limit', 'two'], '--limit', 'not a whole number'],
])('refuses %j', async (args, field, note) => {
  expect(await refused(() => command.run(args, io))).toMatchObject({ field, note })
})

it('refuses a flag that no line has, and a verb that is none', async () => {
  const args = ['look', '--data', 'x', '--at', 'now']
  expect((await refused(() => command.run(args, io))).note).toContain('--at')
  expect((await refused(() => command.run(['fly'], io))).note).toBe('toy go or look')
})
