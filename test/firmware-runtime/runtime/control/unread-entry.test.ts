// A car that came in unread and stands at an exit: it is offered with its entry photo, a person picks it, and it is priced
// from its entry. What a person may not pick is refused, and nothing is written.
import { describe, expect, it, test } from 'vitest'
import type { BoardView, CarView } from '#lane/calls/views.ts'
import { guardOf } from '../../../kit/guard-of.ts'
import { arriveAtExit, makeLot, type TestLot } from './control-kit.ts'
import { call } from './owner-calls.ts'
import { violationsOf } from '../../lane/pure/lot/violations.ts'
import { cameIn } from '../../lane/pure/lot/row-kit.ts'

const who = { commandId: 'command-0001', by: '测试员', reason: '看照片' }
const hourMs = 3_600_000

function enters(lot: TestLot, stayId: string, plate: string | null, hoursAgo: number): void {
  const enteredAtMs = lot.runtime.nowMs() - hoursAgo * hourMs
  const seen = { plate, colour: 'unknown', photo: `p-${stayId}` } as const
  lot.runtime.append([cameIn(stayId, enteredAtMs, seen)])
}
async function carAt(lot: TestLot): Promise<CarView | null> {
  const board = await call(lot, 'board.get', {})
  const { lanes } = (board as { readonly data: BoardView }).data
  return lanes.find(({ laneId }) => laneId === 'exit')?.car ?? null
}
const pick = (over: object = {}) => ({
  laneId: 'exit',
  plate: '测A12346',
  unreadStayId: 'n1-S900',
  ...who,
  ...over,
})

test('it is offered before a car with a similar plate, with its photo and its entry', async () => {
  const lot = makeLot()
  enters(lot, 'n1-S900', null, 2)
  enters(lot, 'n1-S901', '测A12345', 1)
  arriveAtExit(lot, '测A12346')
  expect(await carAt(lot)).toMatchObject({
    manual: 'noStay',
    candidates: [
      { stayId: 'n1-S900', plate: null, photoId: 'p-n1-S900' },
      { stayId: 'n1-S901', plate: '测A12345' },
    ],
  })
})

test.each([
  ['the exit camera read it', '测A12346', '测A12346'],
  ['a person reads it better', '测A12846', '测A12346'],
  ['the exit camera read nothing either', null, '测B00001'],
] as const)('picked, it is priced from its entry: %s', async (_name, read, plate) => {
  const lot = makeLot()
  enters(lot, 'n1-S900', null, 2)
  arriveAtExit(lot, read)
  const { candidates = [] } = (await carAt(lot)) ?? {}
  expect(candidates).toMatchObject([{ stayId: 'n1-S900', plate: null }])
  expect(await call(lot, 'lane.correctPlate', pick({ plate }))).toMatchObject({ ok: true })
  const car = await carAt(lot)
  expect(car).toMatchObject({ stayId: 'n1-S900', plate, stayMin: 120 })
  expect(car?.dueFen).toBeGreaterThan(0)
  expect(candidates[0]?.dueFen).toBe(car?.dueFen)
  const rows = lot.ledger.list.filter(({ kind }) => kind === 'plateRead')
  expect(rows).toMatchObject([
    { laneId: 'entry', stayId: 'n1-S900', body: { plate, said: { by: 'person' } } },
  ])
  expect(await call(lot, 'lane.correctPlate', pick({ plate }))).toMatchObject({
    data: { repeated: true },
  })
  const violations = violationsOf(lot.ledger.list)
  expect(violations.filter(({ id }) => id === 'M1')).toEqual([])
})

test('each candidate says what it would owe, while the clock may price', async () => {
  const lot = makeLot()
  enters(lot, 'n1-S900', null, 2)
  enters(lot, 'n1-S901', '测A12345', 1)
  arriveAtExit(lot, '测A12346')
  const due = async () => (await carAt(lot))?.candidates?.map(({ dueFen }) => dueFen)
  const [unread = 0, read = 0] = (await due()) ?? []
  expect(unread).toBeGreaterThan(read ?? 0)
  expect(read).toBeGreaterThan(0)
  lot.runtime.trustedTime(600_000)
  expect(lot.runtime.clockDoubt).not.toBeNull()
  expect(await due()).toEqual([null, null])
})

describe('refused, and nothing is written', () => {
  it.each([
    ['a car that is not inside', { unreadStayId: 'n1-S999' }, '/unreadStayId'],
    ['a car with a plate', { unreadStayId: 'n1-S901' }, '/unreadStayId'],
    ['the plate of another car inside', { plate: '测A88888' }, '/plate'],
    [
      'an unread car as one with a plate',
      { unreadStayId: undefined, stayId: 'n1-S900' },
      '/stayId',
    ],
    ['no plate', { plate: '???' }, '/plate'],
  ] as const)('%s', async (_name, over, field) => {
    const lot = makeLot()
    enters(lot, 'n1-S900', null, 2)
    enters(lot, 'n1-S901', '测A88888', 1)
    arriveAtExit(lot, '测A12346')
    const before = lot.ledger.list.length
    const reply = await call(lot, 'lane.correctPlate', pick(over))
    expect(reply).toMatchObject({ ok: false, error: { code: 'API-01', field } })
    expect(lot.ledger.list).toHaveLength(before)
  })
})

it('needs the PIN of a typed plate: it sets what the car owes', () => {
  const given = { letsOut: true, unreadStayId: 'n1-S900' }
  expect(guardOf('lane.correctPlate', given as never)).toBe('pin')
})
