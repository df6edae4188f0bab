// Which earlier certificates of a lot are kept beside the one in use: the newest that the platform has accepted, and newer ones
// that were not tried yet. Expired ones, and ones that the platform refused while it accepted another, are dropped.
import type { InstantMs } from '#base/pure/values/instant.ts'

/** Newest verdict of the platform on a certificate, given while its clock and ours agreed. */
export type CertificateWord = 'accepted' | 'refused'

interface FormerCertificate {
  readonly certSerial: string
  readonly notAfterMs: InstantMs
}

/** A waiting car needs one more exchange for each certificate that is refused. */
const untriedMax = 3

/** `newestFirst`: the certificates older than the one in use. */
export function keptFormers<T extends FormerCertificate>(
  newestFirst: readonly T[],
  wordOf: (certSerial: string) => CertificateWord | null,
  nowMs: InstantMs,
): readonly T[] {
  const may = newestFirst.filter(
    ({ certSerial, notAfterMs }) => nowMs < notAfterMs && wordOf(certSerial) !== 'refused',
  )
  const isAccepted = ({ certSerial }: T): boolean => wordOf(certSerial) === 'accepted'
  const at = may.findIndex(isAccepted)
  const untried = at === -1 ? may : may.slice(0, at)
  return [...untried.slice(0, untriedMax), ...may.slice(at, at + 1).filter(isAccepted)]
}
