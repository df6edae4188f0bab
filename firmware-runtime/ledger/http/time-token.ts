// Tokens of a time-stamping service (RFC 3161) over bytes, and whether one holds for them.
import { randomBytes } from 'node:crypto'
import { certificatesInPem } from '#base/crypto/certs.ts'
import type { TimeStamp } from '#base/crypto/time-stamp.ts'
import { askTimeStamp, timeStampService } from './time-stamp-http.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { readCertificateText } from '#base/process/read-file.ts'

export interface StampService {
  readonly tsa: string
  /** PEM of the trusted authorities; undefined: trust is not checked. */
  readonly tsaCa: string | undefined
}

/** PKI.js is loaded only when a token has to be read. */
const timeStamps = () => import('#base/crypto/time-stamp.ts')

/** Null: nobody is named, and trust is not checked. */
export const authoritiesIn = (file: string | undefined): readonly Uint8Array[] | null =>
  file === undefined ? null : certificatesInPem(readCertificateText(file))

/** EVIDENCE-06 for a token that is not valid for these bytes, or leads to none of the authorities. */
export async function stampOver(
  token: Uint8Array,
  over: Uint8Array,
  authorities: readonly Uint8Array[] | null,
  about: { readonly file?: string; readonly field?: string; readonly value?: string },
): Promise<TimeStamp> {
  const { NoTimeStamp, timeStampOver } = await timeStamps()
  return timeStampOver(token, over, authorities).catch((error: unknown) => {
    if (!(error instanceof NoTimeStamp)) throw error
    throw new LaneFault('EVIDENCE-06', { ...about, note: error.why })
  })
}

/** EVIDENCE-06 and EVIDENCE-07 when no valid token was received. */
export async function tokenFor(
  over: Uint8Array,
  { tsa, tsaCa }: StampService,
): Promise<{ readonly token: Uint8Array; readonly stamp: TimeStamp }> {
  const service = timeStampService(tsa)
  const { NoTimeStamp, timeStampBytesMax, timeStampQuery, tokenIn } = await timeStamps()
  const query = timeStampQuery(over, randomBytes(8))
  const answer = await askTimeStamp(service, query.der, timeStampBytesMax)
  const about = { value: service.href }
  let token: Uint8Array
  try {
    token = tokenIn(answer, query)
  } catch (error) {
    if (!(error instanceof NoTimeStamp)) throw error
    throw new LaneFault('EVIDENCE-06', { ...about, note: error.why })
  }
  return { token, stamp: await stampOver(token, over, authoritiesIn(tsaCa), about) }
}
