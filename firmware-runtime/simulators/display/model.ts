// The LED and voice board as a pure model: bytes and time in, bytes out; faults as data.
// It replies when its reply mode says so, one byte: 0 for done, 1 for no.
import { LaneFault } from '../../core/values/faults.ts'
import { Agenda } from '../shell/agenda.ts'
import type { Timing } from '../shell/arguments.ts'
import { createFaultEngine } from '../shell/faults.ts'
import type { FaultAction, FaultEngine, FaultEngineOptions } from '../shell/faults.ts'
import { firstHalf, flipBits } from '../shell/mangle.ts'
import { seededRandom } from '../shell/random.ts'
import { Board } from './board.ts'
import type { BoardRow } from './board.ts'
import { PacketReceiver, reply } from './wire.ts'
import type { Packet } from './wire.ts'

const commands = [0x00, 0x05, 0x0c, 0x0d, 0x0f, 0x1a, 0x30, 0x31, 0x62, 0x6f, 0xe1]
const placeOf = (command: number): string => command.toString(16).padStart(2, '0').toUpperCase()

/** Places are the commands of the dialect in hex; `refuse`: understood, and not done. */
export const displayFaults: FaultEngineOptions = {
  places: [...commands.map(placeOf), 'link'],
  moreActions: ['refuse'],
}

export interface DisplayModelOptions {
  readonly timing: Timing
  readonly seed: number
  readonly faults?: FaultEngine
  /** Null: the board asks for none. */
  readonly password?: string | null
  readonly address?: number
}

export type DisplayOutput =
  | {
      readonly atUs: number
      readonly do: 'send'
      readonly client: number
      readonly bytes: Uint8Array
    }
  | { readonly atUs: number; readonly do: 'reboot' | 'unplug'; readonly ms: number }
  | { readonly atUs: number; readonly do: 'row'; readonly row: BoardRow }

/** From the last byte of a request to its reply. */
const thinkUs: Record<Timing, number> = { instant: 500, standard: 20_000 }
const bootMs = 2000
const versions = [0x31, 0x30, 0x30, 0x32, 0x30, 0x30, 0x32, 0x30, 0x30]

export class DisplayModel {
  readonly faults: FaultEngine
  readonly board: Board
  readonly #agenda = new Agenda()
  readonly #random: () => number
  readonly #thinkUs: number
  readonly #address: number
  readonly #receivers = new Map<number, PacketReceiver>()
  readonly #requests: Record<string, number> = {}
  #held: { client: number; bytes: Uint8Array }[] = []
  #out: DisplayOutput[] = []
  #booted = true
  #silentUntilUs = 0
  #boots = 0

  constructor(options: DisplayModelOptions) {
    this.faults = options.faults ?? createFaultEngine(displayFaults)
    this.#random = seededRandom(options.seed)
    this.#thinkUs = thinkUs[options.timing]
    this.#address = options.address ?? 0
    this.board = new Board(options.password ?? null, (row) =>
      this.#out.push({ atUs: this.#agenda.nowUs, do: 'row', row }),
    )
  }

  // In. Each call answers what the board put out up to that time, in order.

  onBytes(bytes: Uint8Array, atUs: number, client = 1): DisplayOutput[] {
    this.#agenda.runUntil(atUs)
    if (this.#booted && !this.#silent()) {
      const receiver = this.#receivers.get(client) ?? new PacketReceiver(this.#address)
      this.#receivers.set(client, receiver)
      for (const packet of receiver.push(bytes, atUs)) this.#arrived(packet, client)
      this.#agenda.runUntil(atUs)
    }
    return this.#taken()
  }

  advance(atUs: number): DisplayOutput[] {
    this.#agenda.runUntil(atUs)
    return this.#taken()
  }

  nextDueUs(): number | null {
    return this.#agenda.nextDueUs()
  }

  linkDown(client: number): void {
    this.#receivers.delete(client)
  }

  /** A fault now: silence, reboot, unplug. */
  act(action: FaultAction, atUs: number): DisplayOutput[] {
    this.#agenda.runUntil(atUs)
    if (!this.#deviceFault(action)) {
      throw new LaneFault('ARG-01', { field: '/do', value: action.do })
    }
    return this.#taken()
  }

  /** Faults taken back: the board speaks. */
  mend(): void {
    this.#silentUntilUs = 0
  }

