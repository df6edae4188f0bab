// Daily sign-in of every PSAM of every RSU (P11, F.1 items 1 and 3): at start, then once a day, retried quietly.
// What the platform grants becomes a ledger row; card-side debits ask it (core/etc/offline.ts).
import type { LotConfig } from '../../core/lot/config.ts'
import { compactOf, type InstantMs } from '../../core/values/instant.ts'
import { hexOf } from '../../core/values/bytes.ts'
import { LaneFault } from '../../core/values/faults.ts'
import type { MonoClock, Random } from '../../ports/clocks.ts'
import type { SignInRequest, Uploader } from '../../ports/uploader.ts'
import { Timers } from '../machine.ts'
import type { LotRuntime } from '../lot/lot-runtime.ts'

const retryMs = 300_000
const firstRetryMs = 2_000
const renewBeforeMs = 4 * 3_600_000
const checkMs = 600_000
const answerMs = 5_000

interface SignInParts {
  readonly runtime: LotRuntime
  readonly uploader: Uploader
  readonly mono: MonoClock
  readonly config: LotConfig
  readonly random: Random
}

/** P11 knows bays and handhelds. */
function laneTypeOf(config: LotConfig, laneId: string): Pick<SignInRequest, 'laneType'> {
  const place = config.lanes.find(({ id }) => id === laneId)?.place
  if (place === undefined) return {}
  return { laneType: place.kind === 'handheld' ? 'handheld' : 'bay' }
}

export class SignInScheduler {
  /** When the platform last granted it, in this life; null: an earlier one holds, or none. */
  grantedAtMs: InstantMs | null = null
  private readonly parts: SignInParts
  /** Lane by terminal. */
  private readonly terminals = new Map<string, string>()
  private readonly timers: Timers
  private readonly underWay = new Set<string>()
  private tries = 0
  private stopped = false

  constructor(parts: SignInParts) {
    this.parts = parts
    this.timers = new Timers(parts.mono)
  }

  /** An RSU reported its PSAMs: sign in now, unless today's grant still holds. */
  rsuUp(laneId: string, psamTerminals: readonly string[]): void {
    for (const terminal of psamTerminals) {
      this.terminals.set(terminal, laneId)
      this.look(terminal)
    }
  }

  stop(): void {
    this.stopped = true
    this.timers.stop()
  }

  private again(terminal: string, afterMs: number): void {
    this.timers.set(terminal, afterMs, () => this.look(terminal))
  }

  private look(terminal: string): void {
    const { runtime } = this.parts
    const until = runtime.lot.signIns.get(terminal)
    if (until !== undefined && until - runtime.nowMs() > renewBeforeMs) {
      this.again(terminal, checkMs)
      return
    }
    if (!this.underWay.has(terminal)) this.signIn(terminal)
  }

  private signIn(psamTerminal: string): void {
    const { runtime, uploader, config, random } = this.parts
    const laneId = this.terminals.get(psamTerminal)
    if (laneId === undefined) return
    this.underWay.add(psamTerminal)
    const atMs = runtime.nowMs()
    const listNo = `L${config.lotId}${compactOf(atMs)}${hexOf(random.bytes(3))}`.slice(0, 36)
    const request = {
      listNo,
      psamTerminal,
      laneId,
      ...laneTypeOf(config, laneId),
      lotId: config.lotId,
      lotName: config.name.zh,
      atMs,
    }
    uploader.signIn(request, answerMs, (result) => {
      this.underWay.delete(psamTerminal)
      if (this.stopped) return
      if (result.kind !== 'granted') {
        this.tries++
        runtime.trace(laneId, null, 'fault', `signIn ${result.kind} ${result.reason}`)
        this.again(psamTerminal, this.tries < 5 ? firstRetryMs : retryMs)
        return
      }
      this.tries = 0
      this.granted(laneId, psamTerminal, result.validUntilMs)
    })
  }

  /** A disk that is full for now loses no grant: it is asked for again. */
  private granted(laneId: string, psamNo: string, validUntilMs: number): void {
    const { runtime } = this.parts
    const body = { psamNo, validUntilMs, status: 1 }
    try {
      runtime.append([{ kind: 'signIn', atMs: runtime.nowMs(), laneId, body }])
      this.grantedAtMs = runtime.nowMs()
      this.again(psamNo, checkMs)
    } catch (error) {
      if (!(error instanceof LaneFault) || error.code !== 'DATA-02') throw error
      runtime.trace(laneId, null, 'fault', `signIn ${error.code}`)
      this.again(psamNo, retryMs)
    }
  }
}
