// Sets the second place of an existing lot: tests it, seals its password, then writes lot.json as a version with author
// and reason.
// A place that refuses a file changes nothing.
import { t } from '#base/pure/words/fault-text.ts'
import { join } from 'node:path'
import { copiesSecret } from '#ledger/copies/copy-server.ts'
import { writeWhole } from '#base/files/whole-file.ts'
import { machineSecret } from '#base/secrets/machine-seal.ts'
import { secretStore } from '#base/secrets/secret-store.ts'
import { checkLot } from '#lane/lot/files/lot-file.ts'
import type { LotConfig } from '#base/pure/lot/config.ts'
import { isServer } from '#base/pure/lot/copy-place.ts'
import { orDiskFault } from '#base/pure/faults/disk-fault.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import type { InstantMs } from '#base/pure/values/instant.ts'
import type { PlaceService, PlaceWish } from '#ledger/ports/copy-service.ts'
import { loadLot } from '#lane/folder/lot-file.ts'
import { keepVersion } from '#lane/desk/folder/lot-versions.ts'
import { refusePlace } from '#ledger/desk/backup/copy-place.ts'

interface PlaceWriter {
  readonly by: string
  readonly reason: string
  readonly atMs: InstantMs
}

/** COPY-01 for a folder, COPY-06 to COPY-11 for a server. */
async function mustTake(dir: string, wish: PlaceWish, service: PlaceService): Promise<void> {
  const { to, hostKey, password } = wish
  if (!isServer(to)) return refusePlace(to, dir)
  if (hostKey === null)
    throw new LaneFault('COPY-07', { file: to, note: t('还没有确认密钥', 'no key is agreed yet') })
  await service.tryServer(wish)
  if (password !== null) secretStore(dir, machineSecret()).write(copiesSecret, password)
}

/** Returns the lot with the new place. */
export async function setSecondPlace(
  dir: string,
  wish: PlaceWish,
  { by, reason, atMs }: PlaceWriter,
  service: PlaceService,
): Promise<LotConfig> {
  await mustTake(dir, wish, service)
  const file = join(dir, 'lot.json')
  const { config, tariff } = loadLot(dir)
  const { to, hostKey } = wish
  const copies = hostKey === null ? { to } : { to, hostKey }
  const lot = checkLot({ ...config, copies }, file)
  orDiskFault({ file }, () => writeWhole(file, `${JSON.stringify(lot, null, 2)}\n`))
  keepVersion(dir, atMs, { by, reason, lot, tariff })
  return lot
}
