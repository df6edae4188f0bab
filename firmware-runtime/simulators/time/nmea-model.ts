// A satellite receiver as a pure model: a burst of sentences after each second of its clock.
// A second implementation with its own checksums and dates; it shares no code with the driver.
import { cancel, type Planned } from '../shell/agenda.ts'
import { DeviceModel, type GoneOutput } from '../shell/device-model.ts'
import { createFaultEngine, type FaultEngine, type FaultEngineOptions } from '../shell/faults.ts'
import { setKnobs } from '../shell/knobs.ts'

/** `forge`: a sentence with a wrong checksum. A fault of a sentence hits its whole burst. */
export const nmeaFaults: FaultEngineOptions = { places: ['burst', 'link'] }

type Said = { readonly atUs: number; readonly do: 'send'; readonly bytes: Uint8Array }
export type NmeaOutput = Said | GoneOutput

interface NmeaModelOptions {
  readonly seed: number
  readonly startMs: number
  readonly faults?: FaultEngine
}

const two = (n: number): string => (n < 10 ? `0${n}` : `${n}`)
const dayMs = 86_400_000

export function sentence(body: string): string {
  const sum = [...new TextEncoder().encode(body)].reduce((xor, byte) => xor ^ byte, 0)
  return `$${body}*${(sum + 0x100).toString(16).slice(1).toUpperCase()}\r\n`
}

/** By talker: system id of its GSA, and the first satellite number. */
const systems: Readonly<Record<string, readonly [id: string, first: number]>> = {
  GP: ['1', 3],
  GL: ['2', 66],
  GA: ['3', 7],
  BD: ['4', 21],
  GB: ['4', 21],
}

export class NmeaModel extends DeviceModel<Said> {
  readonly knobs = {
    /** Its clock minus the true time. */
    offsetMs: 0,
    /** Time from its second to the first byte of the burst. */
    delayMs: 150,
    /** `BD`, `GB`, `GP`, `GL`, `GA`; `GN`: several with BeiDou, `GN-`: several without. */
    constellation: 'GN',
    fix: true,
    /** Without a fix its time runs free, or is left out. */
    freeRunning: true,
    satellites: 18,
    /** Since NMEA 4.1 a GSA has the system id of its satellites. */
    systemIds: true,
    zda: true,
    /** The dates of ZDA and RMC differ. */
    twoDates: false,
    /** Bytes of noise before each burst. */
    garbage: 0,
  }
  readonly #startUs: number
  #planned: Planned | null = null
  #bursts = 0

  constructor(options: NmeaModelOptions) {
    super(options.seed, options.faults ?? createFaultEngine(nmeaFaults))
    this.#startUs = Math.round(options.startMs * 1000)
    this.#plan()
  }

  /** Input is ignored. */
  onBytes(_bytes: Uint8Array, atUs: number): NmeaOutput[] {
    return this.advance(atUs)
  }

  linkDown(): void {
    // A later listener gets the next second.
  }

  /** Throws ARG-01 for an unknown setting. */
  set(body: unknown, atUs: number): NmeaOutput[] {
    this.agenda.runUntil(atUs)
    setKnobs(this.knobs, body)
    cancel(this.#planned)
    this.#plan()
    return this.advance(atUs)
  }

  state(): Record<string, unknown> {
    const deviceIso = new Date(Math.floor(this.#deviceUs() / 1000)).toISOString()
    return { ...this.knobs, bursts: this.#bursts, deviceIso }
  }

  /** Whole microseconds: a rounded wait would end before its second and repeat. */
  #deviceUs(): number {
    return this.#startUs + this.agenda.nowUs + this.knobs.offsetMs * 1000
  }

  /** Plans the next whole second of its clock plus the delay of its line. */
  #plan(): void {
    const nowUs = this.#deviceUs() - this.knobs.delayMs * 1000
    const secondUs = (Math.floor(nowUs / 1_000_000) + 1) * 1_000_000
    this.#planned = this.agenda.plan(secondUs - nowUs, () => {
      this.#burst(secondUs / 1000)
      this.#plan()
    })
  }

  #burst(secondMs: number): void {
    const hits = [this.faults.decide('link', 'before'), this.faults.decide('burst', 'before')]
    for (const hit of hits) if (hit !== null) this.apply(hit)
    const [, hit = null] = hits
    if (this.isSilent || hit?.do === 'drop') return
    this.#bursts++
    const { garbage } = this.knobs
    const noise = Uint8Array.from({ length: garbage }, () => Math.floor(this.random() * 256))
    if (garbage > 0) this.#say(noise)
    let bytes = this.mangled(new TextEncoder().encode(this.#text(secondMs)), hit)
    if (hit?.do === 'forge') bytes = bytes.map((byte) => (byte === 0x2a ? 0x2b : byte))
    this.#say(bytes)
    if (hit?.do === 'duplicate') this.#say(bytes)
  }

  #say(bytes: Uint8Array): void {
    this.out({ atUs: this.agenda.nowUs, do: 'send', bytes })
  }

  #text(secondMs: number): string {
    const { knobs } = this
    const talker = knobs.constellation.slice(0, 2)
    const at = new Date(secondMs)
    const clock = `${two(at.getUTCHours())}${two(at.getUTCMinutes())}${two(at.getUTCSeconds())}.000`
    const isTimed = knobs.fix || knobs.freeRunning
    const time = isTimed ? clock : ''
    const [day, month] = [two(at.getUTCDate()), two(at.getUTCMonth() + 1)]
    const year = at.getUTCFullYear()
    const date = isTimed ? `${day}${month}${two(year % 100)}` : ''
    const [place, gap] = ['2249.0200,N,10821.9600,E', ',,,']
    const fix = knobs.fix
    const lines = [
      `${talker}RMC,${time},${fix ? 'A' : 'V'},${fix ? place : gap},0.02,335.62,${date},,,${fix ? 'A' : 'N'},V`,
      `${talker}GGA,${time},${fix ? place : gap},${fix ? 1 : 0},${two(fix ? knobs.satellites : 0)},0.7,12.3,M,9.8,M,,`,
      ...this.#sky(talker),
      ...(knobs.zda ? [this.#zda(talker, time, secondMs)] : []),
    ]
    return lines.map(sentence).join('')
  }

  #zda(talker: string, time: string, secondMs: number): string {
    if (time === '') return `${talker}ZDA,,,,,00,00`
    const at = new Date(secondMs - (this.knobs.twoDates ? dayMs : 0))
    const date = `${two(at.getUTCDate())},${two(at.getUTCMonth() + 1)},${at.getUTCFullYear()}`
    return `${talker}ZDA,${time},${date},00,00`
  }

  /** A GSA and a GSV for each received system. */
  #sky(talker: string): string[] {
    const { constellation, fix, systemIds } = this.knobs
    const own =
      constellation === 'GN' ? ['GP', 'BD'] : constellation === 'GN-' ? ['GP', 'GL'] : [talker]
    return own.flatMap((name) => {
      const [id, first] = systems[name] ?? ['1', 1]
      const ids = Array.from({ length: 12 }, (_, i) => (fix && i < 6 ? two(first + i) : ''))
      const end = systemIds ? `,${id}` : ''
      const seen = [0, 1, 2, 3].map((i) => `${two(first + i)},45,1${i}0,${fix ? 38 + i : ''}`)
      return [
        `${talker}GSA,A,${fix ? 3 : 1},${ids.join(',')},1.3,0.7,1.1${end}`,
        `${name}GSV,1,1,04,${seen.join(',')}${systemIds ? ',1' : ''}`,
      ]
    })
  }
}
