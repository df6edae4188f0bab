// Rows of a lot with reservations, and a lot folded from them.
// All times are on one day of the lot.
import { emptyLot, foldRow } from '#ledger/pure/lot/lot.ts'
import type { LotState } from '#ledger/pure/lot/lot-state.ts'
import { instantOfIso } from '#base/pure/values/instant.ts'
import type { RowDraft } from '#base/pure/rows/ledger-row.ts'
import type {
  Reservation,
  ReservationEffect,
  ReservationRow,
  Share,
} from '#base/pure/rows/reservation-row.ts'
import { cameIn } from '../lot/row-kit.ts'

export const at = (clock: string): number => instantOfIso(`2026-03-02T${clock}:00+08:00`)

export const reservation = (over: Partial<Reservation> = {}): Reservation => ({
  orderNo: 'R1',
  kind: 'reserved',
  plate: '粤B12345',
  colour: 'blue',
  fromMs: at('10:00'),
  toMs: at('12:00'),
  terms: { kind: 'none' },
  shareNo: null,
  ...over,
})

export const share = (over: Partial<Share> = {}): Share => ({
  shareNo: 'S1',
  spaces: 1,
  fromMs: at('00:00'),
  toMs: at('00:00') + 30 * 86_400_000,
  fromMin: 540,
  toMin: 1080,
  parts: [
    { providerId: 'P1', bp: 3333 },
    { providerId: 'P2', bp: 3333 },
  ],
  ...over,
})

export class Scene {
  readonly lot: LotState = emptyLot()
  nowMs = at('09:50')
  #seq = 0
  #commands = 0

  row(draft: RowDraft): this {
    const seq = ++this.#seq
    foldRow(this.lot, { ...draft, nodeId: 'n1', seq, prevHash: '', hash: '' })
    return this
  }

  own(body: ReservationRow): this {
    return this.row({ kind: 'reservation', atMs: this.nowMs, body })
  }

  joined(): this {
    return this.own({ row: 'joined', parkCode: '44' })
  }

  did(effect: ReservationEffect): this {
    const cmdId = `C${++this.#commands}`
    return this.own({ row: 'command', cmdId, sm3: cmdId, answer: 'done', effect })
  }

  enters(stayId: string, plate: string | null, clock: string): this {
    this.nowMs = at(clock)
    const { nowMs: atMs } = this
    this.row(cameIn(stayId, atMs, { plate }))
    const used = { type: 'passUsed', detail: 'entered' } as const
    return this.row({ kind: 'event', atMs, laneId: 'entry', stayId, body: used })
  }

  leaves(stayId: string, clock: string, laneId: string | undefined = 'exit'): this {
    this.nowMs = at(clock)
    const { nowMs: atMs } = this
    const body = { end: 'other', leftAtMs: atMs } as const
    return this.row({
      kind: 'stayClosed',
      atMs,
      stayId,
      ...(laneId === '' ? {} : { laneId }),
      body,
    })
  }

  due(): string[] {
    return [...this.lot.reservations.due.values()].map(({ fact }) =>
      fact.kind === 'reservation' ? fact.what : fact.kind,
    )
  }
}
