// The argument types of a call are derived from its row's schema, so that types and run-time checks cannot differ.
// A type that accepted more or less than the schema would not compile here.
import { expect, expectTypeOf, it } from 'vitest'
import { z } from 'zod'
import { read, reply, type RowArgs } from '#base/calls/rows.ts'
import { api, type ArgsOf } from '#runtime/api/table.ts'

const row = read(
  'everyone',
  z.strictObject({
    of: z.enum(['a', 'b']),
    fen: z.int().optional(),
    list: z.array(z.strictObject({ id: z.string() })),
  }),
  reply<{ ok: true }>(),
  { rest: 'lanes' },
)
type Args = RowArgs<typeof row>
const accepts = (args: Args): boolean => row.args.safeParse(args).success

it('takes what the schema takes, and lists that nobody may change', () => {
  const list: readonly { readonly id: string }[] = [{ id: 'x' }]
  expect(accepts({ of: 'a', fen: 1, list })).toBe(true)
  expect(accepts({ of: 'b', list })).toBe(true)
})

it('is typed by the schema, and by nothing beside it', () => {
  expectTypeOf<Args>().toEqualTypeOf<{
    readonly of: 'a' | 'b'
    readonly fen?: number | undefined
    readonly list: readonly { readonly id: string }[]
  }>()
  expect(row.args.safeParse({ of: 'c', list: [] }).success).toBe(false)
})

it('holds for a row of the table', () => {
  expectTypeOf<ArgsOf<'lane.open'>>().toEqualTypeOf<{
    readonly laneId: string
    readonly commandId: string
    readonly by: string
    readonly reason: string
  }>()
  const given = { laneId: 'exit', commandId: 'abcdefgh', by: 'x', reason: 'y' }
  expect(api['lane.open'].args.safeParse(given).success).toBe(true)
})
