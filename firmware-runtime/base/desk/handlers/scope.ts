// What the files of handlers share: the lot that they are made for, and their one shape. table.ts joins them.
import type { ApiReply } from '../../calls/rows.ts'
import type { LotConfig } from '../../pure/lot/config.ts'
import type { MonoClock } from '../../ports/clocks.ts'
import type { LedgerService } from '#ledger/ports/ledger-service.ts'
import type { LotRuntime } from '#lane/lot/lot-runtime.ts'
import type { Caller, PeopleGate } from '#lane/people/people-gate.ts'
import type { ControlActs } from './control-acts.ts'
import type { OpenDrawer } from './day-drawer.ts'
import type { Handlers } from './handlers.ts'
import type { PhotoDrafts } from './photo-drafts.ts'
import type { ShiftFence } from './shift-fence.ts'

/** What every running lot has. */
interface LotScope {
  readonly config: LotConfig
  readonly runtime: LotRuntime
  readonly mono: MonoClock
  readonly service: LedgerService
  readonly version: string
  readonly acts: ControlActs
  readonly photos: PhotoDrafts
  /** Opens the drawer of the lot, or says why it cannot. */
  readonly drawer: OpenDrawer
  readonly fence: ShiftFence
  /** Null: the lot has no accounts. */
  readonly gate: PeopleGate | null
  /** Makes a call for this caller. */
  call(name: string, args: unknown, caller: Caller): Promise<ApiReply<unknown>>
}

/** What a file uses of them, and its own parts, which a lot may lack: one in memory has no folder. */
export type Lot<K extends keyof LotScope, Own = unknown> = Pick<LotScope, K> & Partial<Own>

/** Handlers of calls, typed by their names; a file has one table of them. */
export const defineCalls = <L, T extends Partial<Handlers>>(make: (lot: L) => T) => make
