// One sign-in from its first call to the grant (P11): random of the card, sign-in, authorisation, the card's answer,
// confirmation. It charges nothing, so an interrupted one is repeated from the start; only a confirmation is repeated
// alone.
import { openOf } from '#lane/pure/layouts/index.ts'
import type { LotConfig } from '#base/pure/lot/config.ts'
import type { PsamRandom } from '../../pure/etc/rsu-device.ts'
import { hexOf } from '#base/pure/data/bytes.ts'
import { LaneFault, type FaultCode } from '#base/pure/faults/faults.ts'
import { compactOf, type InstantMs } from '#base/pure/values/instant.ts'
import type { Random } from '#base/ports/clocks.ts'
import type { PsamPort } from '../../ports/psam.ts'
import type {
  ConfirmRequest,
  PsamUploader,
  SignInRequest,
  Uploader,
} from '#ledger/ports/uploader.ts'
import type { LotRuntime } from '#lane/lot/lot-runtime.ts'

const answerMs = 5_000

export type ActEnd =
  | {
      readonly kind: 'granted'
      readonly validUntilMs: InstantMs
      /** True: in the card itself, not by the sign-in alone. */
      readonly authorised: boolean
    }
  /** A car is in the lane, or the antenna is away: nothing was requested. */
  | { readonly kind: 'busy' }
  | { readonly kind: 'silence'; readonly reason: string }
  | { readonly kind: 'failed'; readonly fault: LaneFault }

interface ActParts {
  readonly runtime: Pick<LotRuntime, 'nowMs' | 'trace'>
  readonly uploader: Uploader
  readonly config: LotConfig
  readonly random: Random
  psamOf?(laneId: string): PsamPort | null
}

type Done = (end: ActEnd) => void

const failed = (code: FaultCode, note: string): ActEnd => ({
  kind: 'failed',
  fault: new LaneFault(code, { note }),
})

/** P11 has entries, bays and handhelds; every other lane is an exit. A gantry collects for bays (7.2; assumed). */
function laneTypeOf(config: LotConfig, laneId: string): Pick<SignInRequest, 'laneType'> {
  const lane = config.lanes.find(({ id }) => id === laneId)
  if (lane?.place !== undefined)
    return { laneType: lane.place.kind === 'handheld' ? 'handheld' : 'bay' }
  if (openOf(lane?.layout ?? '') !== null) return { laneType: 'bay' }
  return lane?.direction === 'entry' ? { laneType: 'entry' } : {}
}

interface Half {
  readonly request: ConfirmRequest
  readonly terminal: string
}

export class SignInAct {
  private readonly parts: ActParts
  private readonly laneId: string
  private readonly terminal: string | null
  /** The card accepted or refused it, and the platform has not confirmed that yet. */
  private half: Half | null = null

  constructor(parts: ActParts, who: { readonly laneId: string; readonly terminal: string | null }) {
    this.parts = parts
    this.laneId = who.laneId
    this.terminal = who.terminal
  }

  get isHalf(): boolean {
    return this.half !== null
  }

  run(done: Done): void {
    const { terminal } = this
    const psam = this.parts.psamOf?.(this.laneId) ?? null
    const uploader = this.parts.uploader.psam ?? null
    if (this.half !== null && uploader !== null) this.confirm(uploader, this.half, done)
    else if (terminal === null || psam === null || uploader === null) this.signIn(null, done)
    else
      psam.random(terminal, (got) => {
        if (typeof got === 'object') this.authorise({ terminal, psam, uploader }, got, done)
        else if (got === 'busy' || got === 'down') done({ kind: 'busy' })
        // The frames cannot carry an authorisation, or the antenna passes nothing on and reports its PSAM as
        // authorised.
        else if (got === 'none' || psam.authorised(terminal) === true) this.signIn(null, done)
        else done(failed('PSAM-01', `${terminal} ${got}`))
      })
  }

  private requestOf(): SignInRequest {
    const { config, random, runtime } = this.parts
    const atMs = runtime.nowMs()
    return {
      listNo: `L${config.lotId}${compactOf(atMs)}${hexOf(random.bytes(3))}`.slice(0, 36),
      psamTerminal: this.terminal,
      laneId: this.laneId,
      ...laneTypeOf(config, this.laneId),
      lotId: config.lotId,
      lotName: config.name.zh,
      atMs,
    }
  }

  private signIn(card: PsamRandom | null, done: Done, then?: () => void): void {
    const request = { ...this.requestOf(), ...(card === null ? {} : { psamNo: card.psamNo }) }
    this.parts.uploader.signIn(request, answerMs, (result) => {
      if (result.kind === 'silence') done(result)
      else if (result.kind === 'refused') done(failed('PSAM-02', result.reason))
      else if (then === undefined) done(this.grantOf(result.validUntilMs, false))
      else then()
    })
  }

  private grantOf(validUntilMs: InstantMs, authorised: boolean): ActEnd {
    return validUntilMs > this.parts.runtime.nowMs()
      ? { kind: 'granted', validUntilMs, authorised }
      : failed('PSAM-04', `${this.terminal ?? this.laneId} ${validUntilMs}`)
  }

  private authorise(
    by: { terminal: string; psam: PsamPort; uploader: PsamUploader },
    card: PsamRandom,
    done: Done,
  ): void {
    const { terminal, psam, uploader } = by
    this.signIn(card, done, () => {
      const request = { ...this.requestOf(), ...card, psamTerminal: terminal }
      uploader.authorize(request, answerMs, (result) => {
        if (result.kind === 'silence') done(result)
        else if (result.kind === 'refused') done(failed('PSAM-02', result.reason))
        else if (this.grantOf(result.validUntilMs, true).kind === 'failed')
          done(this.grantOf(result.validUntilMs, true))
        else
          psam.apply(terminal, result.apdu, (got) => {
            if (got === 'busy' || got === 'down') done({ kind: 'busy' })
            else if (typeof got === 'string') done(failed('PSAM-01', `${terminal} ${got}`))
            else {
              const { listNo } = request
              const { statusWord } = got
              this.half = { terminal, request: { listNo, psamNo: card.psamNo, statusWord } }
              this.confirm(uploader, this.half, done)
            }
          })
      })
    })
  }

  private confirm(uploader: PsamUploader, { request, terminal }: Half, done: Done): void {
    uploader.confirm(request, answerMs, (result) => {
      if (result.kind === 'silence') {
        done(result)
        return
      }
      this.half = null
      const { statusWord } = request
      if (statusWord !== '9000') done(failed('PSAM-03', `${terminal} ${statusWord}`))
      else if (result.kind === 'granted') done(this.grantOf(result.validUntilMs, true))
      else done(failed('PSAM-05', result.kind === 'refused' ? result.reason : result.kind))
    })
  }
}
