// The status list of a data folder without a running lot, for a command: version, age, and whether it still counts.
// Read-only; a folder that never started has no list.
import { existsSync } from 'node:fs'
import { openGmCrypto } from '#base/crypto/gm-crypto.ts'
import { listImageOf, readListImage } from '../../files/status-list-image.ts'
import type { FolderListView } from '#base/calls/list-views.ts'
import { listState } from '../../pure/etc/list-age.ts'
import type { ChannelName, LotConfig } from '#base/pure/lot/config.ts'
import { isoOf, type InstantMs } from '#base/pure/values/instant.ts'
import { lotAccountHere } from '#lane/folder/account-here.ts'
import { readChainKey, statusListOf } from '#lane/folder/data-folder.ts'

export function statusListOffline(
  dir: string,
  lot: Pick<LotConfig, 'caps' | 'mode' | ChannelName>,
  nowMs: InstantMs,
): FolderListView {
  const { caps, mode } = lot
  const held = existsSync(listImageOf(dir))
    ? readListImage({
        dir,
        chainKey: readChainKey(dir),
        crypto: openGmCrypto(),
        account: lotAccountHere(dir, lot),
      })
    : null
  const { asOfMs, version } = held ?? statusListOf(dir, { mode }, { nowMs: () => nowMs })
  return {
    version,
    asOfIso: asOfMs === null ? null : isoOf(asOfMs),
    ageSec: asOfMs === null ? null : Math.max(0, Math.floor((nowMs - asOfMs) / 1000)),
    count: held?.numbers.size ?? null,
    state: listState(asOfMs, nowMs, caps.blacklistAgeMin * 60_000),
  }
}
