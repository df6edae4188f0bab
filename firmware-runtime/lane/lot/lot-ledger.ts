// The ledger of a running lot: its rows, the state computed from them, the numbers it issues, and its events.
// Everything durable goes through `append`; the state is only the fold of the appended rows.
import type { RowRequest } from '#devices/pure/charge/freeze-row.ts'
import type { LateEnv } from '#devices/pure/charge/freeze-row.ts'
import { foldInto, type Folded } from '#ledger/pure/fold/folded.ts'
import { giveOut, mintId } from '#ledger/pure/lot/lot.ts'
import { type LotState } from '#ledger/pure/lot/lot-state.ts'
import type { QueueState } from '#ledger/pure/queue/queue.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import type { InstantMs } from '#base/pure/values/instant.ts'
import type { LedgerRow, RowDraft } from '#base/pure/rows/ledger-row.ts'
import type { Dialect } from '#ledger/ports/dialect.ts'
import type { FoundFold } from '#ledger/ports/fold-cache.ts'
import { wholeTurn } from '#base/pure/faults/whole-turn.ts'
import { RunningCommands } from './done-commands.ts'
import { EventLog } from './event-log.ts'
import { foldLedger, noFold } from './upkeep/fold-start.ts'
import type { LotParts } from './lot-parts.ts'
import { frozenRows, outboxRowAt, type OutboxMaker, type OutboxRow } from './queue/outbox-rows.ts'

/** Rows that belong to the transaction of others, and what to do when it is durable. */
export interface JoinedRows {
  readonly rows: readonly RowDraft[]
  done(): void
}

export class LotLedger {
  readonly lot: LotState
  readonly queue: QueueState
  /** Row of the stored state with which this start began; 0: all rows were folded. */
  readonly keptSeq: number
  readonly events: EventLog
  readonly commands = new RunningCommands()
  /** Called in the turn that has written rows: a listener takes note and acts later. */
  readonly onRows = new Set<() => void>()
  protected readonly parts: LotParts
  private readonly folded: Folded
  private lastOutbox: OutboxRow | null = null
  private fullSince: InstantMs | null = null

  /** `kept` is not part of `parts`, so that it can be freed when the state was made from it. */
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

  /** Elapsed ms, sleep of the machine included; no clock that is set moves it. */
  steadyMs(): number {
    return this.parts.business.steadyMs()
  }

  get dialect(): Dialect {
    return this.parts.dialect
  }

  /** The dialect of a destination. */
  readonly dialectAt = (destination: string): Dialect =>
    this.parts.dialectAt?.(destination) ?? this.parts.dialect

  /** Null: the province compares no networks. */
  get cardNetworks(): readonly string[] | null {
    const { networks } = this.parts.dialect.rules
    return networks === null ? null : (this.parts.config.cardNetworks ?? networks)
  }

  monoMs(): number {
    return Math.floor(this.parts.mono.nowUs() / 1000)
  }

  /** Number of the last row. */
  get headSeq(): number {
    return this.parts.ledger.head.seq
  }

  /** Rows behind a number, oldest first. */
  rowsAfter(seq: number): Iterable<LedgerRow> {
    return this.parts.ledger.rows(seq)
  }

  /** Also for rows outside lanes (sign-in, acts of people). Throws on failure. */
  append(drafts: readonly RowDraft[]): readonly LedgerRow[] {
    return wholeTurn(() => this.appended(drafts))
  }

  private appended(drafts: readonly RowDraft[]): readonly LedgerRow[] {
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
    for (const written of this.onRows) written()
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

  /** Since when its disk has refused rows; null: the last row was accepted. */
  get fullSinceMs(): InstantMs | null {
    return this.fullSince
  }

  /** Null: no rows belong to these. */
  protected joined(_drafts: readonly RowDraft[]): JoinedRows | null {
    return null
  }

  /**
   * The outbox row at that place. Most records are sent right after they were written or read, so the last one is
   * cached.
   */
  outboxAt(seq: number): OutboxRow {
    if (this.lastOutbox?.seq !== seq) this.lastOutbox = outboxRowAt(this.parts.ledger, seq)
    return this.lastOutbox
  }

  /** For rows that no car waits for: false when the disk is full; the caller tries again. */
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

  /** Marks the numbers of this step as issued. */
  took<Step extends { readonly lastId: number }>(step: Step): Step {
    giveOut(this.lot, step.lastId)
    return step
  }

  /** Rows in the form of the ledger. Throws UPLOAD-01 or UPLOAD-02 for a record that cannot be encoded. */
  frozen(rows: readonly RowRequest[]): RowDraft[] {
    const maker = this.outboxMaker()
    return rows.flatMap((row) => (row.kind === 'freeze' ? frozenRows(maker, row) : [row]))
  }
}
