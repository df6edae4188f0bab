// The time stamp of an independent service in evidence: requested when the evidence is made, checked when it is
// verified. The token covers the signature, so it proves that this signature existed at its time.
import { t, type BilingualText } from '../../core/values/fault-text.ts'
import { randomBytes } from 'node:crypto'
import { certificatesInPem } from '../../adapters/crypto/certs.ts'
import { askTimeStamp, timeStampService } from '../../adapters/http/time-stamp-http.ts'
import type { EvidenceSeal } from '../../survey/evidence.ts'
import { faultJson, LaneFault } from '../../core/faults/faults.ts'
import { isoOf, type InstantMs } from '../../core/values/instant.ts'
import { readCertificateText } from '../../runtime/process/read-file.ts'

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

/** PKI.js is loaded only when a token has to be read. */
const timeStamps = () => import('../../adapters/crypto/time-stamp.ts')

const authoritiesIn = (file: string | undefined): readonly Uint8Array[] | null =>
  file === undefined ? null : certificatesInPem(readCertificateText(file))

/** EVIDENCE-06 for a token that is not valid for this signature, or does not lead to an authority in `tsaCa`. */
export async function timeOf(seal: EvidenceSeal, tsaCa: string | undefined): Promise<EvidenceTime> {
  const { timeStamp, signature, signedAtMs } = seal
  if (timeStamp === null)
    return { view: { attested: false, ...said(notes.none) }, atMs: signedAtMs }
  const { NoTimeStamp, timeStampOver } = await timeStamps()
  const authorities = authoritiesIn(tsaCa)
  const found = await timeStampOver(timeStamp, signature, authorities).catch((error: unknown) => {
    if (!(error instanceof NoTimeStamp)) throw error
    throw new LaneFault('EVIDENCE-06', { field: 'timeStampToken', note: error.why })
  })
  const attested = authorities !== null
  const { atMs, accuracyMs: errorMs, by } = found
  const note = said(attested ? notes.attested : notes.nobody)
  const view = { attested, ...note, stampIso: isoOf(atMs), errorMs, by }
  return { view, atMs: attested ? atMs : signedAtMs }
}

interface StampRequest {
  readonly tsa: string
  readonly tsaCa: string | undefined
}

/** The seal with a token of the service. EVIDENCE-06 and EVIDENCE-07 when no valid token was received. */
async function stamped(seal: EvidenceSeal, { tsa, tsaCa }: StampRequest): Promise<EvidenceSeal> {
  const service = timeStampService(tsa)
  const { NoTimeStamp, timeStampBytesMax, timeStampQuery, tokenIn } = await timeStamps()
  const query = timeStampQuery(seal.signature, randomBytes(8))
  const answer = await askTimeStamp(service, query.der, timeStampBytesMax)
  try {
    const own = { ...seal, timeStamp: tokenIn(answer, query) }
    await timeOf(own, tsaCa)
    return own
  } catch (error) {
    if (!(error instanceof NoTimeStamp)) throw error
    throw new LaneFault('EVIDENCE-06', { value: service.href, note: error.why })
  }
}

/** Adds a time stamp if one was requested and received; else returns the fault, and the evidence is made without it. */
export async function withTime(seal: EvidenceSeal, stampRequest: StampRequest | null) {
  if (stampRequest === null) return { seal, time: await timeOf(seal, undefined), fault: null }
  try {
    const own = await stamped(seal, stampRequest)
    return { seal: own, time: await timeOf(own, stampRequest.tsaCa), fault: null }
  } catch (error) {
    if (!(error instanceof LaneFault) || !/^EVIDENCE-0[67]$/.test(error.code)) throw error
    return { seal, time: await timeOf(seal, undefined), fault: faultJson(error).error }
  }
}
