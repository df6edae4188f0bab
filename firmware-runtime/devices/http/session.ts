// Requests of a driver to an HTTP device, with Digest: who is asked again after a 401, and how often.
// An old nonce is replaced once; a refused password is reported and never tried in a loop, because
// devices lock the account (lane-devices.md section 0).
import type { DownText } from '../../core/values/notes.ts'
import type { Challenge } from './digest.ts'
import { challengeOf } from './digest.ts'

export interface DeviceRequest {
  readonly method: 'GET' | 'PUT'
  /** Path and query exactly as sent. */
  readonly path: string
  /** XML of a PUT. */
  readonly body?: string
}

/** Which nonce a request answers, and for the how many-eth time. */
export interface RequestAuth {
  readonly challenge: Challenge
  readonly nonceCount: number
}

export type HttpEffect =
  | {
      readonly do: 'request'
      readonly id: string
      readonly request: DeviceRequest
      /** Null: sent without an Authorization header. */
      readonly auth: RequestAuth | null
    }
  /** Nothing of that request is of interest any more. */
  | { readonly do: 'abort'; readonly id: string }

export type HttpHeaders = Readonly<Record<string, string>>

export type HttpEvent =
  | {
      readonly type: 'head'
      readonly id: string
      readonly status: number
      /** Lower-case names; repeated headers joined by `, `. */
      readonly headers: HttpHeaders
    }
  | { readonly type: 'body'; readonly id: string; readonly bytes: Uint8Array }
  | { readonly type: 'end'; readonly id: string }
  | { readonly type: 'lost'; readonly id: string; readonly reason: DownText }

interface Open {
  readonly id: string
  readonly request: DeviceRequest
  readonly auth: RequestAuth | null
  /** The nonce was remembered from an earlier answer, so that it may have run out since. */
  readonly remembered: boolean
  readonly renewed: boolean
}

export interface HttpSession {
  readonly lastId: number
  /** The nonce that the device accepted last. */
  readonly nonce: RequestAuth | null
  readonly open: readonly Open[]
}

export const freshSession: HttpSession = { lastId: 0, nonce: null, open: [] }

interface SessionStep {
  readonly session: HttpSession
  readonly effects: readonly HttpEffect[]
}

function send(
  session: HttpSession,
  request: DeviceRequest,
  how: Pick<Open, 'auth' | 'remembered' | 'renewed'>,
): SessionStep & { readonly id: string } {
  const lastId = session.lastId + 1
  const id = String(lastId)
  const open = [...session.open, { id, request, ...how }]
  const { auth } = how
  return {
    id,
    session: { lastId, open, nonce: auth ?? session.nonce },
    effects: [{ do: 'request', id, request, auth }],
  }
}

/** Begins a request; the answer comes under the id, unless a 401 gives it a new one. */
export function ask(
  session: HttpSession,
  request: DeviceRequest,
): SessionStep & { readonly id: string } {
  const known = session.nonce
  const auth = known === null ? null : { ...known, nonceCount: known.nonceCount + 1 }
  return send(session, request, { auth, remembered: auth !== null, renewed: false })
}

/** The request is over, whichever way. */
export const closed = (session: HttpSession, id: string): HttpSession => ({
  ...session,
  open: session.open.filter((one) => one.id !== id),
})

/** Ends a request that is still open. */
export const giveUp = (session: HttpSession, id: string): SessionStep => ({
  session: closed(session, id),
  effects: session.open.some((one) => one.id === id) ? [{ do: 'abort', id }] : [],
})

type HeadVerdict =
  /** The device answers the request itself. */
  | { readonly kind: 'answer' }
  /** Asked again under another id. */
  | { readonly kind: 'again'; readonly id: string }
  /** User or password is not accepted. */
  | { readonly kind: 'refused' }
  /** The device wants a proof that is never given: Basic, or none that is known. */
  | { readonly kind: 'noDigest' }
  /** Of a request that was given up. */
  | { readonly kind: 'stranger' }

interface HeadStep extends SessionStep {
  readonly verdict: HeadVerdict
}

/**
 * Judges the head of an answer. A 401 to a request without proof is the ordinary first exchange. A
 * 401 to a remembered nonce, or one that says `stale`, is a nonce that ran out: asked once more with
 * the fresh one. Everything else is a password that is not accepted.
 */
export function judgeHead(
  session: HttpSession,
  id: string,
  status: number,
  headers: HttpHeaders,
): HeadStep {
  const one = session.open.find((open) => open.id === id)
  if (one === undefined) return { session, effects: [], verdict: { kind: 'stranger' } }
  if (status !== 401) return { session, effects: [], verdict: { kind: 'answer' } }
  const ended = giveUp(session, id)
  const without = { ...ended.session, nonce: null }
  const challenge = challengeOf(headers['www-authenticate'] ?? '')
  if (challenge === null)
    return { session: without, effects: ended.effects, verdict: { kind: 'noDigest' } }
  const ranOut = one.remembered || challenge.stale
  if (one.auth !== null && (one.renewed || !ranOut))
    return { session: without, effects: ended.effects, verdict: { kind: 'refused' } }
  const next = send(without, one.request, {
    auth: { challenge, nonceCount: 1 },
    remembered: false,
    renewed: one.auth !== null,
  })
  return {
    session: next.session,
    effects: [...ended.effects, ...next.effects],
    verdict: { kind: 'again', id: next.id },
  }
}
