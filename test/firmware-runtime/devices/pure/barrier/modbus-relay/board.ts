// A relay board and a clock for barrier tests, with its own encoder: bytes in, bytes out.
// Time is virtual; the boom moves only when a test moves it or `boom` is set.
import type { BarrierCommand, BarrierEvent } from '#devices/pure/lane/barrier.ts'
import type { BarrierConfig } from '#devices/pure/barrier/modbus-relay/config.ts'
import { barrierDriver } from '#devices/pure/barrier/modbus-relay/driver.ts'
import type { BarrierDriverEvent } from '#devices/pure/barrier/modbus-relay/driver.ts'
import { modbusRtu } from '#devices/pure/barrier/modbus-relay/rtu.ts'
import type { BarrierState } from '#devices/pure/barrier/modbus-relay/state.ts'
import type { DeviceReading } from '#base/pure/passport/versions.ts'
import { isSealed, sealed } from '#simulators/shell/crc16.ts'

export type Line = 'limitOpen' | 'limitClosed' | 'loopUnder' | 'loopArrive'
const lines: readonly Line[] = ['limitOpen', 'limitClosed', 'loopUnder', 'loopArrive']

/** Modbus TCP: transaction number and length before the unit. RTU: a checksum after the PDU. */
let transport: 'tcp' | 'rtu' = 'tcp'
/** Sets the transport of every bench made from now on. */
export const useTransport = (name: 'tcp' | 'rtu'): void => {
  transport = name
}
const rtu = modbusRtu(5)

export interface Pulse {
  readonly name: 'open' | 'close' | 'stop' | 'releaseClose'
  readonly atMs: number
  readonly underWas: boolean
}

/** How the board treats requests: answers, is silent, or refuses reads or writes. */
export type Mood = 'answers' | 'silent' | 'refusesReads' | 'refusesWrites'

export class Bench {
  nowMs = 1_000
  state: BarrierState
  mood: Mood = 'answers'
  readException = 4
  writeException = 6
  /** Sent in the place of the echo of a pulse. */
  echo: readonly number[] | null = null
  inputs = new Set<Line>(['limitClosed'])
  /** Travel time of the boom; null leaves the limits to the test. */
  travelMs: number | null = null
  readonly events: BarrierEvent[] = []
  /** How it answers the question for its version: a word, an exception, or nothing. */
  version: number | 'refuses' | 'silent' = 'refuses'
  readonly versions: (DeviceReading | null)[] = []
  readonly pulses: Pulse[] = []
  readonly drops: string[] = []
  /** Called for every pulse with the input bits of the same step, or null when none came. */
  watch: (reading: number | null, pulse: Pulse['name']) => void = () => undefined
  private reading: number | null = null
  private readonly timers = new Map<string, number>()
  private answers: { atMs: number; bytes: Uint8Array }[] = []
  private arriving: { atMs: number; limit: Line } | null = null
  private readonly driver
  private readonly config: BarrierConfig
  private readonly transport = transport

  constructor(config: BarrierConfig, heldBy: readonly string[] = []) {
    this.config = config
    this.driver = this.transport === 'tcp' ? barrierDriver(config) : barrierDriver(config, rtu)
    this.state = this.driver.initial(heldBy)
  }

  step(event: BarrierDriverEvent): void {
    const at = this.transport === 'tcp' ? 7 : 1
    const readInputs = event.type === 'bytes' && event.bytes[at] === 2
    this.reading = readInputs ? (event.bytes[at + 2] ?? null) : null
    const { state, effects } = this.driver.step(this.state, event)
    this.state = state
    for (const effect of effects) {
      if (effect.do === 'emit' && effect.event.type === 'versionRead')
        this.versions.push(effect.event.reading)
      else if (effect.do === 'emit') this.events.push(effect.event as BarrierEvent)
      else if (effect.do === 'dropLink') this.drops.push(effect.reason)
      else if (effect.do === 'send') this.receive(effect.bytes, effect.afterMs ?? 0)
      else if (effect.afterMs === null) this.timers.delete(effect.name)
      else this.timers.set(effect.name, this.nowMs + effect.afterMs)
    }
  }

  up(): this {
    this.step({ type: 'linkUp', atMs: this.nowMs })
    return this
  }

  down(): void {
    this.answers = []
    this.step({ type: 'linkDown', atMs: this.nowMs, reason: 'portAway' })
  }

  command(command: BarrierCommand): void {
    this.step({ type: 'command', atMs: this.nowMs, command })
  }

  set(...on: readonly Line[]): void {
    this.arriving = null
    this.inputs = new Set(on)
  }

