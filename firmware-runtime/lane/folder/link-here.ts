// A destination with its certificate folder. When lot.json names no folder, it is one in the data folder; it is filled
// in here and never written, so that a moved data folder still finds it.
import { join } from 'node:path'
import type { ChannelName, LotConfig, PlatformConfig } from '#base/pure/lot/config.ts'
import { linkOf } from '#ledger/pure/lot/destinations.ts'

export interface LinkHere extends PlatformConfig {
  readonly certDir: string
}

/** With its certificate folder; a form has an empty text when none was entered. */
export function withFolder(dir: string, id: ChannelName, link: PlatformConfig): LinkHere {
  const { certDir = '' } = link
  return { ...link, certDir: certDir === '' ? join(dir, 'keys', id) : certDir }
}

/** Null where the lot has no such connection. */
export function linkHere(
  dir: string,
  lot: Pick<LotConfig, ChannelName>,
  id: ChannelName = 'platform',
): LinkHere | null {
  const link = linkOf(lot, id)
  return link === null ? null : withFolder(dir, id, link)
}
