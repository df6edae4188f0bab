// Loop detectors and radars behind the contacts of a Modbus input board, as a pure model.
// It has inputs and nothing else: no relay, no clock.
import { LaneFault } from '../../core/values/faults.ts'
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
import { Agenda } from '../shell/agenda.ts'
import { createFaultEngine } from '../shell/faults.ts'
import type { FaultAction, FaultEngine, FaultEngineOptions } from '../shell/faults.ts'
import { firstHalf, flipBits } from '../shell/mangle.ts'
import { seededRandom } from '../shell/random.ts'

export const boardFaults: FaultEngineOptions = { places: ['FC02', 'link'] }

export type BoardOutput =
  | {
      readonly atUs: number
      readonly do: 'send'
      readonly client: number
      readonly bytes: Uint8Array
    }
  | { readonly atUs: number; readonly do: 'hangUp'; readonly client: number }
  | { readonly atUs: number; readonly do: 'reboot' | 'unplug'; readonly ms: number }

const inputsMax = 8
const bootMs = 1_000
const unit = 1

interface Receiver {
  push(bytes: Uint8Array, atUs: number): { requests: ModbusRequest[]; broken: boolean }
}

interface BoardOptions {
  readonly seed: number
  readonly wire: 'tcp' | 'rtu'
  readonly faults?: FaultEngine
}

export class ContactBoard {
  readonly faults: FaultEngine
  readonly inputs: boolean[] = Array.from({ length: inputsMax }, () => false)
  readonly #wire: 'tcp' | 'rtu'
  readonly #agenda = new Agenda()
  readonly #random: () => number
  readonly #receivers = new Map<number, Receiver>()
  #out: BoardOutput[] = []
  #silentUntilUs = 0
  #booted = true
  #polls = 0

  constructor(options: BoardOptions) {
    this.faults = options.faults ?? createFaultEngine(boardFaults)
    this.#wire = options.wire
    this.#random = seededRandom(options.seed)
  }

  onBytes(bytes: Uint8Array, atUs: number, client = 1): BoardOutput[] {
    this.#agenda.runUntil(atUs)
    if (this.#booted && !this.#silent()) {
      const fresh = (): Receiver =>
        this.#wire === 'rtu' ? new RtuReceiver(unit) : new ModbusReceiver()
      const receiver = this.#receivers.get(client) ?? fresh()
      this.#receivers.set(client, receiver)
      const { requests, broken } = receiver.push(bytes, atUs)
      for (const request of requests) this.#serve(request, client)
      if (broken) this.#out.push({ atUs, do: 'hangUp', client })
    }
    return this.advance(atUs)
  }

  advance(atUs: number): BoardOutput[] {
    this.#agenda.runUntil(atUs)
    const out = this.#out
    this.#out = []
    return out
  }

  nextDueUs(): number | null {
    return this.#agenda.nextDueUs()
  }

  linkDown(client: number): void {
    this.#receivers.delete(client)
  }

  /** Contacts by their number, as cars roll over loops. Throws ARG-01. */
  set(body: unknown): void {
    const given = typeof body === 'object' && body !== null ? Object.entries(body) : []
    for (const [name, value] of given) {
      const number = /^\d$/.test(name) ? Number(name) : inputsMax
      if (number >= inputsMax || typeof value !== 'boolean')
        throw new LaneFault('ARG-01', { field: `/${name}`, value: JSON.stringify(value) ?? '' })
      this.inputs[number] = value
    }
  }

  act(action: FaultAction, atUs: number): BoardOutput[] {
    this.#agenda.runUntil(atUs)
    if (!this.#deviceFault(action))
      throw new LaneFault('ARG-01', { field: '/do', value: action.do })
    return this.advance(atUs)
  }

  mend(): void {
    this.#silentUntilUs = 0
  }

  state(): Record<string, unknown> {
    return {
      inputs: [...this.inputs],
      polls: this.#polls,
      booted: this.#booted,
      silent: this.#silent(),
    }
  }

  #silent(): boolean {
    return this.#agenda.nowUs < this.#silentUntilUs
  }

  #deviceFault({ do: what, ms }: FaultAction): boolean {
    const atUs = this.#agenda.nowUs
    if (what === 'silence') {
      this.#silentUntilUs = ms === 0 ? Number.MAX_SAFE_INTEGER : atUs + ms * 1000
    } else if (what === 'unplug') this.#out.push({ atUs, do: 'unplug', ms: ms || bootMs })
    else if (what === 'reboot') {
      this.#booted = false
      this.#receivers.clear()
      this.#out.push({ atUs, do: 'reboot', ms: ms || bootMs })
      this.#agenda.plan((ms || bootMs) * 1000, () => {
        this.#booted = true
      })
    } else return false
    return true
  }

  #serve(request: ModbusRequest, client: number): void {
    this.#polls++
    const fault = this.faults.decide('link', 'before') ?? this.faults.decide('FC02', 'before')
    if (fault?.do === 'drop' || (fault && this.#deviceFault(fault))) return
    const seal = this.#wire === 'rtu' ? rtuResponse : response
    const bytes = seal(request, this.#answer(request.pdu))
    const send = (one: Uint8Array): void => {
      if (!this.#silent() && this.#booted)
        this.#out.push({ atUs: this.#agenda.nowUs, do: 'send', client, bytes: one })
    }
    if (fault?.do === 'delay') this.#agenda.plan(fault.ms * 1000, () => send(bytes))
    else if (fault?.do === 'flip') send(flipBits(bytes, fault.bits, this.#random))
    else if (fault?.do === 'cut') send(firstHalf(bytes))
    else {
      send(bytes)
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
