// How requests to a relay board travel. The rules of the barrier are the same on every transport.
// A transport frames PDUs and extracts answers from a byte stream; it makes no decisions.
import { note, type NoteText } from '#base/pure/words/notes.ts'
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

/** An answer so many requests behind may be late; the first request has number 1. */
const lateMax = 8

/**
 * How an answer differs from the open request (transaction or unit id); null: it belongs to the request, or is late.
 * Some boards answer each request as transaction 0.
 */
export function strangeAs(
  { transactionId, unitId }: RelayAnswer,
  asked: { readonly transactionId: number; readonly unitId: number },
): NoteText | null {
  if (transactionId !== null && transactionId !== asked.transactionId) {
    const behind = (asked.transactionId - transactionId) & 0xffff
    const isLate = transactionId !== 0 && behind <= lateMax
    return isLate ? null : note('answersAsTransaction', transactionId, asked.transactionId)
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
