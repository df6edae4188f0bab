// Calls a person to a lane: a row, an item on the board until somebody takes it, and a web hook that is tried several
// times. No lane waits for it; a failing hook is among the lasting faults.
import type { PersonCallView } from '../calls/help.ts'
import type { FaultCode } from '#base/pure/faults/faults.ts'
import { dayMs, instantOfIso, isoOf } from '#base/pure/values/instant.ts'
import type { RowDraft } from '#base/pure/rows/ledger-row.ts'
import {
  callDetail,
  callRowOf,
  OpenCalls,
  personCallEvent,
  type CallCause,
  type CallRow,
  type PersonCall,
} from '../pure/lot/person-calls.ts'
import type { CallHook } from '#base/ports/call-hook.ts'
import type { MonoClock } from '#base/ports/clocks.ts'
import type { LedgerService } from '#ledger/ports/ledger-service.ts'
import { Timers } from '#base/process/machine.ts'
import type { LotRuntime } from './lot-runtime.ts'

interface CallParts {
  readonly runtime: LotRuntime
  readonly mono: MonoClock
  readonly service: Pick<LedgerService, 'query'>
  readonly lotId: string
  /** A car that waits longer for a person makes a call automatically; null: never. */
  readonly afterMs: number | null
  /** Null: nobody outside is informed. */
  readonly hook: CallHook | null
}

/** Waits between tries of the hook; after the last one it is given up. */
const againMs = [2_000, 10_000, 30_000, 120_000] as const
const pageRows = 1_000

export class PersonCalls {
  readonly #parts: CallParts
  readonly #calls = new OpenCalls()
  readonly #timers: Timers
  readonly #waiting = new Map<string, string>()
  readonly #stranded = new Map<string, string>()
  #isHookDown = false
  #isOver = false
  #cancel: () => void = () => undefined
  readonly #look = (): void => this.#lookAtLanes()

