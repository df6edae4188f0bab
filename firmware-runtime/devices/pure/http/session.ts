// HTTP requests of a driver with Digest authentication: which are repeated after a 401, and how often. An old nonce is
// replaced once; a refused password is reported and never retried in a loop, because devices lock the account
// (lane-devices.md section 0).
import type { DownText } from '#base/pure/words/notes.ts'
import { type Challenge, challengeOf } from './digest.ts'

export interface DeviceRequest {
  readonly method: 'GET' | 'PUT'
  /** Path and query exactly as sent. */
  readonly path: string
  /** XML body of a PUT. */
  readonly body?: string
}

/** The nonce used by a request, and its use count. */
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
  /** The answer to that request is not needed any more. */
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
  /** The nonce came from an earlier answer, so it may have expired. */
  readonly remembered: boolean
  readonly renewed: boolean
  /** Sent because the request before it failed with a remembered nonce; its answer shows whether the nonce was the reason. */
  readonly isTrial: boolean
}

export interface HttpSession {
  readonly lastId: number
  /** The last nonce that the device accepted. */
  readonly nonce: RequestAuth | null
  /** The device takes a nonce once: each request asks for a new one. */
  readonly isOnce: boolean
  /** The next request is a trial. */
  readonly isTrialNext: boolean
  readonly open: readonly Open[]
}

export const freshSession: HttpSession = {
  lastId: 0,
  nonce: null,
  isOnce: false,
  isTrialNext: false,
  open: [],
}

interface SessionStep {
  readonly session: HttpSession
  readonly effects: readonly HttpEffect[]
}

function send(
  session: HttpSession,
  request: DeviceRequest,
  how: Omit<Open, 'id' | 'request'>,
): SessionStep & { readonly id: string } {
  const lastId = session.lastId + 1
  const id = String(lastId)
  const open = [...session.open, { id, request, ...how }]
  const { auth } = how
  return {
    id,
    session: { ...session, lastId, open, nonce: auth ?? session.nonce },
    effects: [{ do: 'request', id, request, auth }],
  }
}

/** Starts a request; its answer has the same id, unless a 401 leads to a new one. */
export function ask(
  session: HttpSession,
  request: DeviceRequest,
): SessionStep & { readonly id: string } {
  const known = session.nonce
  const auth =
    known === null || session.isOnce ? null : { ...known, nonceCount: known.nonceCount + 1 }
  const how = { auth, remembered: auth !== null, renewed: false, isTrial: session.isTrialNext }
  return send({ ...session, isTrialNext: false }, request, how)
}

/** Removes a finished request. */
export const closed = (session: HttpSession, id: string): HttpSession => ({
  ...session,
  open: session.open.filter((one) => one.id !== id),
})

/**
 * The device closed a connection that stood, as undici and the system say it. One that was never made, or in which
 * nothing came in time, says nothing of a nonce.
 */
const closedThere = /other side closed|ECONNRESET|EPIPE/

/**
 * Removes a request whose connection broke. A command is not repeated here: it may have been carried out. The next
 * request asks for a new nonce, and its answer shows whether the device takes each one once.
 */
export function broken(session: HttpSession, id: string, reason: string): HttpSession {
  const isRemembered =
    closedThere.test(reason) && session.open.some((one) => one.id === id && one.remembered)
  return { ...closed(session, id), ...(isRemembered ? { nonce: null, isTrialNext: true } : {}) }
}

/** Aborts a request that is still open. */
export const giveUp = (session: HttpSession, id: string): SessionStep => ({
  session: closed(session, id),
  effects: session.open.some((one) => one.id === id) ? [{ do: 'abort', id }] : [],
})

type HeadVerdict =
  /** The device answered the request itself. */
  | { readonly kind: 'answer' }
  /** The request was repeated under another id. */
  | { readonly kind: 'again'; readonly id: string }
  /** User or password is not accepted. */
  | { readonly kind: 'refused' }
  /** The device requires an authentication that is never given: Basic, or an unknown one. */
  | { readonly kind: 'noDigest' }
  /** The request was given up before. */
  | { readonly kind: 'stranger' }

interface HeadStep extends SessionStep {
  readonly verdict: HeadVerdict
}

/**
 * Judges a response head. A 401 to a request without authentication is the ordinary first exchange. A 401 to a
 * remembered nonce, or one with `stale`, means an expired nonce: the request is repeated once with the new one. Any
 * other 401 is a refused password. Some devices take a nonce once and answer its second use with 403, or close the
 * connection (`lostRequest`): the request is repeated once without a proof, which brings a new challenge. Only the
 * success of that repeat shows such a device: a camera that lost its power breaks connections too.
 */
export function judgeHead(
  session: HttpSession,
  id: string,
  status: number,
  headers: HttpHeaders,
): HeadStep {
  const one = session.open.find((open) => open.id === id)
  if (one === undefined) return { session, effects: [], verdict: { kind: 'stranger' } }
  if (status === 403 && one.remembered) return withoutProof(session, one)
  if (status !== 401) {
    const isOnce = session.isOnce || (one.isTrial && one.auth !== null && status !== 403)
    return { session: { ...session, isOnce }, effects: [], verdict: { kind: 'answer' } }
  }
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
    isTrial: one.isTrial,
  })
  return {
    session: next.session,
    effects: [...ended.effects, ...next.effects],
    verdict: { kind: 'again', id: next.id },
  }
}

function withoutProof(session: HttpSession, one: Open): HeadStep & { readonly id: string } {
  const ended = giveUp(session, one.id)
  const before = { ...ended.session, nonce: null }
  const how = { auth: null, remembered: false, renewed: false, isTrial: true }
  const next = send(before, one.request, how)
  const effects = [...ended.effects, ...next.effects]
  return { ...next, effects, verdict: { kind: 'again', id: next.id } }
}

/** A request that ended without a head. Null: it used no nonce of an earlier answer, so the connection is the reason. */
export function lostRequest(
  session: HttpSession,
  id: string,
  reason: string,
): (SessionStep & { readonly id: string }) | null {
  if (!closedThere.test(reason)) return null
  const one = session.open.find((open) => open.id === id)
  return one?.remembered === true ? withoutProof(session, one) : null
}
