// Shared by the tests of open lots: an OBU as it was read, and the rows of a car that left its space.
// All numbers are invented.
import type { CarObu } from '#base/pure/values/car-obu.ts'
import { obuId, cardNo, plate } from '../good-card.ts'
import type { LaneView } from '#lane/pure/lane.ts'
import type { LotState } from '#ledger/pure/lot/lot-state.ts'
import { isOfNeighbour } from '#lane/pure/open/neighbours.ts'
import { t0, type Rows } from '../lot/row-kit.ts'

export const carObu: CarObu = {
  obuId,
  issuerHex: 'B9E3CEF745010001',
  statusHex: '0001',
  obuPlate: plate,
  vehicleClass: 1,
  cardNo,
  cardType: 22,
  cardVersion: 64,
  cardPlate: plate,
  cardExpire: '20350101',
  balanceFen: 10_000,
  station0019Hex: '00'.repeat(43),
}

/** A car that stood in a space from `t0` on and left `minute` minutes later, owing 500 fen. */
export function leftSpace(rows: Rows, n: number, of: string | null, minute: number): Rows {
  const spaceId = `P${n}`
  const refs = { laneId: 'watch', stayId: `n-S${n}` }
  const leftAtMs = t0 + minute * 60_000
  const body = { plate: of, colour: 'blue', enteredAtMs: t0, noEntry: false } as const
  rows.add('stayOpened', refs, { ...body, photo: null, spaceId })
  rows.add('spaceLeft', refs, { spaceId, leftAtMs, seenAtMs: leftAtMs, by: 'space' })
  return rows.order(n)
}

/** What a lane's view knows about a street of three spaces, all watched. */
export const spacesOf = (
  lot: LotState,
  nowMs: number,
): Pick<LaneView, 'stayAt' | 'isOfNeighbour'> => ({
  stayAt: (spaceId) => {
    const stay = lot.stays.get(lot.bySpace.get(spaceId) ?? '')
    return stay === undefined ? null : { ...stay, isRecorded: stay.record !== null }
  },
  isOfNeighbour: (id, spaceId) => {
    const street = { order: ['P1', 'P2', 'P3'], comingSince: () => null }
    return isOfNeighbour({ lot, nowMs, ...street }, id, spaceId)
  },
})