  state(): Record<string, unknown> {
    const { lines, pay, said, saidCount, brightness, volume, clock, mute, relays } = this.board
    const gone = pay?.untilUs !== null && pay !== null && pay.untilUs <= this.#agenda.nowUs
    return {
      lines: lines.map((line) => line.text),
      runs: lines.map((line) => line.runs),
      colours: lines.map((line) => line.colour),
      spoken: said,
      spokenCount: saidCount,
      qr: pay === null || gone ? null : { url: pay.url, text: pay.text, tenths: pay.tenths },
      brightness,
      volume,
      clock,
      mute,
      relays,
      booted: this.#booted,
      boots: this.#boots,
      silent: this.#silent(),
      requests: this.#requests,
      broken: [...this.#receivers.values()].reduce((sum, { broken }) => sum + broken, 0),
    }
  }

  #taken(): DisplayOutput[] {
    const out = this.#out
    this.#out = []
    return out
  }

  #silent(): boolean {
    return this.#agenda.nowUs < this.#silentUntilUs
  }

  /** False when the action is none of the whole device. */
  #deviceFault({ do: action, ms }: FaultAction): boolean {
    const atUs = this.#agenda.nowUs
    if (action === 'silence') {
      this.#silentUntilUs = ms === 0 ? Number.MAX_SAFE_INTEGER : atUs + ms * 1000
    } else if (action === 'unplug') {
      this.#out.push({ atUs, do: 'unplug', ms: ms || bootMs })
    } else if (action === 'reboot') {
      this.#booted = false
      this.#boots++
      this.board.powerOff()
      this.#held = []
      for (const receiver of this.#receivers.values()) receiver.forget()
      this.#out.push({ atUs, do: 'reboot', ms: ms || bootMs })
      this.#agenda.plan((ms || bootMs) * 1000, () => {
        this.#booted = true
      })
    } else return false
    return true
  }

  #arrived(packet: Packet, client: number): void {
    const place = placeOf(packet.command)
    this.#requests[place] = (this.#requests[place] ?? 0) + 1
    const before = this.faults.decide('link', 'before') ?? this.faults.decide(place, 'before')
    if (before?.do === 'drop' || before?.do === 'cut') return
    if (before && this.#deviceFault(before)) return
    const waitUs = this.#thinkUs + (before?.do === 'delay' ? before.ms * 1000 : 0)
    this.#agenda.plan(waitUs, () => this.#served(packet, client, place, before))
  }

  #served(packet: Packet, client: number, place: string, before: FaultAction | null): void {
    if (!this.#booted) return
    const bytes = before?.do === 'refuse' ? this.#no(packet) : this.#answer(packet)
    if (bytes === null) return
    const fault =
      (before?.do === 'delay' || before?.do === 'refuse' ? null : before) ??
      this.faults.decide(place, 'after') ??
      this.faults.decide('link', 'after')
    if (fault?.do === 'drop' || (fault && this.#deviceFault(fault))) return
    if (fault?.do === 'delay') {
      this.#agenda.plan(fault.ms * 1000, () => this.#send(client, bytes))
    } else if (fault?.do === 'flip') this.#send(client, flipBits(bytes, fault.bits, this.#random))
    else if (fault?.do === 'cut') this.#send(client, firstHalf(bytes))
    else if (fault?.do === 'reorder') this.#held.push({ client, bytes })
    else if (fault?.do === 'refuse') this.#send(client, this.#no(packet))
    else {
      this.#send(client, bytes)
      if (fault?.do === 'duplicate') this.#send(client, bytes)
    }
  }

  #no({ command }: Packet): Uint8Array {
    return reply(this.#address, command, 1)
  }

  /** Null: the board does not know the command, or was told not to reply. */
  #answer({ command, data }: Packet): Uint8Array | null {
    if (command === 0x00) {
      const result = this.board.connect(data)
      return this.board.mute ? null : reply(this.#address, command, result, ...versions)
    }
    const result = this.board.run(command, data, this.#agenda.nowUs)
    return result === null || this.board.mute ? null : reply(this.#address, command, result)
  }

  #send(client: number, bytes: Uint8Array): void {
    if (this.#silent() || !this.#booted) return
    this.#out.push({ atUs: this.#agenda.nowUs, do: 'send', client, bytes })
    const held = this.#held
    this.#held = []
    for (const late of held) this.#send(late.client, late.bytes)
  }
}

export const createDisplayModel = (options: DisplayModelOptions): DisplayModel =>
  new DisplayModel(options)
