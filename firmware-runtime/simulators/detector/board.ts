// Loop detectors and radars behind the contacts of a Modbus input board, as a pure model.
// It has inputs only: no relay and no clock.
import {
  ModbusReceiver,
  bitsPdu,
  exceptionPdu,
  illegalAddress,
  illegalFunction,
  illegalValue,
  response,
  u16,
} from '../barrier/modbus.ts'
import type { ModbusRequest } from '../barrier/modbus.ts'
import { RtuReceiver, rtuResponse } from '../barrier/rtu.ts'
import { DeviceModel, type DeviceOutput } from '../shell/device-model.ts'
import { createFaultEngine } from '../shell/faults.ts'
import type { FaultAction, FaultEngine, FaultEngineOptions } from '../shell/faults.ts'
import { membersIn, refuse } from '../shell/members.ts'

export const boardFaults: FaultEngineOptions = { places: ['FC02', 'link'] }

export type BoardOutput = DeviceOutput<never>

const inputsMax = 8
const bootMs = 1_000
const unit = 1

interface Receiver {
  push(bytes: Uint8Array, atUs: number): { requests: ModbusRequest[]; broken: boolean }
}

interface BoardOptions {
  readonly seed: number
  readonly transport: 'tcp' | 'rtu'
  readonly faults?: FaultEngine
}

export class ContactBoard extends DeviceModel<BoardOutput> {
  readonly inputs: boolean[] = Array.from({ length: inputsMax }, () => false)
  readonly #transport: 'tcp' | 'rtu'
  readonly #receivers = new Map<number, Receiver>()
  #polls = 0

  constructor(options: BoardOptions) {
    super(options.seed, options.faults ?? createFaultEngine(boardFaults), bootMs)
    this.#transport = options.transport
  }

  onBytes(bytes: Uint8Array, atUs: number, client = 1): BoardOutput[] {
    this.agenda.runUntil(atUs)
    if (!this.isDeaf) {
      const fresh = (): Receiver =>
        this.#transport === 'rtu' ? new RtuReceiver(unit) : new ModbusReceiver()
      const receiver = this.#receivers.get(client) ?? fresh()
      this.#receivers.set(client, receiver)
      const { requests, broken } = receiver.push(bytes, atUs)
      for (const request of requests) this.#serve(request, client)
      if (broken) this.out({ atUs, do: 'hangUp', client })
    }
    return this.advance(atUs)
  }

  linkDown(client: number): void {
    this.#receivers.delete(client)
  }

  /** Sets contacts by number, as cars drive over loops. Throws ARG-01. */
  set(body: unknown): void {
    for (const [name, value] of Object.entries(membersIn(body))) {
      const number = /^\d$/.test(name) ? Number(name) : inputsMax
      if (number >= inputsMax || typeof value !== 'boolean') throw refuse(name, value)
      this.inputs[number] = value
    }
  }

  state(): Record<string, unknown> {
    return {
      inputs: [...this.inputs],
      polls: this.#polls,
      booted: !this.isAway,
      silent: this.isSilent,
    }
  }

  protected override gone({ do: what, ms }: FaultAction): void {
    if (what !== 'reboot') return
    this.#receivers.clear()
    this.goAway(ms)
  }

  #serve(request: ModbusRequest, client: number): void {
    this.#polls++
    const fault = this.faults.decide('link', 'before') ?? this.faults.decide('FC02', 'before')
    if (fault?.do === 'drop' || (fault && this.apply(fault))) return
    const seal = this.#transport === 'rtu' ? rtuResponse : response
    const bytes = seal(request, this.#answer(request.pdu))
    const send = (one: Uint8Array): void => {
      if (!this.isDeaf) this.out({ atUs: this.agenda.nowUs, do: 'send', client, bytes: one })
    }
    if (fault?.do === 'delay') this.agenda.plan(fault.ms * 1000, () => send(bytes))
    else {
      send(this.mangled(bytes, fault))
      if (fault?.do === 'duplicate') send(bytes)
    }
  }

  #answer(pdu: Uint8Array): Uint8Array {
    const code = pdu[0] ?? 0
    const [from, count] = [u16(pdu, 1), u16(pdu, 3)]
    if (code !== 0x02) return exceptionPdu(code, illegalFunction)
    if (pdu.length !== 5 || count === 0) return exceptionPdu(code, illegalValue)
    if (from + count > inputsMax) return exceptionPdu(code, illegalAddress)
    return bitsPdu(code, this.inputs.slice(from, from + count))
  }
}
