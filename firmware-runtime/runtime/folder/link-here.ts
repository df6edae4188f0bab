// A destination as a data folder has it. Where lot.json names no folder for what proves the lot to it, that is one of the lot's
// own; it is filled in here and nowhere written, so that a folder that is moved still finds it.
import { join } from 'node:path'
import type { ChannelName, LotConfig, PlatformConfig } from '../../core/lot/config.ts'
import { linkOf } from '../../core/lot/destinations.ts'
import { provinceOf } from '../../platforms/dialects.ts'

export interface LinkHere extends PlatformConfig {
  readonly certDir: string
}

/** With its folder; a form has an empty one where nobody said it. */
export function withFolder(dir: string, id: ChannelName, link: PlatformConfig): LinkHere {
  const { certDir = '' } = link
  return { ...link, certDir: certDir === '' ? join(dir, 'keys', id) : certDir }
}

/** What proves the lot to a platform, as the dialect of its province says. */
export const needsOf = (
  lot: Pick<LotConfig, 'provinceCode'>,
  { province: provinceCode = lot.provinceCode }: Pick<PlatformConfig, 'province'>,
) => provinceOf({ provinceCode })?.dialect.envelope.needs ?? (['certificates'] as const)

/** Null where the lot has no such connection. */
export function linkHere(
  dir: string,
  lot: Pick<LotConfig, ChannelName>,
  id: ChannelName = 'platform',
): LinkHere | null {
  const link = linkOf(lot, id)
  return link === null ? null : withFolder(dir, id, link)
}
