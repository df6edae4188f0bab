// Daily sign-in of every PSAM of every RSU (P11, F.1 items 1 and 3), and of lanes without a PSAM: when it is due, and
// which is next. sign-in-act.ts has the steps; a grant becomes a ledger row that debits check (lane/pure/etc/offline.ts).
import type { LotConfig } from '#base/pure/lot/config.ts'
import { signInWindowMs } from '#ledger/pure/etc/sign-in-time.ts'
import { LaneFault, tracedFault } from '#base/pure/faults/faults.ts'
import type { InstantMs } from '#base/pure/values/instant.ts'
import type { MonoClock, Random } from '#base/ports/clocks.ts'
import type { PsamPort } from '../../ports/psam.ts'
import type { Uploader } from '#ledger/ports/uploader.ts'
import type { LotRuntime } from '#lane/lot/lot-runtime.ts'
import { Timers } from '#base/process/machine.ts'
import { SignInAct, type ActEnd } from './sign-in-act.ts'

const retryMs = 300_000
const firstRetryMs = 2_000
/** The first signature tests the ciphers for 100 ms (ADR 12): lanes open their barriers before it. */
const afterUpMs = 500
const renewBeforeMs = 4 * 3_600_000
const checkMs = 600_000

interface SignInParts {
  readonly runtime: LotRuntime
  readonly uploader: Uploader
  readonly mono: MonoClock
  readonly config: LotConfig
  readonly random: Random
  /** Null: that lane's antenna passes nothing on to its PSAM. */
  psamOf?(laneId: string): PsamPort | null
}

interface Signer {
  readonly laneId: string
  /** Null: the lane itself. */
  readonly terminal: string | null
  readonly act: SignInAct
}

export class SignInScheduler {
  /** Last grant by the platform in this process; null: an earlier grant is valid, or none. */
  grantedAtMs: InstantMs | null = null
  private readonly parts: SignInParts
  /** By the name of the grant: terminal or lane. */
  private readonly signers = new Map<string, Signer>()
  private readonly timers: Timers
  /** A random is valid until the next request, so one PSAM of a lane at a time. */
  private readonly underWay = new Map<string, string>()
  private readonly waiting = new Set<string>()
  private readonly grantedMs = new Map<string, InstantMs>()
  private tries = 0
  private stopped = false

  constructor(parts: SignInParts) {
    this.parts = parts
    this.timers = new Timers(parts.mono)
  }

  /** An RSU reported its PSAMs: sign in now, unless today's grant still holds. */
  rsuUp(laneId: string, psamTerminals: readonly string[]): void {
    for (const terminal of psamTerminals) {
      this.add(terminal, { laneId, terminal })
      this.look(terminal)
    }
  }

  /** A lane without antenna signs in under its own name. */
  laneUp(laneId: string): void {
    const name = `lane ${laneId}`
    this.add(name, { laneId, terminal: null })
    this.again(name, afterUpMs)
  }

  stop(): void {
    this.stopped = true
    this.timers.stop()
  }

  private add(name: string, who: Omit<Signer, 'act'>): void {
    const known = this.signers.get(name)
    if (known?.laneId !== who.laneId)
      this.signers.set(name, { ...who, act: new SignInAct(this.parts, who) })
  }

  private again(name: string, afterMs: number): void {
    this.timers.set(name, afterMs, () => this.look(name))
  }

  /** A PSAM loses its authorisation with its power, however long the platform's grant is valid. */
  private isUnauthorised({ laneId, terminal }: Signer): boolean {
    if (terminal === null) return false
    return this.parts.psamOf?.(laneId)?.authorised(terminal) === false
  }

  private isDue(name: string): boolean {
    const nowMs = this.parts.runtime.nowMs()
    const until = this.parts.runtime.lot.signIns.get(name)
    if (until === undefined || until - nowMs <= renewBeforeMs) return true
    const windowMs = signInWindowMs(name, nowMs)
    // Each day between three and five, even when yesterday's grant is still valid (P11).
    const grantedMs = this.grantedMs.get(name)
    return grantedMs !== undefined && nowMs >= windowMs && grantedMs < windowMs
  }

  private look(name: string): void {
    const signer = this.signers.get(name)
    if (signer === undefined || this.stopped) return
    if (!signer.act.isHalf && !this.isDue(name) && !this.isUnauthorised(signer)) {
      this.again(name, checkMs)
      return
    }
    const turn = this.turnOf(name, signer)
    const before = this.underWay.get(turn)
    if (before === undefined) this.begin(name, signer, turn)
    else if (before !== name) this.waiting.add(name)
  }

  private turnOf(name: string, { laneId }: Signer): string {
    return (this.parts.psamOf?.(laneId) ?? null) === null ? name : laneId
  }

  private begin(name: string, { laneId, act }: Signer, turn: string): void {
    this.underWay.set(turn, name)
    act.run((end) => {
      this.underWay.delete(turn)
      if (this.stopped) return
      this.ended(name, laneId, end)
      const next = [...this.waiting]
      this.waiting.clear()
      for (const one of next) this.look(one)
    })
  }

  private ended(name: string, laneId: string, end: ActEnd): void {
    const { runtime } = this.parts
    if (end.kind === 'granted') {
      this.tries = 0
      this.granted(laneId, name, end)
      return
    }
    if (end.kind === 'busy') {
      this.again(name, firstRetryMs)
      return
    }
    this.tries++
    const detail = end.kind === 'silence' ? `signIn silence ${end.reason}` : tracedFault(end.fault)
    runtime.trace(laneId, null, 'fault', detail)
    this.again(name, this.tries < 5 ? firstRetryMs : retryMs)
  }

  /** When the disk is full the grant is not lost: it is requested again. */
  private granted(
    laneId: string,
    psamNo: string,
    { validUntilMs, authorised }: Extract<ActEnd, { kind: 'granted' }>,
  ): void {
    const { runtime } = this.parts
    const body = { psamNo, validUntilMs, status: 1, ...(authorised ? { authorised } : {}) } as const
    try {
      runtime.append([{ kind: 'signIn', atMs: runtime.nowMs(), laneId, body }])
      this.grantedAtMs = runtime.nowMs()
      this.grantedMs.set(psamNo, this.grantedAtMs)
      this.again(psamNo, checkMs)
    } catch (error) {
      if (!(error instanceof LaneFault) || error.code !== 'DATA-02') throw error
      runtime.trace(laneId, null, 'fault', `signIn ${error.code}`)
      this.again(psamNo, retryMs)
    }
  }
}
