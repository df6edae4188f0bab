// The barrier as a pure model: a Modbus relay board wired to a boom (contract.md section 3).
// Coils 0 open, 1 close, 2 stop; inputs 0 limitOpen, 1 limitClosed, 2 loopUnder, 3 loopArrive.
import { LaneFault } from '../../core/values/faults.ts'
import { Agenda, cancel } from '../shell/agenda.ts'
import type { Planned } from '../shell/agenda.ts'
import type { Timing } from '../shell/arguments.ts'
import { createFaultEngine } from '../shell/faults.ts'
import type { FaultAction, FaultEngine, FaultEngineOptions } from '../shell/faults.ts'
import { firstHalf, flipBits } from '../shell/mangle.ts'
import { seededRandom } from '../shell/random.ts'
import { Boom } from './boom.ts'
import type { BoomChange, BoomCounts, BoomTravel, Drive } from './boom.ts'
import {
  ModbusReceiver,
  bitsPdu,
  exceptionPdu,
  illegalAddress,
  illegalFunction,
  illegalValue,
  response,
  u16,
} from './modbus.ts'
import type { ModbusRequest } from './modbus.ts'
import { RtuReceiver, rtuResponse } from './rtu.ts'

/** `boom` is passed at each drive, before the motor reacts. */
export const barrierFaults: FaultEngineOptions = {
  places: ['FC01', 'FC02', 'FC03', 'FC05', 'FC0F', 'link', 'boom'],
  moreActions: ['stuck', 'openAlone'],
}

interface BarrierModelOptions {
  readonly timing: Timing
  readonly seed: number
  readonly faults?: FaultEngine
  /** Rows of the books file of an earlier life. */
  readonly rows?: readonly unknown[]
  /** How requests come: Modbus TCP, or RTU on a port or in a plain TCP stream. */
  readonly wire?: BarrierSimWire
}

export type BarrierSimWire = 'tcp' | 'rtu'
/** The board's own number on the bus. */
const unit = 1

interface Receiver {
  push(bytes: Uint8Array, atUs: number): { requests: ModbusRequest[]; broken: boolean }
}

export type BarrierOutput =
  | {
      readonly atUs: number
      readonly do: 'send'
      readonly client: number
      readonly bytes: Uint8Array
    }
  /** Not Modbus: the board hangs up. */
  | { readonly atUs: number; readonly do: 'hangUp'; readonly client: number }
  | { readonly atUs: number; readonly do: 'reboot' | 'unplug'; readonly ms: number }
  | { readonly atUs: number; readonly do: 'row'; readonly row: BoomChange }

export const travel: Record<Timing, BoomTravel> = {
  instant: { openUs: 2000, closeUs: 2000, reopenGraceUs: 500_000 },
  standard: { openUs: 1_500_000, closeUs: 1_500_000, reopenGraceUs: 500_000 },
}
const channels = 8
const pulseBase = 0x0200
const allCoils = 0x00ff
const linkageBase = 0x1000
const bootMs = 1000
const drives: readonly (Drive | undefined)[] = ['open', 'close', 'stop']

const functionNames: readonly string[] = Array.from(
  { length: 256 },
  (_, code) => `FC${code.toString(16).padStart(2, '0').toUpperCase()}`,
)

export class BarrierModel {
  readonly faults: FaultEngine
  readonly boom: Boom
  readonly #agenda = new Agenda()
  readonly #random: () => number
  readonly #relays: boolean[] = Array.from({ length: channels }, () => false)
  readonly #pulses = new Map<number, Planned>()
  readonly #receivers = new Map<number, Receiver>()
  readonly #wire: BarrierSimWire
  readonly #requests: Record<string, number> = {}
  #held: { client: number; bytes: Uint8Array }[] = []
  #out: BarrierOutput[] = []
  #booted = true
  #silentUntilUs = 0
  /** Open and close contacts closed at once: never right (safety rule 3). */
  #bothDriven = 0

