// The platform account of a destination in a data folder: address, the lot's account, and the certificates in its
// folder.
import { createHash } from 'node:crypto'
import { heldCertificates } from '#base/crypto/certs.ts'
import { destinationRows } from '#ledger/pure/lot/destinations.ts'
import type { ChannelName, LotConfig } from '#base/pure/lot/config.ts'
import type { PlatformAccount, PlatformAccounts } from '#base/pure/values/platform-account.ts'
import { linkHere, type LinkHere } from './link-here.ts'

const fingerprintOf = (publicKey: Uint8Array): string =>
  createHash('sha256').update(publicKey).digest('hex').slice(0, 16)

export const accountHere = ({ appId, url, certDir }: LinkHere): PlatformAccount => ({
  appId,
  url,
  keys: heldCertificates(certDir)
    .filter(({ whose }) => whose === 'platform')
    .map(({ publicKey }) => fingerprintOf(publicKey))
    .toSorted(),
})

/** Null when the lot has no such connection. */
export function lotAccountHere(
  dir: string,
  lot: Pick<LotConfig, ChannelName>,
  id: ChannelName = 'platform',
): PlatformAccount | null {
  const link = linkHere(dir, lot, id)
  return link === null ? null : accountHere(link)
}

/** Accounts of all joined destinations. */
export const accountsHere = (dir: string, lot: Pick<LotConfig, ChannelName>): PlatformAccounts =>
  Object.fromEntries(
    destinationRows.flatMap(({ id }) => {
      const account = lotAccountHere(dir, lot, id)
      return account === null ? [] : [[id, account]]
    }),
  )
