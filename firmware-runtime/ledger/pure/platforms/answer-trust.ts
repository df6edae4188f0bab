// What every dialect that signs with certificates says of an answer before it reads its body (P3).
import { note, type NoteText } from '#base/pure/words/notes.ts'
import type { PlatformAnswer } from '../../ports/dialect.ts'
import type { Hold, SecurityEvent, SignatureState, Silence } from '../../ports/verdict.ts'

const retryAfterMaxMs = 3_600_000
/** Longest delay accepted from an answer without a valid signature: a forged answer may slow uploads, not stop them. */
const unsignedAfterMaxMs = 60_000

/** `Retry-After` in seconds, at most an hour; a date or an invalid value is ignored. */
export function retryAfterMs(headers: PlatformAnswer['headers']): number | null {
  const text = headers['retry-after'] ?? ''
  return /^\d{1,6}$/.test(text) ? Math.min(Number(text) * 1000, retryAfterMaxMs) : null
}

const forgery: Record<Exclude<SignatureState, 'valid'>, SecurityEvent> = {
  unsigned: 'unsignedSuccess',
  badSignature: 'badSignature',
  unknownCertificate: 'unknownCertificate',
  outsideWindow: 'answerOutsideWindow',
  certificateExpired: 'certificateOutsideValidity',
  certificateNotYetValid: 'certificateOutsideValidity',
}

/** P3: an unsigned success is forged; an unsigned error is a transport error without meaning. */
export function untrusted(answer: PlatformAnswer): Silence | null {
  const { status, verified, headers } = answer
  const reportedMs = retryAfterMs(headers)
  const afterMs =
    reportedMs === null || verified === 'valid'
      ? reportedMs
      : Math.min(reportedMs, unsignedAfterMaxMs)
  const silence = (why: NoteText, securityEvent: SecurityEvent | null): Silence => ({
    kind: 'silence',
    why,
    sent: true,
    securityEvent,
    afterMs,
  })
  if (status >= 300 && status < 400) return silence(note('redirected', status), 'redirect')
  if (verified === 'valid') return null
  const success = status >= 200 && status < 300
  if (verified === 'unsigned' && !success)
    return silence(note('answerDoubted', verified, status), null)
  return silence(note('answerDoubted', verified, status), forgery[verified])
}

export const hold = (
  why: NoteText,
  respCode: string | null = null,
  securityEvent: SecurityEvent | null = null,
): Hold => ({ kind: 'hold', why, respCode, securityEvent })
