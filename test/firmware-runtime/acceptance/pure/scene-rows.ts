// Rows, frames and accesses of a scene, one at a time: what a lane, a queue or a platform writes.
import type { AccessFact, FrameFact, PlatformWord } from '#ledger/pure/facts.ts'
import { dayMs, isoOf } from '#base/pure/values/instant.ts'
import type { ChannelName } from '#base/pure/lot/config.ts'
import type { BatchKind, DestinationName, LedgerRow, RowDraft } from '#base/pure/rows/ledger-row.ts'
import { countedBy, psamTerminal, startMs } from './lot-constants.ts'

/** Rows in order; their hash chain is not checked here. */
export class SceneRows {
  readonly rows: LedgerRow[] = []
  readonly frames: FrameFact[] = []
  readonly accesses: AccessFact[] = []
  readonly words: PlatformWord[] = []
  protected atMs = startMs
  protected count = 0

  row(draft: RowDraft): void {
    const place = { nodeId: 'n1', seq: this.rows.length + 1, prevHash: '', hash: '' }
    this.rows.push({ ...draft, ...place })
  }

  /** Adds `count` answers of `tookMs` each. */
  answers(interfaceId: string, count: number, tookMs: number): void {
    for (let i = 0; i < count; i++)
      this.accesses.push({
        atIso: isoOf(this.atMs),
        interfaceId,
        status: 200,
        respCode: '100000',
        requestId: `A${interfaceId}${i}`,
        tookMs,
        destination: 'platform',
        ...(interfaceId === 'signIn' ? { laneId: 'exit' } : {}),
      })
  }

  boot(atMs: number, batchesTo: readonly DestinationName[] = ['platform', 'operator']): void {
    const made = { repair: 'A', version: '0', build: 'source', schema: 12, mode: 'demo' } as const
    this.row({ kind: 'boot', atMs, body: { ...made, chargeMode: 'card', batchesTo } })
  }

  access(
    interfaceId: string,
    requestId: string,
    destination: ChannelName = 'platform',
    over: Partial<AccessFact> = {},
  ): void {
    this.accesses.push({
      atIso: isoOf(this.atMs),
      interfaceId,
      status: 200,
      respCode: '100000',
      requestId,
      destination,
      tookMs: 120,
      ...over,
    })
  }

  frame(stayId: string, direction: 'in' | 'out', type: string, fields: FrameFact['fields']): void {
    const hex = `${type}${String(fields['station'] ?? '')}`
    this.frames.push({
      stayId,
      laneId: 'exit',
      atIso: isoOf(this.atMs),
      direction,
      type,
      hex,
      fields,
    })
  }

  signIn(laneId: string): void {
    const psamNo = laneId === 'exit' ? psamTerminal : `lane ${laneId}`
    const body = { psamNo, status: 1, validUntilMs: this.atMs + dayMs }
    this.row({ kind: 'signIn', atMs: this.atMs, laneId, body })
    this.access('signIn', `RS${laneId}`, 'platform', { laneId })
  }

  upload(
    stayId: string,
    deductionId: string | null,
    op: string,
    destination: DestinationName,
    businessNo: string,
    laneId = 'exit',
    /** Null: nothing answered it. */
    answer: object | null = {},
  ): string {
    const outboxId = `U${++this.count}`
    const own = { stayId, laneId, ...(deductionId === null ? {} : { deductionId }) }
    const counted = countedBy(op, laneId, this.atMs)
    const body = { outboxId, destination, op, businessNo, body: '{}', bodySm3: '', ...counted }
    this.row({ kind: 'outbox', atMs: this.atMs, ...own, amountFen: 300, body } as RowDraft)
    if (answer === null) return outboxId
    this.access(op === 'exitUpload' ? 'charge' : op, `R${outboxId}`, destination)
    this.answered(own, outboxId, answer)
    return outboxId
  }

  /** Half a second after the request. */
  protected answered(own: Partial<LedgerRow>, outboxId: string, answer: object): void {
    const body = {
      outboxId,
      state: 'confirmed',
      attempt: 1,
      httpStatus: 200,
      respCode: '100000',
      requestId: `R${outboxId}`,
      tradeNo: 'T1',
      note: null,
      ...answer,
    }
    this.row({ kind: 'outboxState', atMs: this.atMs + 500, ...own, body } as RowDraft)
  }

  /** An hourly batch belongs to no lane and no car. */
  batch(
    { destination, kind }: { readonly destination: DestinationName; readonly kind: BatchKind },
    fromMs: number,
    seqs: readonly number[],
    atMs: number,
  ): void {
    const outboxId = `U${++this.count}`
    const businessNo = `${kind}${isoOf(fromMs).slice(0, 13)}-1`
    const batch = { kind, fromMs, revision: 1, seqs }
    const own = { outboxId, destination, op: 'batch', businessNo } as const
    this.row({ kind: 'outbox', atMs, body: { ...own, body: '{}', bodySm3: '', batch } })
    const requestId = `R${outboxId}`
    this.access('PUT /v1/batches', requestId, destination, { atIso: isoOf(atMs) })
    const answer = { httpStatus: 200, respCode: '100000', requestId, tradeNo: null, note: null }
    const state = { outboxId, state: 'confirmed', attempt: 1, ...answer } as const
    this.row({ kind: 'outboxState', atMs: atMs + 500, body: state })
  }
}
