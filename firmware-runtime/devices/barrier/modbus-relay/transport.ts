// How requests to a relay board travel. The rules of the barrier are the same on every transport.
// A transport frames PDUs and extracts answers from a byte stream; it makes no decisions.
import { note, type NoteText } from '../../../core/values/notes.ts'
import { frame, unframe } from './framing.ts'

export interface RelayAnswer {
  /** Number of the request it answers; null where the link has no numbers. */
  readonly transactionId: number | null
  readonly unitId: number
  readonly pdu: Uint8Array
}

export interface UnframedAnswers {
  readonly answers: readonly RelayAnswer[]
  readonly carry: Uint8Array
  readonly discardedBytes: number
}

export interface RelayTransport {
  readonly name: 'modbus-tcp' | 'modbus-rtu'
  /** False: an answer is matched by its time and shape alone, so late answers have to be waited out. */
  readonly numbered: boolean
  /** Silence that the link needs before each request. */
  readonly restMs: number
  frame(transactionId: number, unitId: number, pdu: Uint8Array): Uint8Array
  unframe(carried: Uint8Array, chunk: Uint8Array): UnframedAnswers
  /** `unframe` for the sent direction; used by the frame log. */
  requests(carried: Uint8Array, chunk: Uint8Array): UnframedAnswers
}

/**
 * How an answer differs from the open request (transaction or unit id); null: it belongs to the request, or is late.
 */
export function strangeAs(
  { transactionId, unitId }: RelayAnswer,
  asked: { readonly transactionId: number; readonly unitId: number },
): NoteText | null {
  if (transactionId !== null && transactionId !== asked.transactionId) {
    const ahead = (transactionId - asked.transactionId) & 0xffff
    return ahead < 0x8000 ? note('answersAsTransaction', transactionId, asked.transactionId) : null
  }
  return unitId === asked.unitId ? null : note('answersAsUnit', unitId, asked.unitId)
}

const unframed = (carried: Uint8Array, chunk: Uint8Array): UnframedAnswers => {
  const { frames, carry, discardedBytes } = unframe(carried, chunk)
  return { answers: frames, carry, discardedBytes }
}

export const modbusTcp: RelayTransport = {
  name: 'modbus-tcp',
  numbered: true,
  restMs: 0,
  frame,
  unframe: unframed,
  requests: unframed,
}
