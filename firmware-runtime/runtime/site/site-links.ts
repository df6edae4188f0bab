// The links of a site to its platforms: the expansion platform, and the operator's and the ETC operator's platform when
// configured. The first has charges, lists, bills and trusted time; the others have records, heartbeats and duty.
import type { GmCrypto } from '#base/crypto/gm-crypto.ts'
import type { LotParts } from '#lane/lot/lot-parts.ts'
import type { DutyLinks } from '#ledger/ports/platform-duty.ts'
import type { PlatformMonitor } from '#base/ports/platform-monitor.ts'
import { atDestination, type DestinationCertificate } from '#base/pure/data/credentials.ts'
import type { ChannelName } from '#base/pure/lot/config.ts'
import { destinationRows, takersOf, takesCharges } from '#ledger/pure/lot/destinations.ts'
import { present } from '#base/pure/values/must.ts'
import { accountsHere } from '#lane/folder/account-here.ts'
import { closeAll } from '#base/process/close-all.ts'
import { openPlatform, platformOptions, type PlatformLinks } from './platform.ts'
import type { RuntimeListener } from './runtime-listener.ts'
import type { Site, SiteOptions } from './site-parts.ts'

export interface SiteLinks extends Omit<
  PlatformLinks,
  'bills' | 'monitor' | 'signer' | 'duty' | 'feedback' | 'openVehicle' | 'certificates'
> {
  /** Of every platform that the lot has joined. */
  readonly certificates: readonly DestinationCertificate[]
  readonly duty: DutyLinks
  readonly bills: Site['bills']
  readonly signer: PlatformLinks['signer']
  /** The parts of a lot from its links, besides its uploader. */
  readonly lotParts: Pick<LotParts, 'accounts' | 'others' | 'signer' | 'openVehicle'>
  readonly monitors: readonly PlatformMonitor[]
}

export async function openLinks(
  options: SiteOptions,
  crypto: GmCrypto,
  runtime: () => RuntimeListener,
): Promise<SiteLinks> {
  const links = new Map<ChannelName, PlatformLinks>()
  const close = () => closeAll([...links.values()].map((one) => () => one.close()))
  const having = (has: 'charges' | 'shifts' | 'configuration'): PlatformLinks =>
    present(links.get(destinationRows.find((row) => row[has])?.id ?? 'platform'), 'each was opened')
  try {
    for (const { id } of destinationRows)
      links.set(id, openPlatform(platformOptions(options, id, runtime), crypto))
    const platform = having('charges')
    const { uploader, client, listCheck, signer, feedback, openVehicle } = platform
    return {
      uploader,
      bills: new Map([...links].map(([id, { bills }]) => [id, bills])),
      client,
      listCheck,
      signer,
      duty: {
        shifts: having('shifts').duty,
        configuration: having('configuration').duty,
        feedback,
      },
      lotParts: {
        accounts: accountsHere(options.dir, options.config),
        ...(signer === undefined ? {} : { signer }),
        ...(openVehicle === null ? {} : { openVehicle }),
        others: Object.fromEntries(
          [...links].flatMap(([id, { uploader: to }]) => (takesCharges(id) ? [] : [[id, to]])),
        ),
      },
      monitors: takersOf(options.config, 'monitoring').flatMap(
        (id) => links.get(id)?.monitor ?? [],
      ),
      get certificates() {
        return [...links].flatMap(([of, one]) => one.certificates.map((held) => ({ of, ...held })))
      },
      certificateTroubles: () =>
        [...links].flatMap(([of, one]) =>
          one.certificateTroubles().map((trouble) => atDestination(of, trouble)),
        ),
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}
