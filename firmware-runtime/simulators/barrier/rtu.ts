// Modbus RTU of the board: requests recognised by function and CRC, replies with CRC.
// A frame with a wrong CRC is discarded with all bytes that came with it, as boards do.
import { isSealed, sealed } from '../shell/crc16.ts'
import type { ModbusRequest } from './modbus.ts'

const addressBytes = 1
const checkBytes = 2
/** After a silence a board discards a partial frame. */
const silenceUs = 50_000
const bytesMax = 256

/** Length of the whole request; null while it cannot be determined. */
function sizeOf(held: readonly number[]): number | null {
  const code = held[1]
  if (code === undefined) return null
  if (code === 0x0f || code === 0x10) {
    const count = held[6]
    return count === undefined ? null : 7 + count + checkBytes
  }
  // An unknown function: the frame is taken as all bytes present.
  return code >= 0x01 && code <= 0x06 ? addressBytes + 5 + checkBytes : Math.max(4, held.length)
}

export class RtuReceiver {
  readonly #unit: number
  #held: number[] = []
  #lastUs = 0

  constructor(unit: number) {
    this.#unit = unit
  }

  push(bytes: Uint8Array, atUs: number): { requests: ModbusRequest[]; broken: boolean } {
    if (atUs - this.#lastUs > silenceUs) this.#held = []
    this.#lastUs = atUs
    this.#held.push(...bytes)
    const requests: ModbusRequest[] = []
    for (;;) {
      const size = sizeOf(this.#held)
      if (size === null || this.#held.length < size) break
      const whole = Uint8Array.from(this.#held.splice(0, size))
      if (!isSealed(whole)) {
        this.#held = []
        break
      }
      // Requests to other units on the bus are ignored; a broadcast is not answered.
      if (whole[0] === this.#unit)
        requests.push({ transaction: 0, unit: this.#unit, pdu: whole.slice(1, -checkBytes) })
    }
    if (this.#held.length > bytesMax) this.#held = []
    return { requests, broken: false }
  }
}

export const rtuResponse = (request: ModbusRequest, pdu: Uint8Array): Uint8Array =>
  sealed(Uint8Array.of(request.unit, ...pdu))
