// The link of the board: splits bytes into packets, and builds replies. A decoder of its own.
// Packet: address, version 100, two number bytes, command, length, data, checksum (low byte first).
import { isSealed, sealed } from '../shell/crc16.ts'

export interface Packet {
  readonly command: number
  readonly data: Uint8Array
}

const versionOne = 100
const lastPacket = [0xff, 0xff]
/** After a silence a board discards a partial packet. */
const patienceUs = 100_000

export class PacketReceiver {
  readonly #address: number
  #held: number[] = []
  #lastUs = 0
  /** Packets with a wrong checksum. */
  broken = 0

  constructor(address: number) {
    this.#address = address
  }

  push(bytes: Uint8Array, atUs: number): Packet[] {
    if (atUs - this.#lastUs > patienceUs) this.#held = []
    this.#lastUs = atUs
    this.#held.push(...bytes)
    const packets: Packet[] = []
    for (;;) {
      while (this.#held.length > 0 && !this.#begins()) this.#held.shift()
      const size = 8 + (this.#held[5] ?? 0)
      if (this.#held.length < 8 || this.#held.length < size) return packets
      const whole = Uint8Array.from(this.#held.slice(0, size))
      if (isSealed(whole)) {
        this.#held.splice(0, size)
        packets.push({ command: whole[4] ?? 0, data: whole.slice(6, -2) })
      } else {
        this.broken++
        this.#held.shift()
      }
    }
  }

  forget(): void {
    this.#held = []
  }

  #begins(): boolean {
    return [this.#address, versionOne, ...lastPacket].every(
      (byte, i) => i >= this.#held.length || this.#held[i] === byte,
    )
  }
}

export const reply = (address: number, command: number, ...data: readonly number[]): Uint8Array =>
  sealed(Uint8Array.of(address, versionOne, ...lastPacket, command, data.length, ...data))
