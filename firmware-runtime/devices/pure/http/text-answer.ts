// The one request of a driver that is in flight and the text of its answer: what a head and a piece of the body change.
import { judgeHead, type HttpEffect, type HttpEvent, type HttpSession } from './session.ts'

export interface TextFlight {
  readonly id: string
  readonly status: number
  /** The answer so far. */
  readonly text: string
}

interface TextExchange<F extends TextFlight> {
  readonly session: HttpSession
  readonly flight: F | null
}

interface HeadTaken<F extends TextFlight> extends TextExchange<F> {
  readonly effects: readonly HttpEffect[]
  /** Why no answer follows; null: it does, or the head was of another request. */
  readonly ends: 'refused' | 'noDigest' | null
}

export function takeHead<F extends TextFlight>(
  { session: before, flight }: TextExchange<F>,
  { id, status, headers }: Extract<HttpEvent, { type: 'head' }>,
): HeadTaken<F> {
  const { session, effects, verdict } = judgeHead(before, id, status, headers)
  const taken = { session, flight, effects, ends: null }
  if (flight?.id !== id) return taken
  if (verdict.kind === 'again') return { ...taken, flight: { ...flight, id: verdict.id } }
  if (verdict.kind === 'answer') return { ...taken, flight: { ...flight, status } }
  return { ...taken, ends: verdict.kind === 'stranger' ? null : verdict.kind }
}

/** `overlong`: the answer has more than `charsMax` characters. */
export function takeBody<F extends TextFlight>(
  flight: F | null,
  { id, bytes }: Extract<HttpEvent, { type: 'body' }>,
  charsMax: number,
): F | null | 'overlong' {
  if (flight?.id !== id) return flight
  // Answers are ASCII except for unused names: one character for each byte survives any split.
  const text = flight.text + String.fromCharCode(...bytes.subarray(0, charsMax + 1))
  return text.length > charsMax ? 'overlong' : { ...flight, text }
}
