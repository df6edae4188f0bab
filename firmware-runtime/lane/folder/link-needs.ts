// What a platform needs from a lot: certificates, an authorisation code or both. Alone, because it loads every dialect.
import type { LotConfig, PlatformConfig } from '#base/pure/lot/config.ts'
import { provinceOf } from '#ledger/pure/platforms/dialects.ts'

/** As the dialect of the platform's province says; certificates for an unknown province. */
export const needsOf = (
  lot: Pick<LotConfig, 'provinceCode'>,
  { province: provinceCode = lot.provinceCode }: Pick<PlatformConfig, 'province'>,
) => provinceOf({ provinceCode })?.dialect.envelope.needs ?? (['certificates'] as const)