  constructor(options: BarrierModelOptions) {
    this.faults = options.faults ?? createFaultEngine(barrierFaults)
    this.#random = seededRandom(options.seed)
    this.#wire = options.wire ?? 'tcp'
    this.boom = new Boom(this.#agenda, travel[options.timing], (row) =>
      this.#out.push({ atUs: this.#agenda.nowUs, do: 'row', row }),
    )
    for (const row of options.rows ?? []) this.boom.restore(changeOf(row, this.boom.counts))
  }

  // In. Each call answers what the barrier put out up to that time, in order.

  onBytes(bytes: Uint8Array, atUs: number, client = 1): BarrierOutput[] {
    this.#agenda.runUntil(atUs)
    if (this.#booted && !this.#silent()) {
      const receiver = this.#receivers.get(client) ?? this.#receiver()
      this.#receivers.set(client, receiver)
      const { requests, broken } = receiver.push(bytes, atUs)
      for (const request of requests) this.#arrived(request, client)
      if (broken) this.#out.push({ atUs, do: 'hangUp', client })
      this.#agenda.runUntil(atUs)
    }
    return this.#taken()
  }

  #receiver(): Receiver {
    return this.#wire === 'rtu' ? new RtuReceiver(unit) : new ModbusReceiver()
  }

  advance(atUs: number): BarrierOutput[] {
    this.#agenda.runUntil(atUs)
    return this.#taken()
  }

  nextDueUs(): number | null {
    return this.#agenda.nextDueUs()
  }

  linkDown(client: number): void {
    this.#receivers.delete(client)
  }

  /** The loops as cars roll over them. Members left out stay. Throws ARG-01. */
  setInputs(body: unknown, atUs: number): BarrierOutput[] {
    this.#agenda.runUntil(atUs)
    const { arrive, under } = loopsOf(body, this.boom)
    this.boom.setLoops(arrive, under)
    return this.#taken()
  }

  /** A fault now: silence, reboot, unplug, stuck, openAlone. */
  act(action: FaultAction, atUs: number): BarrierOutput[] {
    this.#agenda.runUntil(atUs)
    if (!this.#deviceFault(action)) {
      throw new LaneFault('ARG-01', { field: '/do', value: action.do })
    }
    return this.#taken()
  }

  /** Faults taken back: the arm is free and the board speaks. */
  mend(): void {
    this.#silentUntilUs = 0
    this.boom.free()
  }

  state(): Record<string, unknown> {
    const { position, counts, limitOpen, limitClosed, loopUnder, loopArrive, stuck } = this.boom
    return {
      position,
      ...counts,
      limitOpen,
      limitClosed,
      loopUnder,
      loopArrive,
      stuck,
      relays: [...this.#relays],
      bothDriven: this.#bothDriven,
      booted: this.#booted,
      silent: this.#silent(),
      requests: this.#requests,
    }
  }

  #taken(): BarrierOutput[] {
    const out = this.#out
    this.#out = []
    return out
  }

  #silent(): boolean {
    return this.#agenda.nowUs < this.#silentUntilUs
  }

  /** False when the action is none of the whole device. */
  #deviceFault(action: FaultAction): boolean {
    const { ms } = action
    const atUs = this.#agenda.nowUs
    const foreverUs = Number.MAX_SAFE_INTEGER
    if (action.do === 'silence') this.#silentUntilUs = ms === 0 ? foreverUs : atUs + ms * 1000
    else if (action.do === 'unplug') this.#out.push({ atUs, do: 'unplug', ms: ms || bootMs })
    else if (action.do === 'openAlone') this.boom.openAlone()
    else if (action.do === 'stuck') {
      this.boom.jam()
      if (ms > 0) this.#agenda.plan(ms * 1000, () => this.boom.free())
    } else if (action.do === 'reboot') this.#reboot(ms || bootMs)
    else return false
    return true
  }

  #reboot(ms: number): void {
    this.#booted = false
    for (let i = 0; i < channels; i++) this.#setRelay(i, false)
    this.boom.powerOff()
    this.#receivers.clear()
    this.#held = []
    this.#out.push({ atUs: this.#agenda.nowUs, do: 'reboot', ms })
    this.#agenda.plan(ms * 1000, () => {
      this.#booted = true
    })
  }

  #arrived(request: ModbusRequest, client: number): void {
    const name = functionNames[request.pdu[0] ?? 0] ?? ''
    this.#requests[name] = (this.#requests[name] ?? 0) + 1
    const before = this.faults.decide('link', 'before') ?? this.faults.decide(name, 'before')
    if (before?.do === 'drop' || before?.do === 'cut') return
    if (before?.do === 'delay') {
      this.#agenda.plan(before.ms * 1000, () => this.#served(request, client, name, null))
      return
    }
    if (before && this.#deviceFault(before)) return
    this.#served(request, client, name, before)
  }

  #served(request: ModbusRequest, client: number, name: string, before: FaultAction | null): void {
    if (!this.#booted) return
    const answer = this.#wire === 'rtu' ? rtuResponse : response
    const bytes = answer(request, this.#answer(request.pdu))
    const fault = before ?? this.faults.decide(name, 'after') ?? this.faults.decide('link', 'after')
    if (fault?.do === 'drop' || (fault && this.#deviceFault(fault))) return
    if (fault?.do === 'delay') {
      this.#agenda.plan(fault.ms * 1000, () => this.#send(client, bytes))
    } else if (fault?.do === 'flip') this.#send(client, flipBits(bytes, fault.bits, this.#random))
    else if (fault?.do === 'cut') this.#send(client, firstHalf(bytes))
    else if (fault?.do === 'reorder') this.#held.push({ client, bytes })
    else {
      this.#send(client, bytes)
      if (fault?.do === 'duplicate') this.#send(client, bytes)
    }
  }

  #send(client: number, bytes: Uint8Array): void {
    if (this.#silent() || !this.#booted) return
    this.#out.push({ atUs: this.#agenda.nowUs, do: 'send', client, bytes })
    const held = this.#held
    this.#held = []
    for (const late of held) this.#send(late.client, late.bytes)
  }

  // The board.

  #answer(pdu: Uint8Array): Uint8Array {
    const code = pdu[0] ?? 0
    switch (code) {
      case 0x01:
        return this.#readBits(pdu, this.#relays)
      case 0x02: {
        const { limitOpen, limitClosed, loopUnder, loopArrive } = this.boom
        const wired = [limitOpen, limitClosed, loopUnder, loopArrive]
        return this.#readBits(pdu, [...wired, false, false, false, false])
      }
      case 0x03:
        return readLinkage(pdu)
      case 0x05:
        return this.#writeCoil(pdu)
      case 0x0f:
        return this.#writeCoils(pdu)
      default:
        return exceptionPdu(code, illegalFunction)
    }
  }

  #readBits(pdu: Uint8Array, bits: readonly boolean[]): Uint8Array {
    const code = pdu[0] ?? 0
    const [from, count] = [u16(pdu, 1), u16(pdu, 3)]
    if (pdu.length !== 5 || count === 0 || count > 2000) return exceptionPdu(code, illegalValue)
    if (from + count > bits.length) return exceptionPdu(code, illegalAddress)
    return bitsPdu(code, bits.slice(from, from + count))
  }

  #writeCoil(pdu: Uint8Array): Uint8Array {
    const [address, data] = [u16(pdu, 1), u16(pdu, 3)]
    if (pdu.length !== 5) return exceptionPdu(0x05, illegalValue)
    if (address >= pulseBase && address < pulseBase + channels) {
      if (data === 0) return exceptionPdu(0x05, illegalValue)
      this.#pulse(address - pulseBase, data * 100)
    } else if (address === allCoils && (data === 0 || data === 0xff00)) {
      for (let i = 0; i < channels; i++) this.#setRelay(i, data !== 0)
    } else if (address >= channels) return exceptionPdu(0x05, illegalAddress)
    else if (data === 0 || data === 0xff00) this.#setRelay(address, data !== 0)
    else if (data === 0x5500) this.#setRelay(address, this.#relays[address] !== true)
    else return exceptionPdu(0x05, illegalValue)
    return pdu
  }

  #writeCoils(pdu: Uint8Array): Uint8Array {
    const [from, count] = [u16(pdu, 1), u16(pdu, 3)]
    const bytes = pdu[5] ?? 0
    if (count === 0 || bytes !== Math.ceil(count / 8) || pdu.length !== 6 + bytes) {
      return exceptionPdu(0x0f, illegalValue)
    }
    if (from + count > channels) return exceptionPdu(0x0f, illegalAddress)
    for (let i = 0; i < count; i++) {
      this.#setRelay(from + i, (((pdu[6 + (i >> 3)] ?? 0) >> (i & 7)) & 1) === 1)
    }
    return pdu.slice(0, 5)
  }

  /** The board's own pulse: it ends even when the PC has died meanwhile. */
  #pulse(channel: number, ms: number): void {
    // A pulse on a contact that is still closed is a new command, not the rest of the old one.
    this.#setRelay(channel, false)
    this.#setRelay(channel, true)
    this.#pulses.set(
      channel,
      this.#agenda.plan(ms * 1000, () => this.#setRelay(channel, false)),
    )
  }

  #setRelay(channel: number, on: boolean): void {
    cancel(this.#pulses.get(channel) ?? null)
    this.#pulses.delete(channel)
    if (this.#relays[channel] === on) return
    this.#relays[channel] = on
    const drive = drives[channel]
    if (!on || !drive) return
    if (this.#relays[0] && this.#relays[1]) this.#bothDriven++
    const fault = this.faults.decide('boom', 'before')
    if (fault?.do === 'drop') return
    if (fault?.do === 'delay') {
      this.#agenda.plan(fault.ms * 1000, () => this.boom.drive(drive))
      return
    }
    if (fault) this.#deviceFault(fault)
    this.boom.drive(drive)
  }
}

/** Input linkage of channels 0 to 7: always 0, an input never moves a relay by itself. */
function readLinkage(pdu: Uint8Array): Uint8Array {
  const [from, count] = [u16(pdu, 1), u16(pdu, 3)]
  if (pdu.length !== 5 || count === 0 || count > channels) return exceptionPdu(0x03, illegalValue)
  if (from < linkageBase || from + count > linkageBase + channels) {
    return exceptionPdu(0x03, illegalAddress)
  }
  return Uint8Array.of(0x03, 2 * count, ...new Uint8Array(2 * count))
}

export function loopsOf(body: unknown, boom: Boom): { arrive: boolean; under: boolean } {
  const given: Readonly<Record<string, unknown>> =
    typeof body === 'object' && body !== null ? { ...body } : { '': body }
  const known = { loopArrive: boom.loopArrive, loopUnder: boom.loopUnder }
  for (const [name, value] of Object.entries(given)) {
    if (!Object.hasOwn(known, name) || typeof value !== 'boolean') {
      throw new LaneFault('ARG-01', { field: `/${name}`, value: JSON.stringify(value) ?? '' })
    }
  }
  const { loopArrive = known.loopArrive, loopUnder = known.loopUnder } = given
  return { arrive: loopArrive === true, under: loopUnder === true }
}

export function changeOf(row: unknown, counts: BoomCounts): BoomChange {
  if (typeof row === 'object' && row !== null) {
    const { count, position }: { count?: unknown; position?: unknown } = row
    for (const name of Object.keys(counts)) {
      if (name === count && isCount(name, counts)) return { count: name }
    }
    if (position === 'open' || position === 'closed') return { position }
  }
  throw new Error('the books hold a row that no barrier simulator wrote')
}

const isCount = (name: string, counts: BoomCounts): name is keyof BoomCounts =>
  Object.hasOwn(counts, name)

export const createBarrierModel = (options: BarrierModelOptions): BarrierModel =>
  new BarrierModel(options)
