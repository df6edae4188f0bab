// What a folder, a stick or an address offers to this program, by what this lot trusts.
import { readRelease } from '../slots/metadata.ts'
import { placeAt } from '../slots/place.ts'
import { keepTrust, keptTrust } from '../slots/trust-file.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { offerOf, type Offer } from '../pure/update/offer.ts'
import { version } from '#base/process/version.ts'

const own = { product: 'etc-lane', version, system: `${process.platform}-${process.arch}` } as const

/** Reads what is offered and keeps what was seen. Throws UPDATE-01 to UPDATE-06. */
export async function offered(dir: string, from: string): Promise<Exclude<Offer, { is: 'none' }>> {
  const seen = await readRelease(placeAt(from), keptTrust(dir))
  keepTrust(dir, seen.trust)
  const offer = offerOf(seen.files, own)
  if (offer.is === 'none') throw new LaneFault('UPDATE-06', { file: from, value: own.system })
  return offer
}
