// Ledger checks of plates (part of M1): no stay is charged under another plate unless a sufficient score, a person or its
// OBU explains it. Computed from the rows alone, independent of the code of the score.
import type { LedgerRow } from '#base/pure/rows/ledger-row.ts'
import { compactPlate } from '#base/pure/plates/plate.ts'
import type { PlateMatch } from '#base/pure/plates/plate-match.ts'
import type { Checker } from './invariant-cases.ts'

type OrderRow = Extract<LedgerRow, { kind: 'orderMade' }>

/** Acts of a person that name a plate, in front of it. */
const naming = ['lane.correctPlate ', 'place.charge ']

/** True when the parts add up to the score, and the score and its lead suffice. */
function holds({ score, secondScore, scoreMin, marginMin, parts }: PlateMatch): boolean {
  const off = parts.reduce((sum, { points }) => sum + points, 0)
  const leads = secondScore === null || score - secondScore >= marginMin
  return off > 0 && score === 100 - off && score >= scoreMin && leads
}

export class PlateChecks {
  /** Plates that a person or an OBU named last, by lane. */
  readonly #said = new Map<string, string>()
  /** Readings that were found to be a stay, by that. */
  readonly #known = new Map<string, Set<string>>()
  /** Stays of cars that came in unread. */
  readonly #unread = new Set<string>()

  take(c: Checker, row: LedgerRow): void {
    const { stayId = '' } = row
    if (row.kind === 'stayOpened' && row.body.plate === null) this.#unread.add(stayId)
    if (row.kind === 'plateRead')
      c.check('M1', this.#unread.delete(stayId), row, 'a plate was added to a stay that has one')
    if (row.kind === 'stayClosed') {
      this.#known.delete(stayId)
      this.#unread.delete(stayId)
    }
    if (row.kind === 'audit') {
      const act = naming.find((one) => row.body.act.startsWith(one))
      if (act !== undefined) this.#said.set(row.laneId ?? '', row.body.act.slice(act.length))
    }
    if (row.kind === 'event' && row.body.type === 'plateOfObu')
      this.#said.set(row.laneId ?? '', row.body.detail)
    if (row.kind === 'orderMade') this.#takeOrder(c, row)
  }

  #takeOrder(c: Checker, row: OrderRow): void {
    const { plate, plateRaw, match } = row.body
    if (plate === null || plateRaw === null) return
    const { stayId = '', laneId = '' } = row
    const known = this.#known.get(stayId) ?? new Set()
    const isOwn =
      plateRaw === plate ||
      compactPlate(plateRaw).endsWith(plate) ||
      known.has(plateRaw) ||
      this.#said.get(laneId) === plate ||
      (match !== undefined && match.plateRead !== plate && holds(match))
    c.check('M1', isOwn, row, `${plateRaw} was taken for ${plate} without a score that is enough`)
    this.#known.set(stayId, known.add(plateRaw))
  }
}