  constructor(parts: CallParts) {
    this.#parts = parts
    this.#timers = new Timers(parts.mono)
    parts.runtime.onChange.add(this.#look)
  }

  /** Restores calls of the last day that nobody took before the restart. */
  async start(): Promise<void> {
    const { service, runtime } = this.#parts
    const fromMs = runtime.nowMs() - dayMs
    for (let after: number | null = 0; after !== null;) {
      const { rows, next } = await service.query('event', {
        fromMs,
        toMs: fromMs + 2 * dayMs,
        limit: pageRows,
        ...(after === 0 ? {} : { after }),
      })
      for (const row of rows)
        if ('type' in row && row.type === personCallEvent)
          this.#calls.take(callRowOf(row.detail), {
            laneId: row.laneId ?? '',
            stayId: row.stayId,
            atMs: instantOfIso(row.atIso),
          })
      after = next
    }
    this.#look()
  }

  stop(): void {
    this.#isOver = true
    this.#parts.runtime.onChange.delete(this.#look)
    this.#timers.stop()
    this.#cancel()
  }

  /** A button or another program calls; false: the same call is open already. */
  call(
    laneId: string,
    cause: CallCause,
    by: string | null = null,
    more: readonly RowDraft[] = [],
  ): boolean {
    const { runtime } = this.#parts
    const atMs = runtime.nowMs()
    const stayId = runtime.lanes.get(laneId)?.state.car?.stayId ?? null
    const isNew = this.#calls.isNew({ laneId, cause, stayId, atMs })
    if (!isNew) {
      if (more.length > 0) runtime.append(more)
      return false
    }
    const callId = this.#freeId(`${laneId}-${atMs.toString(36)}`)
    const call = { callId, laneId, stayId, cause, atMs, isSent: null }
    // Calling works although the disk is full.
    this.#note(call, { callId, cause, state: 'called', by }, more)
    runtime.trace(laneId, stayId, 'fault', `personCall ${cause}`)
    this.#send(callId, 0)
    return true
  }

  /** Null: the call does not exist any more. */
  takeBy(callId: string, by: string, audit: RowDraft): PersonCall | null {
    const call = this.#calls.of(callId)
    if (call === null) return null
    this.#parts.runtime.append([audit])
    this.#note(call, { callId, cause: call.cause, state: 'taken', by })
    return call
  }

  view(): readonly PersonCallView[] {
    return this.#calls.list.map(({ callId, laneId, stayId, cause, atMs, isSent }) => ({
      callId,
      laneId,
      stayId,
      cause,
      atIso: isoOf(atMs),
      hook:
        this.#parts.hook === null
          ? 'none'
          : isSent === null
            ? 'sending'
            : isSent
              ? 'sent'
              : 'notSent',
    }))
  }

  notices(): readonly { readonly code: FaultCode; readonly note: string }[] {
    return this.#isHookDown ? [{ code: 'CALL-01', note: '' }] : []
  }

  #note(call: PersonCall, row: CallRow, more: readonly RowDraft[] = []): void {
    const { runtime } = this.#parts
    const { laneId, stayId, atMs } = call
    const of = stayId === null ? { laneId } : { laneId, stayId }
    const body = { type: personCallEvent, detail: callDetail(row) } as const
    runtime.appendQuietly([...more, { kind: 'event', atMs: runtime.nowMs(), ...of, body }])
    this.#calls.take(row, { laneId, stayId, atMs })
    for (const seen of runtime.onChange) seen()
  }

  /** Two calls of one lane may begin in the same moment. */
  #freeId(callId: string): string {
    return this.#calls.of(callId) === null ? callId : this.#freeId(`${callId}b`)
  }

  #send(callId: string, tries: number): void {
    const { hook, lotId } = this.#parts
    const call = this.#calls.of(callId)
    if (hook === null || call === null || this.#isOver) return
    const { laneId, cause, atMs } = call
    const body = JSON.stringify({ lotId, laneId, callId, cause, atIso: isoOf(atMs) })
    this.#cancel = hook.post(body, callId, (isTaken, reason) => {
      if (this.#isOver) return
      this.#isHookDown = !isTaken
      const waitMs = againMs[tries]
      if (isTaken) this.#sent(callId, 'sent')
      else if (waitMs === undefined) this.#sent(callId, 'notSent')
      else this.#timers.set(`send ${callId}`, waitMs, () => this.#send(callId, tries + 1))
      if (!isTaken && tries === 0)
        this.#parts.runtime.trace(laneId, call.stayId, 'fault', `CALL-01 ${reason}`)
    })
  }

  #sent(callId: string, state: 'sent' | 'notSent'): void {
    const call = this.#calls.of(callId)
    if (call !== null) this.#note(call, { callId, cause: call.cause, state, by: null })
  }

  /** Cars that wait for a person, each with its own time; a car that goes on ends its call. */
  #lookAtLanes(): void {
    const { runtime, afterMs } = this.#parts
    for (const [laneId, { state }] of runtime.lanes) {
      const { name: at, car } = state
      const carKey = `${car?.stayId ?? ''} ${car?.plate ?? ''}`
      this.#lookForMeans(laneId, at === 'manual' ? carKey : '')
      // An entry whose stay could not be written, or a full lot, has no state of its own for it.
      const waits = at === 'manual' || (at === 'reading' && (car?.manual ?? null) !== null)
      const key = waits ? carKey : car?.notOpenedMs === undefined ? '' : `shut ${carKey}`
      if ((this.#waiting.get(laneId) ?? '') === key) continue
      this.#waiting.set(laneId, key)
      this.#end(laneId, 'waiting')
      const name = `waits ${laneId}`
      if (key === '' || afterMs === null) this.#timers.set(name, null, () => undefined)
      else this.#timers.set(name, afterMs, () => this.call(laneId, 'waiting'))
    }
  }

  /** At an unattended lane a car without a working means of payment makes a call, until it can pay. */
  #lookForMeans(laneId: string, key: string): void {
    const { runtime } = this.#parts
    const isAlone = runtime.lanes.get(laneId)?.layout.booth === undefined
    const isStranded = isAlone && runtime.payments?.isStranded(laneId) === true
    const now = isStranded ? key : ''
    if ((this.#stranded.get(laneId) ?? '') === now) return
    this.#stranded.set(laneId, now)
    this.#end(laneId, 'noMeans')
    if (now !== '') this.call(laneId, 'noMeans')
  }

  #end(laneId: string, cause: CallCause): void {
    const over = this.#calls.list.find((one) => one.laneId === laneId && one.cause === cause)
    if (over !== undefined)
      this.#note(over, { callId: over.callId, cause, state: 'over', by: null })
  }
}
