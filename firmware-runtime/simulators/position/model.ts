// A receiver behind gpsd, as a pure model: it reports a position to its watchers.
// A second implementation; it shares no code with the driver.
import { isoOf } from '#base/pure/values/instant.ts'
import { DeviceModel, type GoneOutput, type SentOutput } from '../shell/device-model.ts'
import { createFaultEngine } from '../shell/faults.ts'
import type { FaultAction, FaultEngine, FaultEngineOptions } from '../shell/faults.ts'
import { setKnobs } from '../shell/knobs.ts'

/** `forge`: one report of a place two kilometres to the north. */
export const positionFaults: FaultEngineOptions = { places: ['TPV', 'link'] }

export type PositionOutput = SentOutput | GoneOutput

interface PositionModelOptions {
  readonly seed: number
  readonly startMs: number
  readonly reportMs: number
  readonly faults?: FaultEngine
}

const forgedMicrodeg = 18_000

/** Formats as `-23.119704`, digit by digit, without rounding. */
function degrees(microdeg: number): string {
  const digits = String(Math.abs(microdeg)).padStart(7, '0')
  return `${microdeg < 0 ? '-' : ''}${digits.slice(0, -6)}.${digits.slice(-6)}000`
}

export class PositionModel extends DeviceModel<SentOutput> {
  readonly knobs = {
    latMicrodeg: 22_817_000,
    lonMicrodeg: 108_366_000,
    /** Decimetres; reported as `eph`. */
    accuracyDm: 30,
    /** GPS mode; 0 and 1: no fix. */
    mode: 3,
    /** The receiver hangs: the same report is repeated. */
    hangs: false,
    clockSkewSec: 0,
  }
  readonly #startMs: number
  readonly #watchers = new Set<number>()
  readonly #asked = new Map<number, string>()
  #said = ''
  #reports = 0

  constructor(options: PositionModelOptions) {
    super(options.seed, options.faults ?? createFaultEngine(positionFaults))
    this.#startMs = options.startMs
    const report = (): void => {
      this.#report()
      this.agenda.plan(options.reportMs * 1000, report)
    }
    this.agenda.plan(options.reportMs * 1000, report)
  }

  onBytes(bytes: Uint8Array, atUs: number, client = 1): PositionOutput[] {
    this.agenda.runUntil(atUs)
    const text = (this.#asked.get(client) ?? '') + new TextDecoder('latin1').decode(bytes)
    const at = text.lastIndexOf('\n')
    this.#asked.set(client, text.slice(at + 1).slice(-200))
    for (const line of text.slice(0, at + 1).split('\n')) {
      const wants = /^\?WATCH=\{.*"json"\s*:\s*true/.test(line)
      if (!wants) continue
      this.#watchers.add(client)
      this.#say(client, `{"class":"VERSION","release":"sim","proto_major":3,"proto_minor":14}`)
    }
    return this.advance(atUs)
  }

  linkDown(client: number): void {
    this.#watchers.delete(client)
    this.#asked.delete(client)
  }

  state(): Record<string, unknown> {
    return { ...this.knobs, watchers: this.#watchers.size, reports: this.#reports }
  }

  protected override gone(): void {
    this.#watchers.clear()
  }

  #report(): void {
    const { knobs } = this
    const hit = this.faults.decide('TPV', 'before')
    const link = this.faults.decide('link', 'before')
    for (const action of [link, hit]) if (action !== null) this.apply(action)
    if (!knobs.hangs || this.#said === '') this.#said = this.#tpv(hit?.do === 'forge')
    if (hit?.do === 'drop') return
    this.#reports++
    for (const client of this.#watchers) {
      this.#say(client, this.#said, hit)
      if (hit?.do === 'duplicate') this.#say(client, this.#said)
    }
  }

  #tpv(forged: boolean): string {
    const { latMicrodeg, lonMicrodeg, accuracyDm, mode, clockSkewSec } = this.knobs
    const atMs =
      this.#startMs + Math.floor(this.agenda.nowUs / 1000) + Math.round(clockSkewSec * 1000)
    const time = isoOf(atMs, 0).replace('+00:00', 'Z')
    const head = `{"class":"TPV","device":"/dev/gnss0","mode":${mode},"time":"${time}"`
    if (mode < 2) return `${head}}`
    const lat = degrees(latMicrodeg + (forged ? forgedMicrodeg : 0))
    const eph = `${Math.floor(accuracyDm / 10)}.${accuracyDm % 10}00`
    return `${head},"lat":${lat},"lon":${degrees(lonMicrodeg)},"eph":${eph}}`
  }

  #say(client: number, text: string, hit: FaultAction | null = null): void {
    if (this.isSilent) return
    const bytes = this.mangled(new TextEncoder().encode(`${text}\r\n`), hit)
    this.out({ atUs: this.agenda.nowUs, do: 'send', client, bytes })
  }
}

/** Sets members of the receiver's state; throws ARG-01 for an unknown member. */
export const setPosition = ({ knobs }: PositionModel, body: unknown): void => setKnobs(knobs, body)
