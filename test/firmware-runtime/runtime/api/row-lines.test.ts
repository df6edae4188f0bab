// A row of the call table that names a command defines that command: its flags come from the arguments, its help from the
// words. A call with a command needs only the row and its handler, which this test counts.
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { z } from 'zod'
import { act, day, iso, laneId, read, reply, who } from '#base/calls/rows.ts'
import { rowCommands } from '#runtime/api/row-commands.ts'
import { rowUsage } from '#runtime/api/row-lines.ts'
import { rowArgs } from '#runtime/api/row-usage.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { t } from '#base/pure/words/fault-text.ts'
import { parseIso } from '#base/pure/values/instant.ts'
import { present } from '#base/pure/values/must.ts'
import { rowCommandFacts } from '../../../../installers/dev/call-facts.ts'
import { readTree, repository } from '../../../tidy/tree.ts'

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

const usageOf = (call: string) =>
  present(
    rowCommands.find((row) => row.call === call),
    call,
  )
const refusedOf = (call: string, given: Readonly<Record<string, unknown>>): unknown => {
  try {
    return rowArgs(usageOf(call), given)
  } catch (error) {
    return error instanceof LaneFault ? `${error.code} ${error.detail.field ?? ''}` : error
  }
}

it('has the flags of the keys of an object; one that may be missing is there with its first flag', () => {
  const own = { no: 'M-1', kind: 'period', name: '张三', plates: '测A1,测B2', from: '2026-01-01' }
  const member = { ...own, plates: ['测A1', '测B2'], spaces: null, areas: null, until: null }
  const issued = (more: object) => refusedOf('members.issue', { ...own, ...more })
  expect(issued({})).toEqual({ member })
  expect(issued({ areas: 'A', spaces: 2, until: 'B' })).toEqual({
    member: { ...member, areas: ['A'], spaces: 2, until: 'B' },
  })
  expect(issued({ 'sold-fen': 0 })).toEqual({ member, sold: { amountFen: 0, means: 'cash' } })
  expect(issued({ 'sold-fen': 9, means: 'transfer' })).toEqual({
    member,
    sold: { amountFen: 9, means: 'transfer' },
  })
  expect(issued({ means: 'transfer' })).toBe('ARG-01 --sold-fen')
})

it('has a name and a value for each of a record; nothing behind the sign is null', () => {
  const mended = (...set: string[]) => refusedOf('queue.mend', { id: 'o1', set })
  expect(mended('a=1', 'b=x=y', 'c=')).toEqual({
    outboxId: 'o1',
    members: { a: '1', b: 'x=y', c: null },
  })
  expect(mended()).toEqual({ outboxId: 'o1', members: {} })
  expect(mended('=1')).toBe('ARG-01 --set')
  expect(mended('a')).toBe('ARG-01 --set')
})

it('asks for one of two flags where a boolean or an object must be said', () => {
  const review = (accept: boolean, back: boolean) =>
    refusedOf('papers.review', { paper: 'J2', accept, return: back })
  expect(review(true, false)).toEqual({ paper: 'J2', accepted: true })
  expect(review(false, true)).toEqual({ paper: 'J2', accepted: false })
  expect([review(true, true), review(false, false)]).toEqual(['ARG-01 --accept', 'ARG-01 --accept'])
  const told = (given: object) => refusedOf('place.position', { lane: 'h1', at: 'T', ...given })
  const at = { laneId: 'h1', atIso: 'T' }
  expect(told({ 'no-fix': true })).toEqual({ ...at, position: null })
  expect(told({ lat: 0, lon: -2 })).toEqual({
    ...at,
    position: { latMicrodeg: 0, lonMicrodeg: -2, accuracyMm: null },
  })
  expect(told({ lat: 1, lon: 2, accuracy: 3 })).toMatchObject({ position: { accuracyMm: 3 } })
  expect([told({}), told({ lon: 2 }), told({ lat: 1, 'no-fix': true })]).toEqual([
    'ARG-01 --lat',
    'ARG-01 --lat',
    'ARG-01 --lat',
  ])
  expect(told({ lat: 1 })).toBe('ARG-01 --lon')
})

it('says the time of the command where none is given', () => {
  const { atIso } = rowArgs(usageOf('place.position'), { lane: 'h1', 'no-fix': true })
  expect(parseIso(String(atIso))).not.toBeNull()
})

it('makes no command of what no flag can say', () => {
  const args = z.strictObject({ list: z.array(z.int()) })
  const row = read('desk', args, reply<object>(), { rest: 'folder' })
  expect(() => rowUsage('toy.list', 'toy list', row)).toThrow('toy.list: no flag says list')
})

it('is worked out by a build as by the sources, each under words of its own', async () => {
  const load = rowCommandFacts.load as (id: string) => Promise<string | null>
  const id = join(repository, 'firmware-runtime/runtime/api/row-commands.ts')
  expect(await load(id)).toBe(`export const rowCommands = ${JSON.stringify(rowCommands)}`)
  expect(await load(join(repository, 'firmware-runtime/base/desk/commands/acts.ts'))).toBeNull()
  const paths = rowCommands.map(({ line }) => line.split(' --', 1)[0])
  expect(new Set(paths).size).toBe(paths.length)
  expect(paths.length).toBeGreaterThan(50)
})

it('costs two files: the row and its handler', () => {
  const tree = [...readTree()].filter(([path]) => path.startsWith('firmware-runtime/'))
  const naming = (call: string): string[] =>
    tree.filter(([, text]) => text.includes(`'${call}'`)).map(([path]) => path)
  expect(naming('coupons.giveBack')).toEqual([
    'firmware-runtime/money/calls/coupon.ts',
    'firmware-runtime/money/desk/handlers/control-coupons.ts',
  ])
  const byHand = rowCommands.flatMap(({ call }) =>
    naming(call).filter((path) => /\/commands\/|\/desk\/folder\/|\/row-usage/.test(path)),
  )
  // Commands that do more use the same rows, and exit with 1 under a condition of their own.
  expect([...new Set(byHand)].toSorted()).toEqual([
    'firmware-runtime/acceptance/desk/commands/acceptance.ts',
    'firmware-runtime/acceptance/desk/folder/overrides-here.ts',
    'firmware-runtime/lane/desk/commands/inside.ts',
    'firmware-runtime/lane/desk/commands/place.ts',
    'firmware-runtime/lane/desk/commands/rehearse.ts',
    'firmware-runtime/runtime/api/row-usage.ts',
    'firmware-runtime/runtime/commands/lot.ts',
  ])
})
