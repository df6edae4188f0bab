// Modbus RTU: address, PDU, CRC; on a serial port, or inside a plain TCP stream of a serial server. Frames have no
// length and no transaction id: an answer is found by its function, form and CRC.
import { withCarry } from '../../../core/values/bytes.ts'
import { crc16Fits, withCrc16 } from '../../crc16-modbus.ts'
import { exceptionBit } from './frames/exception.ts'
import { inputsRead } from './frames/read-inputs.ts'
import { writeCoil } from './frames/write-coil.ts'
import type { RelayTransport, UnframedAnswers, RelayAnswer } from './transport.ts'

/** Address, function, count, 250 bytes of inputs, CRC. */
export const rtuBytesMax = 255
const shortest = 5
/** One character: start, eight bits, parity or second stop, stop. */
const bitsPerCharacter = 11
const restCharacters = 3.5

/** Length of the answer that may begin at `at`; null: no answer can begin here; 0: more bytes are needed. */
function lengthAt(data: Uint8Array, at: number): number | null {
  const code = data[at + 1]
  if (code === undefined) return 0
  if (code === writeCoil.functionCode) return 8
  if (code === inputsRead.functionCode) {
    const count = data[at + 2]
    if (count === undefined) return 0
    return count >= 1 && count <= rtuBytesMax - shortest ? shortest + count : null
  }
  const known = [writeCoil.functionCode, inputsRead.functionCode]
  return known.some((one) => code === (one | exceptionBit)) ? 5 : null
}

/**
 * Extracts whole answers from the stream, wherever they are. A false beginning is skipped byte by byte and does not
 * hide a whole answer after it.
 */
export function unframeRtu(carried: Uint8Array, chunk: Uint8Array): UnframedAnswers {
  const data = withCarry(carried, chunk)
  const answers: RelayAnswer[] = []
  let discardedBytes = 0
  let taken = 0
  let open: number | null = null
  for (let at = 0; at < data.length;) {
    const length = lengthAt(data, at)
    const end = at + (length ?? 0)
    if (length === 0 || (length !== null && end > data.length)) {
      open ??= at
      at++
    } else if (length === null || !crc16Fits(data, at, end)) at++
    else {
      discardedBytes += at - taken
      const pdu = data.slice(at + 1, end - 2)
      answers.push({ transactionId: null, unitId: data[at] ?? 0, pdu })
      taken = at = end
      open = null
    }
  }
  const from = Math.max(open ?? data.length, data.length - rtuBytesMax + 1)
  discardedBytes += from - taken
  return { answers, carry: data.slice(from), discardedBytes }
}

/** Address, function, two words, CRC: every request of the driver. */
const requestBytes = 8

/** Whole requests of the driver in a stream; each is sent in one piece. */
function requestsRtu(carried: Uint8Array, chunk: Uint8Array): UnframedAnswers {
  const data = withCarry(carried, chunk)
  const answers: RelayAnswer[] = []
  let taken = 0
  let at = 0
  let discardedBytes = 0
  while (data.length - at >= requestBytes) {
    const end = at + requestBytes
    if (!crc16Fits(data, at, end)) {
      at++
      continue
    }
    discardedBytes += at - taken
    answers.push({ transactionId: null, unitId: data[at] ?? 0, pdu: data.slice(at + 1, end - 2) })
    taken = at = end
  }
  discardedBytes += at - taken
  return { answers, carry: data.slice(at), discardedBytes }
}

/** Pause of 3.5 characters at that speed, and a margin for timers. */
export const restMsAt = (baud: number): number =>
  1 + Math.ceil((restCharacters * bitsPerCharacter * 1000) / baud)

export const modbusRtu = (restMs: number): RelayTransport => ({
  name: 'modbus-rtu',
  numbered: false,
  restMs,
  frame: (_transactionId, unitId, pdu) => withCrc16(Uint8Array.of(unitId, ...pdu)),
  unframe: unframeRtu,
  requests: requestsRtu,
})