  /** Lets time pass, with every timer, answer and boom movement at its own millisecond. */
  run(forMs: number): void {
    const untilMs = this.nowMs + forMs
    for (;;) {
      const next = Math.min(
        ...this.timers.values(),
        ...this.answers.map(({ atMs }) => atMs),
        this.arriving?.atMs ?? Infinity,
      )
      if (next > untilMs) break
      this.nowMs = Math.max(this.nowMs, next)
      this.oneDue()
    }
    this.nowMs = untilMs
  }

  /** The process stands still; afterwards its timers fire before the bytes that came meanwhile are read, as in Node. */
  stall(forMs: number): void {
    this.nowMs += forMs
    for (const [name, atMs] of [...this.timers].toSorted(([, one], [, other]) => one - other)) {
      if (atMs > this.nowMs || this.timers.get(name) !== atMs) continue
      this.timers.delete(name)
      this.step({ type: 'timer', atMs: this.nowMs, name })
    }
    this.run(0)
  }

  private oneDue(): void {
    if (this.arriving !== null && this.arriving.atMs <= this.nowMs) {
      this.inputs.add(this.arriving.limit)
      this.arriving = null
      return
    }
    const answer = this.answers.find(({ atMs }) => atMs <= this.nowMs)
    if (answer !== undefined) {
      this.answers = this.answers.filter((other) => other !== answer)
      this.step({ type: 'bytes', atMs: this.nowMs, bytes: answer.bytes })
      return
    }
    for (const [name, atMs] of this.timers) {
      if (atMs > this.nowMs) continue
      this.timers.delete(name)
      this.step({ type: 'timer', atMs: this.nowMs, name })
      return
    }
  }

  private receive(request: Uint8Array, restMs: number): void {
    const tcp = this.transport === 'tcp'
    if (!tcp && !isSealed(request)) throw new Error('a request without its check')
    const [t0 = 0, t1 = 0] = request
    const [unit = 0, code = 0, hi = 0, lo = 0, d0 = 0, d1 = 0] = request.subarray(tcp ? 6 : 0)
    const reply = (...pdu: readonly number[]): void => {
      const bytes = tcp
        ? Uint8Array.from([t0, t1, 0, 0, 0, 1 + pdu.length, unit, ...pdu])
        : sealed(Uint8Array.from([unit, ...pdu]))
      this.answers.push({ atMs: this.nowMs + restMs + 1, bytes })
    }
    if (code === 5) this.write((hi << 8) | lo, (d0 << 8) | d1)
    if (this.mood === 'silent') return
    if (code === 2 && this.mood === 'refusesReads') return reply(0x82, this.readException)
    if (code === 5 && this.mood === 'refusesWrites') return reply(0x85, this.writeException)
    if (code === 5 && hi === 2 && this.echo !== null) return reply(...this.echo)
    if (code === 5) return reply(5, hi, lo, d0, d1)
    if (code === 3 && this.version === 'silent') return
    if (code === 3 && this.version === 'refuses') return reply(0x83, 1)
    if (code === 3) return reply(3, 2, Number(this.version) >> 8, Number(this.version) & 0xff)
    const bits = lines.reduce((sum, line, i) => sum + (this.inputs.has(line) ? 1 << i : 0), 0)
    return reply(2, 1, bits)
  }

  private write(coil: number, data: number): void {
    const name =
      coil === 1 && data === 0 ? 'releaseClose' : (['open', 'close', 'stop'] as const)[coil - 0x200]
    if (name === undefined) throw new Error(`coil ${coil} data ${data}`)
    if (name !== 'releaseClose' && data !== this.config.pulseMs / 100)
      throw new Error(`data ${data}`)
    this.watch(this.reading, name)
    this.pulses.push({ name, atMs: this.nowMs, underWas: this.inputs.has('loopUnder') })
    if (this.travelMs === null || name === 'releaseClose' || this.mood === 'refusesWrites') return
    this.arriving = null
    if (name === 'stop') return
    const limit = name === 'open' ? 'limitOpen' : 'limitClosed'
    this.inputs.delete(name === 'open' ? 'limitClosed' : 'limitOpen')
    this.arriving = { atMs: this.nowMs + this.travelMs, limit }
  }

  names(): string[] {
    return this.pulses.map(({ name }) => name)
  }

  told(type: BarrierEvent['type']): BarrierEvent[] {
    return this.events.filter((event) => event.type === type)
  }

  positions(): string[] {
    return this.events.flatMap((event) => (event.type === 'position' ? [event.position] : []))
  }
}
