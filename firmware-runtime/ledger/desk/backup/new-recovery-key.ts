// Makes the recovery key of a lot's folder: whole or in two shares, with a sheet to print for each.
import { makeRecoveryKey } from '#base/secrets/folder-keys.ts'
import { recoveryShares, recoveryText } from '#base/secrets/recovery-key.ts'
import type { RecoveryKeyView } from '../../calls/backup-views.ts'
import type { LotConfig } from '#base/pure/lot/config.ts'
import { isoOf, type InstantMs } from '#base/pure/values/instant.ts'
import { keyPlaceOf } from './copy-plan.ts'

interface NewKey {
  readonly split: boolean
  readonly replace: boolean
  readonly atMs: InstantMs
}

/** Makes the recovery key of a folder; its texts are returned here and cannot be read again. */
export async function newRecoveryKey(
  dir: string,
  config: LotConfig,
  { split, replace, atMs }: NewKey,
): Promise<RecoveryKeyView> {
  // The QR code library is loaded only when a sheet is drawn.
  const { keySheet } = await import('./key-sheet.ts')
  const madeAtIso = isoOf(atMs)
  const key = makeRecoveryKey(keyPlaceOf(dir, config), madeAtIso, replace)
  const texts = split ? recoveryShares(key) : [recoveryText(key)]
  const { lotId, name } = config
  const sheets = texts.map((text, at) => {
    const share = split ? ((at + 1) as 1 | 2) : null
    const html = keySheet({ lotId, name, keyId: key.id, madeAtIso, share, text })
    const end = share === null ? '' : `-${share}`
    return { fileName: `recovery-${lotId}-${key.id}${end}.html`, html }
  })
  return { keyId: key.id, madeAtIso, texts, sheets }
}
