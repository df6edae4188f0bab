// The list of spaces: each with the car that the ledger has there, what it would owe if it left now, and since when it stands
// longer than the lot allows.
import { expect, it, vi } from 'vitest'
import type { SpaceRow } from '#lane/calls/sensors-views.ts'
import { spaceCalls } from '#lane/desk/handlers/control-spaces.ts'
import type { LotConfig } from '#base/pure/lot/config.ts'
import { departureRows } from '#lane/pure/open/open-rows.ts'
import { isoOf } from '#base/pure/values/instant.ts'
import { present } from '#base/pure/values/must.ts'
import { carObu } from '../../pure/open/open-kit.ts'
import { cameIn } from '../../pure/lot/row-kit.ts'
import { lotFile } from '../../lot/lot-kit.ts'
import { startMs } from '../../../runtime/control/control-kit.ts'
import { PlaceLot } from '../../../runtime/control/place-lot.ts'

const hourMs = 3_600_000
const streets = [
  { name: '北侧', stand: 'parallel', spaces: [{ id: 'A1' }, { id: 'A2' }] },
  { name: '南侧', stand: 'parallel', spaces: [{ id: 'B1' }] },
]

interface Street {
  readonly lot: PlaceLot
  list(withoutDue?: boolean): readonly SpaceRow[]
}
function street(spaceHours?: number): Street {
  const lot = new PlaceLot([], '7.2.3')
  const config = { ...lotFile(), streets, upkeep: { spaceHours } } as unknown as LotConfig
  const call = spaceCalls({ runtime: lot.runtime, config, acts: lot.acts })
  return { lot, list: (withoutDue) => call['spaces.list']({ withoutDue }).rows }
}
const comes = ({ lot }: Street, spaceId: string, plate: string | null, agoMs: number): string => {
  const { runtime } = lot
  const stayId = runtime.mint('S')
  runtime.append([cameIn(stayId, runtime.nowMs() - agoMs, { plate, spaceId })])
  return stayId
}

it('has every space in the order of its street, and the cars that stand there', () => {
  const own = street()
  const stayId = comes(own, 'B1', '测B00001', 90 * 60_000)
  expect(own.list().map(({ spaceId, street: name, stay }) => [spaceId, name, stay])).toEqual([
    ['A1', '北侧', null],
    ['A2', '北侧', null],
    [
      'B1',
      '南侧',
      {
        stayId,
        plate: '测B00001',
        enteredAtIso: isoOf(startMs - 90 * 60_000),
        isRead: false,
        dueFen: 500,
        overIso: null,
      },
    ],
  ])
})

it.each([
  ['an hour', 1, 300],
  ['five hours', 5, 1_100],
  ['more than a day', 30, 4_000],
])('a car that stands %s owes what its order would be now', (_, hours, dueFen) => {
  const own = street()
  const stayId = comes(own, 'A1', null, hours * hourMs)
  const { lot, tariff } = own.lot.runtime
  const stay = present(lot.stays.get(stayId), 'it stands there')
  const left = { leftAtMs: startMs, seenAtMs: startMs, by: 'space' } as const
  const env = { laneId: 'mag', nowMs: startMs, mint: () => 'n1-O9' }
  const order = departureRows(lot, tariff, stay, left, env).find(({ kind }) => kind === 'orderMade')
  expect([own.list()[0]?.stay?.dueFen, order]).toMatchObject([dueFen, { amountFen: dueFen }])
})

it('prices a car anew only after a minute', () => {
  const own = street()
  comes(own, 'A1', '测B00001', hourMs)
  expect(own.list()[0]?.stay?.dueFen).toBe(300)
  own.lot.clock.advance(20_000)
  expect(own.list()[0]?.stay?.dueFen).toBe(300)
  own.lot.clock.advance(hourMs)
  expect(own.list()[0]?.stay?.dueFen).toBe(700)
})

it('prices at most 250 cars anew in one call, and every new one at once', () => {
  const lot = new PlaceLot([], '7.2.3')
  const ids = Array.from({ length: 300 }, (_, n) => `C${n}`)
  const long = [{ name: '北侧', stand: 'parallel', spaces: ids.map((id) => ({ id })) }]
  const config = { ...lotFile(), streets: long } as unknown as LotConfig
  const call = spaceCalls({ runtime: lot.runtime, config, acts: lot.acts })
  for (const id of ids) comes({ lot, list: () => [] }, id, null, hourMs)
  const dues = (): readonly number[] => {
    const all = call['spaces.list']({}).rows.map(({ stay }) => stay?.dueFen)
    return [300, 700].map((fen) => all.filter((due) => due === fen).length)
  }
  expect(dues()).toEqual([300, 0])
  lot.clock.advance(hourMs + 1)
  expect(dues()).toEqual([50, 250])
  expect(dues()).toEqual([0, 300])
})

it('says that the OBU was read at the space', () => {
  const own = street()
  const stayId = comes(own, 'A1', null, hourMs)
  const body = { spaceId: 'A1', obu: carObu, proof: null, why: 'rsuGone', by: null }
  own.lot.runtime.append([{ kind: 'zeroRecord', atMs: startMs, laneId: 'handheld', stayId, body }])
  expect(own.list()[0]?.stay?.isRead).toBe(true)
})

it.each<[number | undefined, number, number | null]>([
  [undefined, 100, null],
  [2, 2, null],
  [2, 2.5, 0.5],
  [24, 30, 6],
])('with a limit of %s h, after %d h it is over for %s h', (limit, hours, over) => {
  const own = street(limit)
  comes(own, 'A1', '测B00001', hours * hourMs)
  const overIso = over === null ? null : isoOf(startMs - over * hourMs)
  expect(own.list()[0]?.stay?.overIso).toBe(overIso)
})

it.each([
  ['an hour', 1],
  ['three hours', 3],
  ['more than a day', 30],
])('without amounts prices nothing and says all else, after %s', (_, hours) => {
  const own = street(2)
  comes(own, 'A1', '测B00001', hours * hourMs)
  comes(own, 'B1', null, hours * hourMs)
  const tariff = vi.spyOn(own.lot.runtime, 'tariff', 'get')
  const bare = own.list(true)
  expect(tariff).not.toHaveBeenCalled()
  const full = own.list()
  expect(tariff).toHaveBeenCalledTimes(2)
  expect(full.map(({ stay }) => stay?.dueFen === undefined)).toEqual([false, true, false])
  expect(bare).toEqual(
    full.map((row) => ({ ...row, stay: row.stay && { ...row.stay, dueFen: null } })),
  )
})
