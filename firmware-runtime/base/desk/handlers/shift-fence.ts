// Limits a role without the books of the lot (ADR 331) to its own shift: stays, payments, receipts and items of other
// shifts are refused before anything is done, whichever client asks. Right and arguments of a call decide whether it is
// limited.
import { api, type ApiName } from '#runtime/api/table.ts'
import { mayDo } from '../../pure/values/roles.ts'
import { stayOfCode } from '#money/pure/billing/day-codes.ts'
import { tallyOf, type DayItem, type Tally } from '#money/pure/billing/day-items.ts'
import { isOfShift, leftInShift, ownShift } from '#money/pure/billing/own-shift.ts'
import type { RowSpan } from '#money/pure/billing/row-span.ts'
import { LaneFault } from '../../pure/faults/faults.ts'
import type { DayTally, LedgerService } from '#ledger/ports/ledger-service.ts'
import type { LotRuntime } from '#lane/lot/lot-runtime.ts'
import type { Caller } from '#lane/people/people-gate.ts'

interface FenceParts {
  readonly runtime: Pick<LotRuntime, 'nowMs' | 'lot' | 'lanes'>
  readonly service: Pick<LedgerService, 'dayTally' | 'timeline'>
  /** Stays whose receipt waits for its printer: the desk prints them, whichever shift they belong to. */
  waiting(): Promise<readonly string[]>
}

export interface ShiftNow {
  /** Name of the caller. */
  readonly name: string
  readonly span: RowSpan
  readonly rows: DayTally
  readonly tally: Tally
}

const textOf = (args: unknown, member: string): string | null => {
  const value = (args as Readonly<Record<string, unknown>> | null)?.[member]
  return typeof value === 'string' ? value : null
}

export class ShiftFence {
  private readonly parts: FenceParts

  constructor(parts: FenceParts) {
    this.parts = parts
  }

  /** The shift of the caller; null: this caller sees every shift. */
  async shiftOf({ role, person }: Pick<Caller, 'role' | 'person'>): Promise<ShiftNow | null> {
    if (role === null || mayDo(role, 'books')) return null
    const nowMs = this.parts.runtime.nowMs()
    const rows = await this.parts.service.dayTally(nowMs)
    const tally = tallyOf(rows.books)
    const span = ownShift(tally, { nowMs, uptoSeq: rows.sinceCount.uptoSeq })
    return { name: person?.name ?? '', span, rows, tally }
  }

  /** Undefined: no limit applies to this call. Throws PEOPLE-16 for another shift. */
  check(name: ApiName, args: unknown, caller: Caller): Promise<void> | undefined {
    const { right } = api[name]
    if (caller.role === null || mayDo(caller.role, 'books')) return undefined
    if (right !== 'desk' && right !== 'till') return undefined
    const [stayId, itemId] = [textOf(args, 'stayId'), textOf(args, 'itemId')]
    if (itemId !== null) return this.mustHoldItem(itemId, caller)
    if (stayId !== null) return this.mustHoldStay(stayId, caller)
    // The price of a pass belongs to no stay, and so to no shift of the desk.
    return name.startsWith('pay.') || name === 'refunds.ask'
      ? this.mustHoldStay('', caller)
      : undefined
  }

  private async mustHoldItem(itemId: string, caller: Caller): Promise<void> {
    const shift = await this.shiftOf(caller)
    const item = shift?.tally.items.get(itemId)
    // An unknown item is refused by its own call.
    if (shift === null || item === undefined || isItemOf(item, shift)) return
    throw new LaneFault('PEOPLE-16', { field: '/itemId', value: itemId })
  }

  private async mustHoldStay(stayId: string, caller: Caller): Promise<void> {
    const { runtime, service } = this.parts
    if (runtime.lot.stays.has(stayId)) return
    for (const { state } of runtime.lanes.values()) if (state.car?.stayId === stayId) return
    const shift = await this.shiftOf(caller)
    if (shift === null) return
    const { span, tally, rows } = shift
    const isOfItem = [...tally.items.values()].some(
      (item) => isItemOf(item, shift) && stayOfItem(item, rows) === stayId,
    )
    if (isOfItem && stayId !== '') return
    if (leftInShift(await service.timeline(stayId), span.fromMs)) return
    if ((await this.parts.waiting()).includes(stayId)) return
    throw new LaneFault('PEOPLE-16', { field: '/stayId', value: stayId })
  }
}

export const isItemOf = (item: DayItem, { name, span }: Pick<ShiftNow, 'name' | 'span'>): boolean =>
  isOfShift(item, { name, fromMs: span.fromMs })

const stayOfItem = ({ means, ref, stayId }: DayItem, { pays }: DayTally): string | null =>
  stayId ?? (means === 'qr' ? stayOfCode(pays, ref) : null)
