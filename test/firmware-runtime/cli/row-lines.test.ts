// A row of the call table that names a command is that command: flags from its arguments, help from its words. What a call with a
// command costs is counted: the row and its handler.
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { z } from 'zod'
import { act, day, iso, laneId, read, reply, who } from '../../../firmware-runtime/api/rows.ts'
import { rowCommands } from '../../../firmware-runtime/cli/row-commands.ts'
import { rowUsage } from '../../../firmware-runtime/cli/row-lines.ts'
import { rowArgs } from '../../../firmware-runtime/cli/row-usage.ts'
import { t } from '../../../firmware-runtime/core/values/fault-text.ts'
import { rowCommandFacts } from '../../../installers/dev/call-facts.ts'
import { readTree, repository } from '../../tidy/tree.ts'

const words = t('试', 'Tried')
const all = act(
  'till',
  z.strictObject({
    laneId,
    how: z.enum(['found', 'lost']),
    count: z.int(),
    amountFen: z.int().min(0).max(9).optional(),
    sinceIso: iso.optional(),
    day,
    code: z.string(),
    isAnew: z.boolean().optional(),
    most: z.int().nullable(),
    refundFen: z.int(),
    until: z.string().max(20),
    means: z.enum(['cash', 'transfer']),
    ...who,
  }),
  reply<{ ok: true }>(),
  { words, flags: { refundFen: 'back', code: 'text FILE' }, usual: { means: 'cash' } },
)
const usage = rowUsage('toy.tryAll', 'toy try-all', all)

it('has a flag for each argument, by its type and its unit', () => {
  expect(usage).toMatchObject({ call: 'toy.tryAll', words, isAct: true })
  expect(usage.line).toBe(
    'toy try-all --data DIR --lane L --how found|lost --count N [--amount FEN] [--since ISO] --day YYYY-MM-DD --text FILE [--is-anew] [--most N] --back FEN --until DAY [--means cash|transfer] --by NAME --reason TEXT [--command-id ID]',
  )
})

it('asks with the keys of the row; what is left out is usual, null or no argument', () => {
  const given = {
    lane: 'exit',
    how: 'lost',
    count: 0,
    back: 5,
    'is-anew': false,
    amount: undefined,
  }
  expect(rowArgs(usage, given)).toEqual({
    laneId: 'exit',
    how: 'lost',
    count: 0,
    refundFen: 5,
    most: null,
    means: 'cash',
  })
  expect(rowArgs(usage, { 'is-anew': true, means: 'transfer', most: 3, day: '' })).toEqual({
    isAnew: true,
    means: 'transfer',
    most: 3,
    day: '',
  })
})

it('makes no command of what no flag can say', () => {
  const args = z.strictObject({ list: z.array(z.string()) })
  const row = read('desk', args, reply<object>(), { rest: 'folder' })
  expect(() => rowUsage('toy.list', 'toy list', row)).toThrow('toy.list: no flag says list')
})

it('is worked out by a build as by the sources, each under words of its own', async () => {
  const load = rowCommandFacts.load as (id: string) => Promise<string | null>
  const id = join(repository, 'firmware-runtime/cli/row-commands.ts')
  expect(await load(id)).toBe(`export const rowCommands = ${JSON.stringify(rowCommands)}`)
  expect(await load(join(repository, 'firmware-runtime/cli/acts.ts'))).toBeNull()
  const paths = rowCommands.map(({ line }) => line.split(' --', 1)[0])
  expect(new Set(paths).size).toBe(paths.length)
  expect(paths.length).toBeGreaterThan(50)
})

it('costs two files: the row and its handler', () => {
  const tree = [...readTree()].filter(([path]) => path.startsWith('firmware-runtime/'))
  const naming = (call: string): string[] =>
    tree.filter(([, text]) => text.includes(`'${call}'`)).map(([path]) => path)
  expect(naming('coupons.giveBack')).toEqual([
    'firmware-runtime/api/calls/coupon.ts',
    'firmware-runtime/app/control/control-coupons.ts',
  ])
  const byHand = rowCommands.flatMap(({ call }) =>
    naming(call).filter((path) => /^firmware-runtime\/(cli|runtime)\//.test(path)),
  )
  // Commands that do more ask the same rows, and an exit code of 1 has its condition.
  expect([...new Set(byHand)].toSorted()).toEqual([
    'firmware-runtime/cli/inside.ts',
    'firmware-runtime/cli/place.ts',
    'firmware-runtime/cli/rehearse.ts',
    'firmware-runtime/cli/row-usage.ts',
  ])
})
