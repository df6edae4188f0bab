// What lets a lane charge at all, and until when: PSAM, sign-in, certificates, clock. Judged, not guessed:
// what nobody told is `unknown`, never well.
import type { InstantMs } from '../values/instant.ts'

export type CredentialState = 'ok' | 'soon' | 'bad' | 'unknown'

export interface HeldCertificate {
  readonly whose: 'client' | 'platform'
  readonly certSerial: string
  readonly notBeforeMs: InstantMs
  readonly notAfterMs: InstantMs
}

/** Exchanged by people (9.1 a), so a month ahead. */
export const certificateSoonMs = 30 * 86_400_000
/** Renewed by itself four hours before its end (sign-in.ts): less than that means it did not work. */
export const signInSoonMs = 3 * 3_600_000
/** P24: above 30 s alarm, above 120 s no signing and no charge at the card. */
export const clockSoonMs = 30_000
export const clockBadMs = 120_000

export function certificateState(one: HeldCertificate, nowMs: InstantMs): CredentialState {
  if (nowMs < one.notBeforeMs || nowMs >= one.notAfterMs) return 'bad'
  return one.notAfterMs - nowMs <= certificateSoonMs ? 'soon' : 'ok'
}

/** `null`: never signed in. */
export function signInState(untilMs: InstantMs | null, nowMs: InstantMs): CredentialState {
  if (untilMs === null) return 'unknown'
  if (nowMs >= untilMs) return 'bad'
  return untilMs - nowMs <= signInSoonMs ? 'soon' : 'ok'
}

export function clockState(offsetMs: number | null): CredentialState {
  if (offsetMs === null) return 'unknown'
  const off = Math.abs(offsetMs)
  return off > clockBadMs ? 'bad' : off > clockSoonMs ? 'soon' : 'ok'
}

/** What an antenna told of one of its PSAMs. */
export interface ToldPsam {
  /** 12 hex. */
  readonly terminal: string
  /** Null where its frames do not say. */
  readonly authorised: boolean | null
}

/**
 * Who states that this lane may debit: every PSAM that its antenna has, because any of them may sign the
 * next debit. `named` are those of the lot file, `granted` those that the platform signed in.
 */
export function psamBar(
  told: readonly ToldPsam[],
  named: readonly string[],
  granted: (terminal: string) => boolean,
): 'psamNotAuthorised' | 'psamNotStated' | null {
  if (told.some(({ authorised }) => authorised === false)) return 'psamNotAuthorised'
  const stated = ({ terminal, authorised }: ToldPsam): boolean =>
    authorised === true || named.includes(terminal) || granted(terminal)
  return told.length > 0 && told.every(stated) ? null : 'psamNotStated'
}

/** Many frames name a PSAM and say nothing of its authorisation: that is not well, it is unknown. */
export function psamState(authorised: boolean | null, up: boolean): CredentialState {
  if (!up || authorised === null) return 'unknown'
  return authorised ? 'ok' : 'bad'
}
