// The certificates of a data folder: those of every platform that its lot has joined, each with its platform (table G.1).
import { heldCertificates } from '#base/crypto/certs.ts'
import type { ChannelName, LotConfig } from '#base/pure/lot/config.ts'
import { joinedDestinations } from '#ledger/pure/lot/destinations.ts'
import { withFolder } from './link-here.ts'

interface CertificatesOf {
  readonly of: ChannelName
  /** Only those that can be read; `absences` (live-lot.ts) names the files that are missing. */
  readonly held: ReturnType<typeof heldCertificates>
}

export const certificatesHere = (dir: string, lot: LotConfig): readonly CertificatesOf[] =>
  joinedDestinations(lot).map(({ id, link }) => ({
    of: id,
    held: heldCertificates(withFolder(dir, id, link).certDir),
  }))
