// The instrument of a survey: one at a time, read continuously while it is connected, so that its level is visible on
// the way to a point. A burst takes the point when the level is steady. A fault pauses the survey: recorded data stays,
// and measuring continues when the link comes back.
import { t } from '#base/pure/words/fault-text.ts'
import type { BurstArgs, ConnectArgs } from '../calls/measure.ts'
import type { InstrumentView, LiveLevel } from '../calls/measure-views.ts'
import { burstOf, settled, usualBurst } from '#base/pure/figures/burst.ts'
import type { ReceivedBytes } from '../pure/file/origin.ts'
import type { InstrumentBody, SurveyBody } from '../pure/file/record.ts'
import { joined } from '#base/pure/data/bytes.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import type { Cancel, MonoClock } from '#base/ports/clocks.ts'
import { apiErrorOf } from '#base/process/api-fault.ts'
import type { FieldMeter, MeterLevel } from '#devices/hosts/field-meter.ts'

export interface InstrumentParts {
  /** Opens a meter on a link that is reserved until it is closed. */
  open(args: ConnectArgs): FieldMeter
  readonly mono: MonoClock
  /** Recorded instruments of a survey. */
  known(name: string): ReadonlyMap<string, InstrumentBody>
  /** Writes all bodies durably, or none. `receivedBytes`: the instrument's raw answers for them. */
  write(name: string, bodies: readonly SurveyBody[], by: string, receivedBytes: ReceivedBytes): void
  /** The view has changed. */
  changed(): void
}

/** A call of the API is answered within 20 s: a point that is not steady by then is reported so. */
const burstMsMax = 15_000
const levelsMax = 20
/** Wait before a missing instrument is tried again. */
const againMs = 500

interface Burst {
  readonly args: BurstArgs
  readonly levelsDbm: number[]
  readonly raws: (Uint8Array | null)[]
  readonly resolve: () => void
  readonly reject: (fault: LaneFault) => void
  readonly cancel: Cancel
  /** A level in progress when the key was pressed belongs to the way to the point. */
  stale: boolean
}

const cents = (value: number): number => Math.round(value * 100) / 100

class OpenInstrument {
  readonly args: ConnectArgs
  state: InstrumentView['state'] = 'opening'
  fault: LaneFault | null = null
  readonly #meter: FieldMeter
  readonly #parts: InstrumentParts
  #levels: MeterLevel[] = []
  #levelAtUs = 0
  #burst: Burst | null = null
  #closed = false
  #cancel: Cancel = () => undefined
  #wake: () => void = () => undefined

  constructor(parts: InstrumentParts, args: ConnectArgs) {
    this.#parts = parts
    this.args = args
    this.#meter = parts.open(args)
  }

  async run(): Promise<void> {
    while (!this.#closed) {
      try {
        this.#took(await this.#meter.measure())
      } catch (error) {
        if (!(error instanceof LaneFault)) throw error
        if (this.#closed) return
        this.#lost(error)
        await this.#pause()
      }
    }
  }

  burst(args: BurstArgs): Promise<void> {
    if (this.#burst !== null) return Promise.reject(new LaneFault('METER-11'))
    // Rejects at once: the person at the point sees why, and the view shows when the link is back.
    if (this.state === 'lost' && this.fault !== null) return Promise.reject(this.fault)
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    const late = (): void => this.#refuse(this.fault ?? unstill(this.#burst?.levelsDbm ?? []))
    const cancel = this.#parts.mono.after(burstMsMax, late)
    const stale = this.state === 'live'
    this.#burst = { args, levelsDbm: [], raws: [], resolve, reject, cancel, stale }
    if (this.state === 'live') this.state = 'burst'
    this.#parts.changed()
    return promise
  }

  close(): void {
    this.#closed = true
    this.#refuse(
      new LaneFault('METER-07', {
        value: this.args.link,
        note: t('已经放开', 'it has already been released'),
      }),
    )
    this.#cancel()
    this.#wake()
    this.#meter.close()
  }

  view(): InstrumentView {
    const { args, state, fault } = this
    const { identity } = this.#meter
    const { profile, link, instrumentId, calibratedOn, correctionDb } = args
    return {
      state,
      profile,
      link,
      instrumentId,
      calibratedOn,
      correctionDb,
      model: identity?.model ?? null,
      serialNo: args.serialNo ?? identity?.serialNo ?? null,
      live: state === 'lost' || state === 'opening' ? null : this.#live(),
      burst: this.#burst?.levelsDbm ?? [],
      burstOf: this.#burst === null ? 0 : usualBurst.samples,
      fault: fault === null ? null : apiErrorOf(fault),
    }
  }

  #live(): LiveLevel | null {
    const last = this.#levels.map(({ levelDbm }) => levelDbm)
    if (last.length === 0) return null
    const { levelDbm, spreadDb, samples } = burstOf(last)
    return {
      levelDbm: cents(levelDbm + this.args.correctionDb - (this.args.gainDbi ?? 0)),
      spreadDb,
      samples,
      still: settled(last) !== null,
      overload: this.#levels.some(({ overload }) => overload),
      ageMs: Math.round((this.#parts.mono.nowUs() - this.#levelAtUs) / 1_000),
    }
  }

  #took(level: MeterLevel): void {
    if (this.#closed) return
    this.fault = level.overload
      ? new LaneFault('METER-10', { value: `${cents(level.levelDbm)} dBm` })
      : null
    this.#levels = [...this.#levels, level].slice(-usualBurst.samples)
    this.#levelAtUs = this.#parts.mono.nowUs()
    this.state = this.#burst === null ? 'live' : 'burst'
    const burst = this.#burst
    if (burst?.stale === true) burst.stale = false
    else if (burst !== null) this.#sample(burst, level)
    this.#parts.changed()
  }

  #sample(burst: Burst, { levelDbm, overload, raw }: MeterLevel): void {
    if (overload)
      return this.#refuse(new LaneFault('METER-10', { value: `${cents(levelDbm)} dBm` }))
    burst.levelsDbm.push(cents(levelDbm))
    burst.raws.push(raw)
    if (settled(burst.levelsDbm) === null) {
      if (burst.levelsDbm.length >= levelsMax) this.#refuse(unstill(burst.levelsDbm))
      return
    }
    try {
      this.#record(burst)
    } catch (error) {
      if (!(error instanceof LaneFault)) throw error
      return this.#refuse(error)
    }
    this.#end(burst).resolve()
  }

  #record({ args, levelsDbm, raws }: Burst): void {
    const { name, by, xMm, yMm, zMm, place, antennaId, reason } = args
    const { instrumentId } = this.args
    const own = this.#body()
    const known = this.#parts.known(name).get(instrumentId)
    const { atMs: _atMs, ...before } = { atMs: 0, ...known }
    const isKnown = JSON.stringify(before) === JSON.stringify(own)
    const field: SurveyBody = {
      kind: 'field',
      xMm,
      yMm,
      zMm,
      instrumentId,
      antennaId,
      place,
      levelsDbm: levelsDbm.slice(-usualBurst.samples),
      ...(reason === undefined ? {} : { reason }),
    }
    const receivedBytes = { link: this.args.link, raw: rawOf(raws.slice(-usualBurst.samples)) }
    this.#parts.write(name, isKnown ? [field] : [own, field], by, receivedBytes)
  }

