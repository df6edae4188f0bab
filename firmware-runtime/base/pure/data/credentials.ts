// What lets a lane charge at all, and until when: PSAM, sign-in, certificates, clock. Judged, not guessed:
// what nobody told is `unknown`, never well.
import { channelWords, type ChannelName } from '../lot/destination-members.ts'
import { bothOf } from '../words/fault-text.ts'
import { note, noteWhy, type NoteText } from '../words/notes.ts'
import type { BilingualText } from '../faults/faults.ts'
import { isoOf, type InstantMs } from '../values/instant.ts'

export type CredentialState = 'ok' | 'soon' | 'bad' | 'unknown'

export interface HeldCertificate {
  readonly whose: 'client' | 'platform'
  readonly certSerial: string
  readonly notBeforeMs: InstantMs
  readonly notAfterMs: InstantMs
}

export interface DestinationCertificate extends HeldCertificate {
  readonly of: ChannelName
}

/** Exchanged by people (9.1 a), so a month ahead. */
export const certificateSoonMs = 30 * 86_400_000
/** Renewal runs automatically four hours before the end (sign-in.ts): less time left means that it failed. */
export const signInSoonMs = 3 * 3_600_000
/** P24: above 30 s alarm, above 120 s no signing and no charge at the card. */
const clockSoonMs = 30_000
const clockBadMs = 120_000

type Validity = Pick<HeldCertificate, 'notBeforeMs' | 'notAfterMs'>

export function certificateState(one: Validity, nowMs: InstantMs): CredentialState {
  if (nowMs < one.notBeforeMs || nowMs >= one.notAfterMs) return 'bad'
  return one.notAfterMs - nowMs <= certificateSoonMs ? 'soon' : 'ok'
}

/** An answer under a certificate that our clock calls over, or not begun (K08). */
export interface RefusedCertificate {
  readonly certSerial: string
  readonly notBeforeMs: InstantMs
  readonly notAfterMs: InstantMs
  readonly nowMs: InstantMs
  /** The time that the answer was signed with: what the platform's clock says. */
  readonly signedAtMs: InstantMs
}

export interface CertificateTrouble {
  readonly code: 'CERT-02' | 'CERT-03' | 'CERT-04' | 'CERT-07' | 'CERT-08'
  /** The client's own certificate or the platform's; absent where the trouble is of no single certificate. */
  readonly whose?: HeldCertificate['whose']
  /** Serial and dates; the sentence around them is that of the fault table. */
  readonly note: string
  readonly why: BilingualText
}

const validity = (one: Validity) => [isoOf(one.notBeforeMs), isoOf(one.notAfterMs)] as const

export const refusedNote = (one: RefusedCertificate): NoteText =>
  note(
    'certificateRefused',
    one.certSerial,
    ...validity(one),
    isoOf(one.nowMs),
    isoOf(one.signedAtMs),
  )

export const troubleOf = (code: CertificateTrouble['code'], text: NoteText): CertificateTrouble => {
  const why = bothOf(noteWhy(text))
  return { code, note: why.en, why }
}

/** The same trouble under the name of the platform that it is of: a lot has up to three (table G.1). */
export function atDestination(of: ChannelName, trouble: CertificateTrouble): CertificateTrouble {
  const [name, said] = [channelWords[of], trouble.why]
  const why = { zh: `${name.zh}:${said.zh}`, en: `${name.en}: ${said.en}` }
  return { ...trouble, note: why.en, why }
}

/**
 * Certificate problems, present or within a month (P25), by the real clock. Of several platform certificates one valid one
 * suffices: the others are former ones, or the next.
 */
export function certificateTroubles(
  certificates: readonly HeldCertificate[],
  refused: RefusedCertificate | null,
  nowMs: InstantMs,
): readonly CertificateTrouble[] {
  const found: CertificateTrouble[] = []
  if (refused !== null) found.push(troubleOf('CERT-02', refusedNote(refused)))
  for (const whose of ['client', 'platform'] as const) {
    const own = certificates.filter((one) => one.whose === whose)
    const best = bestOf(own, nowMs)
    if (best === undefined) continue
    const state = certificateState(best, nowMs)
    const held = note('certificateHeld', whose, best.certSerial, ...validity(best), isoOf(nowMs))
    if (state === 'bad') found.push({ ...troubleOf('CERT-04', held), whose })
    if (state === 'soon') found.push({ ...troubleOf('CERT-03', held), whose })
  }
  return found
}

/** One in force before one that is not, and of those the one that lasts longest. */
const rank = (one: Validity, nowMs: InstantMs): number =>
  certificateState(one, nowMs) === 'bad' ? one.notAfterMs - Number.MAX_SAFE_INTEGER : one.notAfterMs
export const bestOf = <C extends Validity>(all: readonly C[], nowMs: InstantMs): C | undefined =>
  all.toSorted((a, b) => rank(b, nowMs) - rank(a, nowMs))[0]

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

/** Report of an antenna about one of its PSAMs. */
export interface ReportedPsam {
  /** 12 hex. */
  readonly terminal: string
  /** Null where its frames do not say. */
  readonly authorised: boolean | null
}

/**
 * Checks that every PSAM of the antenna is authorised, because any of them may sign the next debit. `named`: those of the
 * lot file; `granted`: those that the platform signed in.
 */
export function psamBar(
  reported: readonly ReportedPsam[],
  named: readonly string[],
  granted: (terminal: string) => boolean,
): 'psamNotAuthorised' | 'psamNotStated' | null {
  if (reported.some(({ authorised }) => authorised === false)) return 'psamNotAuthorised'
  const stated = ({ terminal, authorised }: ReportedPsam): boolean =>
    authorised === true || named.includes(terminal) || granted(terminal)
  return reported.length > 0 && reported.every(stated) ? null : 'psamNotStated'
}

/** Many frames name a PSAM without its authorisation, which is then unknown, not good. */
export function psamState(authorised: boolean | null, up: boolean): CredentialState {
  if (!up || authorised === null) return 'unknown'
  return authorised ? 'ok' : 'bad'
}
