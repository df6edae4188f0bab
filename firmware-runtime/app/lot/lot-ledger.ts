// What a lot knows: its rows, the state they come to, the numbers it gives out, and its events.
// Everything durable goes through `append`; state is only ever the fold of what was appended.
import type { RowRequest } from '../../core/charge/freeze-row.ts'
import type { LateEnv } from '../../core/charge/freeze-row.ts'
import { foldInto, type Folded } from '../../core/fold/folded.ts'
import { giveOut, mintId } from '../../core/lot/lot.ts'
import { type LotState } from '../../core/lot/lot-state.ts'
import type { QueueState } from '../../core/queue/queue.ts'
import { LaneFault } from '../../core/faults/faults.ts'
import type { InstantMs } from '../../core/values/instant.ts'
import type { LedgerRow, RowDraft } from '../../core/values/rows/ledger-row.ts'
import type { Dialect } from '../../ports/dialect.ts'
import type { FoundFold } from '../../ports/fold-cache.ts'
import { RunningCommands } from './done-commands.ts'
import { EventLog } from './event-log.ts'
import { foldLedger, noFold } from './fold-start.ts'
import type { LotParts } from './lot-parts.ts'
import { frozenRows, outboxRowAt, type OutboxMaker, type OutboxRow } from './outbox-rows.ts'

/** Rows that belong into the transaction of others, and what is done once it is durable. */
export interface JoinedRows {
  readonly rows: readonly RowDraft[]
  done(): void
}

export class LotLedger {
  readonly lot: LotState
  readonly queue: QueueState
  /** Row of the kept state with which this start began; 0 when all rows were folded. */
  readonly keptSeq: number
  readonly events: EventLog
  readonly commands = new RunningCommands()
  protected readonly parts: LotParts
  private readonly folded: Folded
  private lastOutbox: OutboxRow | null = null
  private fullSince: InstantMs | null = null

  /** `kept` is not part of `parts`: once the state is made of it, it is not held any longer. */
  constructor(parts: LotParts, kept: FoundFold = noFold) {
    this.parts = parts
    this.events = new EventLog(parts.lastEventSeq)
    const { folded, keptSeq, how } = foldLedger(parts.ledger, kept, this.monoMs(), (seq) =>
      this.outboxAt(seq),
    )
    this.folded = folded
    this.lot = folded.lot
    this.queue = folded.queue
    this.keptSeq = keptSeq
    this.trace('', null, 'started', how)
  }

  nowMs(): number {
    return this.parts.business.nowMs()
  }

  get dialect(): Dialect {
    return this.parts.dialect
  }

  /** How this destination is spoken to. */
  readonly dialectAt = (destination: string): Dialect =>
    this.parts.dialectAt?.(destination) ?? this.parts.dialect

  /** Null where the province compares none. */
  get cardNetworks(): readonly string[] | null {
    const { networks } = this.parts.dialect.rules
    return networks === null ? null : (this.parts.config.cardNetworks ?? networks)
  }

  monoMs(): number {
    return Math.floor(this.parts.mono.nowUs() / 1000)
  }

  /** Also for rows of the app itself (sign-in, people's acts outside a lane). Throws on failure. */
  append(drafts: readonly RowDraft[]): readonly LedgerRow[] {
    const joined = this.joined(drafts)
    const all = (joined === null ? drafts : [...drafts, ...joined.rows]).map((draft) =>
      this.commands.signed(draft),
    )
    const rows = this.taken(all)
    for (const row of rows) {
      foldInto(this.folded, row, null)
      if (row.kind === 'outbox') this.lastOutbox = row
    }
    joined?.done()
    return rows
  }

  private taken(all: readonly RowDraft[]): readonly LedgerRow[] {
    try {
      const rows = this.parts.ledger.append(all)
      if (all.length > 0) this.fullSince = null
      return rows
    } catch (error) {
      if (error instanceof LaneFault && error.code === 'DATA-02') this.fullSince ??= this.nowMs()
      throw error
    }
  }

  /** Since when its disk takes no row; null: the last one was taken. */
  get fullSinceMs(): InstantMs | null {
    return this.fullSince
  }

  /** Null where nothing belongs to these rows. */
  protected joined(_drafts: readonly RowDraft[]): JoinedRows | null {
    return null
  }

  /** The outbox row at that place. Most records are sent when they are written or were just read: then it is there. */
  outboxAt(seq: number): OutboxRow {
    if (this.lastOutbox?.seq !== seq) this.lastOutbox = outboxRowAt(this.parts.ledger, seq)
    return this.lastOutbox
  }

  /** Rows that no car waits for: on a full disk they are left out (false) and come again. */
  appendQuietly(rows: readonly RowDraft[]): boolean {
    try {
      this.append(rows)
      for (const row of rows)
        if (row.kind === 'outboxState' && row.body.state === 'confirmed')
          this.trace('', row.stayId ?? null, 'uploaded', row.body.outboxId)
      return true
    } catch (error) {
      if (!(error instanceof LaneFault)) throw error
      if (error.code !== 'DATA-02') this.parts.fatal(error)
      return false
    }
  }

  trace(
    laneId: string,
    stayId: string | null,
    type: Parameters<EventLog['add']>[2]['type'],
    detail: string,
  ): void {
    this.events.add(this.nowMs(), this.parts.mono.nowUs(), { laneId, stayId, type, detail })
  }

  mint(letter: string): string {
    return mintId(this.lot, this.parts.config, letter)
  }

  outboxMaker(): OutboxMaker {
    return {
      config: this.parts.config,
      dialect: this.parts.dialect,
      dialectAt: this.dialectAt,
      crypto: this.parts.crypto,
      listVersion: this.parts.statusList.version,
      hasDestination: this.parts.config.platform !== null,
      mint: (letter) => this.mint(letter),
      orderOf: (orderId) => this.lot.orders.get(orderId),
      policy: {
        filters: this.parts.dialect.rules.filters,
        networks: this.cardNetworks,
        isListed: (no, atMs) => this.parts.statusList.has(no, atMs),
        chargedMs: (cardNo) => this.lot.chargedAtMs.get(cardNo) ?? null,
      },
    }
  }

  lateEnv(): LateEnv {
    return {
      nowMs: this.nowMs(),
      lotId: this.parts.config.lotId,
      nodeId: this.parts.config.nodeId,
      lastId: this.lot.lastId,
      hasPlatform: this.parts.config.platform !== null,
    }
  }

  /** The numbers of this step are its own from now on. */
  took<Step extends { readonly lastId: number }>(step: Step): Step {
    giveOut(this.lot, step.lastId)
    return step
  }

  /** Rows as the ledger takes them. Throws UPLOAD-01 or UPLOAD-02 for a record that cannot be written. */
  frozen(rows: readonly RowRequest[]): RowDraft[] {
    const maker = this.outboxMaker()
    return rows.flatMap((row) => (row.kind === 'freeze' ? frozenRows(maker, row) : [row]))
  }
}
