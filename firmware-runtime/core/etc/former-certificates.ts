// Which certificates of a lot are kept behind the one in use: the newest that the platform has accepted, and those after
// it that were not tried yet. One that was refused while another worked is none, nor is one whose time is over.
import type { InstantMs } from '../values/instant.ts'

/** What the platform last said of a certificate, while its clock and ours agreed. */
export type CertificateWord = 'accepted' | 'refused'

interface FormerCertificate {
  readonly certSerial: string
  readonly notAfterMs: InstantMs
}

/** Each refused one costs a waiting car one exchange. */
const untriedMax = 3

/** `newestFirst`: those before the one in use. */
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
