// The links of a site to its platforms: the expansion platform, and those of the lot's operator and of the ETC operator where it
// has them. Charges, lists, bills and the time of the lot are the first one's; the others have records, heartbeats and duty.
import type { GmCrypto } from '../../adapters/crypto/gm-crypto.ts'
import type { LotParts } from '../../app/lot/lot-parts.ts'
import type { LotRuntime } from '../../app/lot/lot-runtime.ts'
import type { DutyLinks } from '../../ports/platform-duty.ts'
import type { PlatformMonitor } from '../../ports/platform-monitor.ts'
import type { ChannelName } from '../../core/lot/config.ts'
import { closeAll } from '../process/close-all.ts'
import { openPlatform, platformOptions, type PlatformLinks } from './platform.ts'
import type { Site, SiteOptions } from './site-parts.ts'

export interface SiteLinks extends Omit<
  PlatformLinks,
  'bills' | 'monitor' | 'signer' | 'duty' | 'feedback'
> {
  readonly duty: DutyLinks
  readonly bills: Site['bills']
  readonly signer: PlatformLinks['signer']
  /** What the lot is made of beside its own uploader. */
  readonly lotParts: Pick<LotParts, 'operator' | 'signer'>
  readonly monitors: readonly PlatformMonitor[]
}

export async function openLinks(
  options: SiteOptions,
  crypto: GmCrypto,
  runtime: () => Pick<LotRuntime, 'trustedTime' | 'certificateRefused' | 'answerDoubted'>,
): Promise<SiteLinks> {
  const links: PlatformLinks[] = []
  const open = (of: ChannelName): PlatformLinks => {
    const one = openPlatform(platformOptions(options, of, runtime), crypto)
    links.push(one)
    return one
  }
  const close = () => closeAll(links.map((one) => () => one.close()))
  try {
    const [platform, operator, etcOperator] = [
      open('platform'),
      open('operator'),
      open('etcOperator'),
    ]
    const { uploader, bills, client, listCheck, signer, feedback } = platform
    return {
      uploader,
      bills: { platform: bills, operator: operator.bills },
      client,
      listCheck,
      signer,
      duty: { shifts: operator.duty, configuration: etcOperator.duty, feedback },
      lotParts: {
        ...(signer === undefined ? {} : { signer }),
        ...(operator.uploader === null ? {} : { operator: operator.uploader }),
      },
      monitors: [platform.monitor, operator.monitor].filter((one) => one !== null),
      get certificates() {
        return platform.certificates
      },
      certificateTroubles: () => links.flatMap((one) => one.certificateTroubles()),
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}
