// How requests to a relay board travel: the rules of the barrier are the same on every transport.
// A transport frames PDUs and takes answers out of a stream; it decides nothing.
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
  /** False: an answer is known by its time and shape alone, so late ones have to be waited out. */
  readonly numbered: boolean
  /** Silence that the link needs before each request. */
  readonly restMs: number
  frame(transactionId: number, unitId: number, pdu: Uint8Array): Uint8Array
  unframe(carried: Uint8Array, chunk: Uint8Array): UnframedAnswers
  /** The same of what is sent, for people who look. */
  requests(carried: Uint8Array, chunk: Uint8Array): UnframedAnswers
}

/** As whom an answer came to the request under way; null where it is its own, or a late one of before. */
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
