// The LED and voice board as a pure model: bytes and time in, bytes out; faults as data.
// In its reply mode it replies one byte: 0 done, 1 refused.
import { AnsweringModel } from '../shell/answering-model.ts'
import type { Timing } from '../shell/arguments.ts'
import type { DeviceOutput } from '../shell/device-model.ts'
import { createFaultEngine } from '../shell/faults.ts'
import type { FaultAction, FaultEngine, FaultEngineOptions } from '../shell/faults.ts'
import { Board, type BoardRow } from './board.ts'
import { PacketReceiver, reply, type Packet } from './packets.ts'

const commands = [0x00, 0x05, 0x0c, 0x0d, 0x0f, 0x1a, 0x30, 0x31, 0x62, 0x6f, 0xe1]
const placeOf = (command: number): string => command.toString(16).padStart(2, '0').toUpperCase()

/** Places are the commands of the dialect in hex; `refuse`: understood but not done. */
export const displayFaults: FaultEngineOptions = {
  places: [...commands.map(placeOf), 'link'],
  moreActions: ['refuse'],
}

export interface DisplayModelOptions {
  readonly timing: Timing
  readonly seed: number
  readonly faults?: FaultEngine
  /** Null: the board needs no password. */
  readonly password?: string | null
  readonly address?: number
}

export type DisplayOutput = DeviceOutput<BoardRow>

/** Time from the last byte of a request to its reply, µs. */
const thinkUs: Record<Timing, number> = { instant: 500, standard: 20_000 }
const bootMs = 2000
const versions = [0x31, 0x30, 0x30, 0x32, 0x30, 0x30, 0x32, 0x30, 0x30]

export class DisplayModel extends AnsweringModel<BoardRow> {
  readonly board: Board
  readonly #thinkUs: number
  readonly #address: number
  readonly #receivers = new Map<number, PacketReceiver>()
  #boots = 0

  constructor(options: DisplayModelOptions) {
    super(options.seed, options.faults ?? createFaultEngine(displayFaults), bootMs)
    this.#thinkUs = thinkUs[options.timing]
    this.#address = options.address ?? 0
    this.board = new Board(options.password ?? null, (row) =>
      this.out({ atUs: this.agenda.nowUs, do: 'row', row }),
    )
  }

  onBytes(bytes: Uint8Array, atUs: number, client = 1): DisplayOutput[] {
    this.agenda.runUntil(atUs)
    if (!this.isDeaf) {
      const receiver = this.#receivers.get(client) ?? new PacketReceiver(this.#address)
      this.#receivers.set(client, receiver)
      for (const packet of receiver.push(bytes, atUs)) {
        const answer = (refused: boolean): Uint8Array | null =>
          refused ? reply(this.#address, packet.command, 1) : this.#answer(packet)
        this.arrived({ place: placeOf(packet.command), client, answer }, this.#thinkUs)
      }
    }
    return this.advance(atUs)
  }

  linkDown(client: number): void {
    this.#receivers.delete(client)
  }

  state(): Record<string, unknown> {
    const { lines, pay, said, saidCount, brightness, volume, clock, mute, relays } = this.board
    const gone = pay?.untilUs !== null && pay !== null && pay.untilUs <= this.agenda.nowUs
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
      booted: !this.isAway,
      boots: this.#boots,
      silent: this.isSilent,
      requests: this.requests,
      broken: [...this.#receivers.values()].reduce((sum, { broken }) => sum + broken, 0),
    }
  }

  protected override gone(action: FaultAction): void {
    super.gone(action)
    if (action.do !== 'reboot') return
    this.#boots++
    this.board.powerOff()
    for (const receiver of this.#receivers.values()) receiver.forget()
  }

  /** Null for an unknown command, or when replies are off. */
  #answer({ command, data }: Packet): Uint8Array | null {
    if (command === 0x00) {
      const result = this.board.connect(data)
      return this.board.mute ? null : reply(this.#address, command, result, ...versions)
    }
    const result = this.board.run(command, data, this.agenda.nowUs)
    return result === null || this.board.mute ? null : reply(this.#address, command, result)
  }
}

export const createDisplayModel = (options: DisplayModelOptions): DisplayModel =>
  new DisplayModel(options)
