// The time stamp of an independent service in evidence: requested when the evidence is made, checked when it is
// verified. The token covers the signature, so it proves that this signature existed at its time.
import { t, type BilingualText } from '#base/pure/words/fault-text.ts'
import type { EvidenceSeal } from '../../pure/file/evidence.ts'
import { faultJson, LaneFault } from '#base/pure/faults/faults.ts'
import { isoOf, type InstantMs } from '#base/pure/values/instant.ts'
import { authoritiesIn, stampOver, tokenFor, type StampService } from '#ledger/http/time-token.ts'

const notes = {
  none: t('时间没有证明:签名的电脑所说', 'time not attested: what the signing computer said'),
  nobody: t(
    '时间没有证明:有时间戳,没有写信任谁(--tsa-ca)',
    'time not attested: a time stamp is there, and nobody is named whose word it is (--tsa-ca)',
  ),
  attested: t('签名在那时已经存在', 'the signature was there at this time'),
} as const

const said = (why: BilingualText) => ({ note: why.en, why })

export interface EvidenceTime {
  readonly view: {
    readonly attested: boolean
    readonly note: string
    /** The note in both languages. */
    readonly why: BilingualText
    /** Time of the stamp, attested or not. */
    readonly stampIso?: string
    readonly errorMs?: number | null
    readonly by?: string
  }
  /** When the signature existed, by the best time known. */
  readonly atMs: InstantMs
}

/** EVIDENCE-06 for a token that is not valid for this signature, or does not lead to an authority in `tsaCa`. */
export async function timeOf(seal: EvidenceSeal, tsaCa: string | undefined): Promise<EvidenceTime> {
  const { timeStamp, signature, signedAtMs } = seal
  if (timeStamp === null)
    return { view: { attested: false, ...said(notes.none) }, atMs: signedAtMs }
  const authorities = authoritiesIn(tsaCa)
  const about = { field: 'timeStampToken' }
  const found = await stampOver(timeStamp, signature, authorities, about)
  const attested = authorities !== null
  const { atMs, accuracyMs: errorMs, by } = found
  const note = said(attested ? notes.attested : notes.nobody)
  const view = { attested, ...note, stampIso: isoOf(atMs), errorMs, by }
  return { view, atMs: attested ? atMs : signedAtMs }
}

/** Adds a time stamp if one was requested and received; else returns the fault, and the evidence is made without it. */
export async function withTime(seal: EvidenceSeal, stampRequest: StampService | null) {
  if (stampRequest === null) return { seal, time: await timeOf(seal, undefined), fault: null }
  try {
    const { token } = await tokenFor(seal.signature, stampRequest)
    const own = { ...seal, timeStamp: token }
    return { seal: own, time: await timeOf(own, stampRequest.tsaCa), fault: null }
  } catch (error) {
    if (!(error instanceof LaneFault) || !/^EVIDENCE-0[67]$/.test(error.code)) throw error
    return { seal, time: await timeOf(seal, undefined), fault: faultJson(error).error }
  }
}