  #body(): InstrumentBody {
    const { instrumentId, calibratedOn, calibratedUntil, correctionDb, gainDbi, simulated } =
      this.args
    const { model, serialNo } = this.view()
    return {
      kind: 'instrument',
      instrumentId,
      model: model ?? this.args.profile,
      serialNo,
      calibratedOn,
      calibratedUntil,
      correctionDb,
      ...(gainDbi === undefined ? {} : { gainDbi }),
      simulated,
    }
  }

  /** Measuring ended by an error of our own: the person sees it, and connects again. */
  broke(error: unknown): void {
    if (!this.#closed) this.#lost(new LaneFault('RUN-03', { note: String(error) }))
  }

  #lost(fault: LaneFault): void {
    this.state = 'lost'
    this.fault = fault
    this.#levels = []
    this.#refuse(fault)
    this.#parts.changed()
  }

  #end(burst: Burst): Burst {
    burst.cancel()
    this.#burst = null
    if (this.state === 'burst') this.state = 'live'
    this.#parts.changed()
    return burst
  }

  #refuse(fault: LaneFault): void {
    if (this.#burst !== null) this.#end(this.#burst).reject(fault)
  }

  #pause(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>()
    this.#wake = resolve
    this.#cancel = this.#parts.mono.after(againMs, resolve)
    return promise
  }
}

/** Answers one after the other; null when one of them exceeded the limit. */
export const rawOf = (raws: readonly (Uint8Array | null)[]): Uint8Array | null => {
  const kept = raws.filter((raw) => raw !== null)
  return kept.length === raws.length ? joined(kept) : null
}

const unstill = (levelsDbm: readonly number[]): LaneFault =>
  new LaneFault('METER-12', {
    value: levelsDbm.length === 0 ? '' : `${burstOf(levelsDbm.slice(-5)).spreadDb} dB`,
  })

export class InstrumentService {
  readonly #parts: InstrumentParts
  #open: OpenInstrument | null = null

  constructor(parts: InstrumentParts) {
    this.#parts = parts
  }

  /** Replaces the former instrument. METER-02 and LINK-03 are thrown at once, other faults are shown. */
  connect(args: ConnectArgs): void {
    this.close()
    const open = new OpenInstrument(this.#parts, args)
    this.#open = open
    open.run().catch((error: unknown) => open.broke(error))
    this.#parts.changed()
  }

  /** Resolves when the point is durable. */
  burst(args: BurstArgs): Promise<void> {
    if (this.#open === null) return Promise.reject(new LaneFault('METER-07'))
    return this.#open.burst(args)
  }

  close(): void {
    this.#open?.close()
    this.#open = null
    this.#parts.changed()
  }

  view(): InstrumentView | null {
    return this.#open?.view() ?? null
  }
}
