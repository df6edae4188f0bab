// Modbus RTU: address, PDU, CRC; on a serial port, or inside a plain TCP stream of a serial server. Frames have no
// length and no transaction id: an answer is found by its function, form and CRC.
import { sealedFrames, withCrc16 } from '../../crc16-modbus.ts'
import { exceptionBit } from './frames/exception.ts'
import { inputsRead } from './frames/read-inputs.ts'
import { registersRead } from './frames/read-registers.ts'
import { writeCoil } from './frames/write-coil.ts'
import type { RelayTransport, UnframedAnswers } from './transport.ts'

/** Address, function, count, 250 bytes of inputs, CRC. */
export const rtuBytesMax = 255
const shortest = 5
/** Address, function, two words, CRC: every request of the driver, and the echo of a written coil. */
const requestBytes = 8
/** The driver asks for one register. */
const registerBytes = 2
/** One character: start, eight bits, parity or second stop, stop. */
const bitsPerCharacter = 11
const restCharacters = 3.5

/** Length of the answer that may begin at `at`, or the shortest one while it is not known; null: none can begin here. */
function lengthAt(data: Uint8Array, at: number): number | null {
  const code = data[at + 1]
  if (code === undefined) return shortest
  if (code === writeCoil.functionCode) return requestBytes
  if (code === inputsRead.functionCode) {
    const count = data[at + 2]
    if (count === undefined) return shortest
    return count >= 1 && count <= rtuBytesMax - shortest ? shortest + count : null
  }
  if (code === registersRead.functionCode) {
    const count = data[at + 2]
    if (count === undefined) return shortest
    return count === registerBytes ? shortest + count : null
  }
  const known = [writeCoil.functionCode, inputsRead.functionCode, registersRead.functionCode]
  return known.some((one) => code === (one | exceptionBit)) ? shortest : null
}

function unsealed({ frames, ...rest }: ReturnType<typeof sealedFrames>): UnframedAnswers {
  const answers = frames.map((bytes) => ({
    transactionId: null,
    unitId: bytes[0] ?? 0,
    pdu: bytes.slice(1, -2),
  }))
  return { answers, ...rest }
}

/** Extracts whole answers from the stream, wherever they are. */
export const unframeRtu = (carried: Uint8Array, chunk: Uint8Array): UnframedAnswers =>
  unsealed(sealedFrames(carried, chunk, rtuBytesMax, lengthAt))

/** Whole requests of the driver in a stream; each is sent in one piece. */
const requestsRtu = (carried: Uint8Array, chunk: Uint8Array): UnframedAnswers =>
  unsealed(sealedFrames(carried, chunk, requestBytes, () => requestBytes))

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
