// The barrier as a pure model: a Modbus relay board wired to a boom (contract.md section 3).
// Coils 0 open, 1 close, 2 stop; inputs 0 limitOpen, 1 limitClosed, 2 loopUnder, 3 loopArrive, 4 loopInner.
import { cancel, type Planned } from '../shell/agenda.ts'
import { AnsweringModel } from '../shell/answering-model.ts'
import type { DeviceOutput } from '../shell/device-model.ts'
import { createFaultEngine } from '../shell/faults.ts'
import type { FaultAction, FaultEngine, FaultEngineOptions } from '../shell/faults.ts'
import { Boom, type BoomChange, type BoomOptions, type Drive } from './boom.ts'
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

interface BarrierModelOptions extends BoomOptions {
  readonly seed: number
  readonly faults?: FaultEngine
  /** Transport of requests: Modbus TCP, or RTU on a port or in a plain TCP stream. */
  readonly transport?: ModbusTransport
}

export type ModbusTransport = 'tcp' | 'rtu'
/** The board's address on the bus. */
const unit = 1

interface Receiver {
  push(bytes: Uint8Array, atUs: number): { requests: ModbusRequest[]; broken: boolean }
}

export type BarrierOutput = DeviceOutput<BoomChange>

const channels = 8
const pulseBase = 0x0200
const allCoils = 0x00ff
const linkageBase = 0x1000
/** Holding register of the version that a board with one tells. */
const versionRegister = 0x8000
const bootMs = 1000
const drives: readonly (Drive | undefined)[] = ['open', 'close', 'stop']

const functionNames: readonly string[] = Array.from(
  { length: 256 },
  (_, code) => `FC${code.toString(16).padStart(2, '0').toUpperCase()}`,
)

export class BarrierModel extends AnsweringModel<BoomChange> {
  readonly boom: Boom
  readonly #relays: boolean[] = Array.from({ length: channels }, () => false)
  readonly #pulses = new Map<number, Planned>()
  readonly #receivers = new Map<number, Receiver>()
  readonly #transport: ModbusTransport
  /** The version that it tells; null: it has no such register. */
  version: number | null = null
  /** Open and close contacts closed at the same time: never allowed (safety rule 3). */
  #bothDriven = 0

  constructor(options: BarrierModelOptions) {
    super(options.seed, options.faults ?? createFaultEngine(barrierFaults), bootMs)
    this.#transport = options.transport ?? 'tcp'
    this.boom = new Boom(this.agenda, options, (row) =>
      this.out({ atUs: this.agenda.nowUs, do: 'row', row }),
    )
  }

  onBytes(bytes: Uint8Array, atUs: number, client = 1): BarrierOutput[] {
    this.agenda.runUntil(atUs)
    if (!this.isDeaf) {
      const receiver = this.#receivers.get(client) ?? this.#receiver()
      this.#receivers.set(client, receiver)
      const { requests, broken } = receiver.push(bytes, atUs)
      const sealed = this.#transport === 'rtu' ? rtuResponse : response
      for (const request of requests) {
        const place = functionNames[request.pdu[0] ?? 0] ?? ''
        this.arrived({ place, client, answer: () => sealed(request, this.#answer(request.pdu)) })
      }
      if (broken) this.out({ atUs, do: 'hangUp', client })
    }
    return this.advance(atUs)
  }

  #receiver(): Receiver {
    return this.#transport === 'rtu' ? new RtuReceiver(unit) : new ModbusReceiver()
  }

  linkDown(client: number): void {
    this.#receivers.delete(client)
  }

  /** Sets the loops as cars drive over them. Members left out stay. Throws ARG-01. */
  setInputs(body: unknown, atUs: number): BarrierOutput[] {
    this.agenda.runUntil(atUs)
    this.boom.setInputs(body)
    return this.advance(atUs)
  }

  /** Takes faults back: the arm moves freely and the board answers. */
  override mend(): void {
    super.mend()
    this.boom.free()
  }

  state(): Record<string, unknown> {
    return {
      ...this.boom.state(),
      relays: [...this.#relays],
      bothDriven: this.#bothDriven,
      booted: !this.isAway,
      silent: this.isSilent,
      requests: this.requests,
      version: this.version,
    }
  }

  protected override apply(action: FaultAction): boolean {
    return this.boom.fault(action) || super.apply(action)
  }

  protected override gone(action: FaultAction): void {
    super.gone(action)
    if (action.do !== 'reboot') return
    for (let i = 0; i < channels; i++) this.#setRelay(i, false)
    this.boom.powerOff()
    this.#receivers.clear()
  }

  // The board.

  #answer(pdu: Uint8Array): Uint8Array {
    const code = pdu[0] ?? 0
    switch (code) {
      case 0x01:
        return this.#readBits(pdu, this.#relays)
      case 0x02:
        return this.#readBits(pdu, [...this.boom.inputs(), false, false, false])
      case 0x03:
        return this.version !== null && u16(pdu, 1) === versionRegister
          ? Uint8Array.of(0x03, 2, this.version >> 8, this.version & 0xff)
          : readLinkage(pdu)
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

  /** A pulse of the board itself: it ends also when the PC has died meanwhile. */
  #pulse(channel: number, ms: number): void {
    // A pulse on a contact that is still closed is a new command, not the rest of the old one.
    this.#setRelay(channel, false)
    this.#setRelay(channel, true)
    this.#pulses.set(
      channel,
      this.agenda.plan(ms * 1000, () => this.#setRelay(channel, false)),
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
    if (fault) this.apply(fault)
    this.boom.command(drive, fault)
  }
}

/** Input linkage of channels 0 to 7: always 0, because no input moves a relay by itself. */
function readLinkage(pdu: Uint8Array): Uint8Array {
  const [from, count] = [u16(pdu, 1), u16(pdu, 3)]
  if (pdu.length !== 5 || count === 0 || count > channels) return exceptionPdu(0x03, illegalValue)
  if (from < linkageBase || from + count > linkageBase + channels) {
    return exceptionPdu(0x03, illegalAddress)
  }
  return Uint8Array.of(0x03, 2 * count, ...new Uint8Array(2 * count))
}

export const createBarrierModel = (options: BarrierModelOptions): BarrierModel =>
  new BarrierModel(options)
