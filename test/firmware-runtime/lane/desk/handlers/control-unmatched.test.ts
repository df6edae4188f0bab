// Readings of a gantry that charged nobody: those like the plate of a car that owes are listed with the reason, until that car
// owes nothing or a day has passed.
import { expect, it } from 'vitest'
import { unmatchedCalls } from '#lane/desk/handlers/control-unmatched.ts'
import { isoOf } from '#base/pure/values/instant.ts'
import { cardReadEvent } from '../../pure/lane-bench.ts'
import { cameIn } from '../../pure/lot/row-kit.ts'
import { startMs } from '../../../runtime/control/control-kit.ts'
import { PlaceLot } from '../../../runtime/control/place-lot.ts'

const plate = '测B88125'

/** Cars that left their spaces a minute ago, each owing 5 yuan; then a car passes the gantry. */
function passed(...plates: readonly (string | null)[]) {
  const lot = new PlaceLot([], '7.2.5')
  const { runtime } = lot
  const leftAtMs = startMs - 60_000
  for (const [n, of] of plates.entries()) {
    const [stayId, orderId] = [`n1-S9${n}`, `n1-O9${n}`]
    const refs = { atMs: startMs, laneId: 'mag', stayId }
    const spaceId = `P${n + 1}`
    const order = { tariffId: 't', fromMs: leftAtMs, toMs: leftAtMs, lines: [], plateRaw: null }
    runtime.append([
      cameIn(stayId, startMs - 3_600_000, { plate: of, spaceId }),
      { kind: 'spaceLeft', ...refs, body: { spaceId, leftAtMs, seenAtMs: leftAtMs, by: 'space' } },
      { kind: 'orderMade', ...refs, orderId, amountFen: 500, body: { ...order, plate: of } },
    ])
  }
  const heard = cardReadEvent()
  const vehicle = { ...heard.vehicle, plate, plateRaw: plate }
  runtime.dispatch('gantry', { ...heard, vehicle })
  return { lot, list: () => unmatchedCalls({ runtime })['spaces.unmatched']().rows }
}
const other = (last: string): string => plate.slice(0, -1) + last

it('lists the reading with the car that it may be, and why that one was not charged', () => {
  const { list } = passed(other('S'))
  expect(list()).toMatchObject([
    {
      laneId: 'gantry',
      plate,
      atIso: isoOf(startMs),
      candidates: [{ stayId: 'n1-S90', plate: other('S'), dueFen: 500, why: 'unlike' }],
    },
  ])
  expect(list()[0]?.candidates[0]?.parts).not.toEqual([])
})

it.each<[string, readonly (string | null)[]]>([
  ['a car that is like none', ['测C77777']],
  ['a road on which nobody owes', []],
  ['a car without a plate', [null]],
  ['a car that is charged', [plate]],
])('lists nothing of %s', (_name, plates) => {
  expect(passed(...plates).list()).toEqual([])
})

it('forgets it once the car has paid', () => {
  const { lot, list } = passed(other('S'))
  const refs = { atMs: startMs, stayId: 'n1-S90', orderId: 'n1-O90', amountFen: 500 }
  const body = { paymentId: 'n1-M1', means: 'cash', by: '甲', reason: null } as const
  lot.runtime.append([{ kind: 'payment', ...refs, body }])
  expect(list()).toEqual([])
})

it('forgets it after a day', () => {
  const { lot, list } = passed(other('S'))
  lot.clock.advance(24 * 3_600_000 - 1)
  expect(list()).toHaveLength(1)
  lot.clock.advance(1)
  expect(list()).toEqual([])
})
