// The lots of `centre bench`: real keys and certificates, made and accepted in bulk, since a pairing of a thousand lots by
// their digits is not what is measured.
import { centreKeys } from '#ledger/centre/centre-keys.ts'
import { openGmCrypto } from '#base/crypto/gm-crypto.ts'
import { pemBlocks } from '#base/crypto/pem.ts'
import { present } from '#base/pure/values/must.ts'
import type { InstantMs } from '#base/pure/values/instant.ts'
import type { KeptJoin } from '#ledger/ports/centre-keys.ts'
import type { Authority, KeyUse } from '../authority/authority.ts'
import { insertKey } from '../pairing/decide.ts'
import type { AsOwner } from '../postgres/postgres.ts'

/** What the generator needs of a lot. */
export interface FleetLot {
  readonly lotId: string
  readonly kept: KeptJoin
}

interface FleetParts {
  readonly asOwner: AsOwner
  readonly authority: Authority
  /** Of the door. */
  readonly url: string
  readonly nowMs: InstantMs
}

const lotIdOf = (at: number): string => `B${String(at + 1).padStart(4, '0')}`

export async function makeFleet(
  { asOwner, authority, url, nowMs }: FleetParts,
  count: number,
): Promise<readonly FleetLot[]> {
  const keys = centreKeys(openGmCrypto())
  const fleet: FleetLot[] = []
  for (let at = 0; at < count; at++) {
    const lotId = lotIdOf(at)
    const { tlsKey, signKey, tlsRequest, signRequest } = keys.fresh(url, lotId)
    const issued = (use: KeyUse, request: string) => {
      const [der] = pemBlocks(request, 'CERTIFICATE REQUEST')
      return authority.issue(use, present(der, 'a request of its own'), lotId, nowMs)
    }
    const tls = await issued('tls', tlsRequest)
    const sign = await issued('sign', signRequest)
    await asOwner(async (db) => {
      const name = JSON.stringify({ zh: lotId, en: lotId })
      await db.query('INSERT INTO centre.lot (lot_id, name) VALUES ($1, $2)', [lotId, name])
      await insertKey(db, lotId, 'tls', tls)
      await insertKey(db, lotId, 'sign', sign)
    })
    const certificates = { tlsCertificate: tls.pem, signCertificate: sign.pem }
    const kept = { url, authority: authority.certificatePem, tlsKey, signKey, ...certificates }
    fleet.push({ lotId, kept })
  }
  return fleet
}
