// Modbus TCP of the relay board: a codec of its own, because the pulse coil accepts data that ordinary Modbus clients
// and servers refuse (lane-devices.md 2.2).
import { joined } from '#base/pure/data/bytes.ts'

export interface ModbusRequest {
  readonly transaction: number
  readonly unit: number
  readonly pdu: Uint8Array
}

const nothing = new Uint8Array(0)

/** PDU is at most 253 bytes; the length field counts the unit byte, too. */
const lengthMax = 254
const headBytes = 6

/** Splits a TCP stream into requests. After an invalid header the stream cannot be continued. */
export class ModbusReceiver {
  #held: Uint8Array = nothing

  /** `broken`: close the connection, as boards do. */
  push(bytes: Uint8Array, _atUs: number): { requests: ModbusRequest[]; broken: boolean } {
    const all = this.#held.length === 0 ? bytes : joined([this.#held, bytes])
    const requests: ModbusRequest[] = []
    let at = 0
    while (all.length - at >= headBytes) {
      const protocol = u16(all, at + 2)
      const length = u16(all, at + 4)
      if (protocol !== 0 || length < 2 || length > lengthMax) {
        this.#held = nothing
        return { requests, broken: true }
      }
      if (all.length - at < headBytes + length) break
      requests.push({
        transaction: u16(all, at),
        unit: all[at + 6] ?? 0,
        pdu: all.slice(at + 7, at + headBytes + length),
      })
      at += headBytes + length
    }
    this.#held = at === all.length ? nothing : all.slice(at)
    return { requests, broken: false }
  }
}

export const u16 = (b: Uint8Array, at: number): number => ((b[at] ?? 0) << 8) | (b[at + 1] ?? 0)

export function response(request: ModbusRequest, pdu: Uint8Array): Uint8Array {
  const out = new Uint8Array(7 + pdu.length)
  const { transaction, unit } = request
  const length = pdu.length + 1
  out[0] = transaction >> 8
  out[1] = transaction
  out[4] = length >> 8
  out[5] = length
  out[6] = unit
  for (let i = 0; i < pdu.length; i++) out[7 + i] = pdu[i] ?? 0
  return out
}

export const illegalFunction = 1
export const illegalAddress = 2
export const illegalValue = 3

export const exceptionPdu = (functionCode: number, code: number): Uint8Array =>
  Uint8Array.of(functionCode | 0x80, code)

/** Answer to FC01 and FC02: bits, least significant first. */
export function bitsPdu(functionCode: number, bits: readonly boolean[]): Uint8Array {
  const bytes = Math.ceil(bits.length / 8)
  const out = new Uint8Array(2 + bytes)
  out[0] = functionCode
  out[1] = bytes
  for (let i = 0; i < bits.length; i++)
    if (bits[i] === true) out[2 + (i >> 3)] = (out[2 + (i >> 3)] ?? 0) | (1 << (i & 7))
  return out
}
