// What a data folder needs to talk to its platform, with expiry dates, and how much room its disk has: what the doctor
// finds without any lane.
import { PhotoWeights } from '../../adapters/files/photo-weights.ts'
import { upkeepFacts } from '../../adapters/files/upkeep-files.ts'
import type { FolderReportView } from '../../api/find-views.ts'
import { atDestination, certificateState, certificateTroubles } from '../../core/etc/credentials.ts'
import { faults } from '../../core/faults/faults.ts'
import { upkeepOf } from '../../core/lot/config.ts'
import { diskFaults, type UpkeepFacts } from '../../core/lot/upkeep.ts'
import { isoOf } from '../../core/values/instant.ts'
import { certificatesHere } from '../folder/certificates-here.ts'
import { linkHere } from '../folder/link-here.ts'
import { loadLot } from '../folder/lot-file.ts'
import { statusListOffline } from '../list/status-list-offline.ts'

/** Each call weighs a few days of photos; a command repeats it until all are weighed. */
async function roomOf(dir: string): Promise<UpkeepFacts & { readonly photoMb: number }> {
  const weights = new PhotoWeights(dir)
  for (;;) {
    const facts = await upkeepFacts(dir, weights)
    if (facts.photoMb !== null) return { ...facts, photoMb: facts.photoMb }
  }
}

/** What a data folder needs to talk to its platform, with expiry dates, and whether its disk has enough space. */
export async function folderReport(dir: string, nowMs: number): Promise<FolderReportView> {
  const { config } = loadLot(dir)
  const upkeep = upkeepOf(config)
  const room = await roomOf(dir)
  const certificates = certificatesHere(dir, config)
  const statusList = linkHere(dir, config) === null ? null : statusListOffline(dir, config, nowMs)
  const isOut = config.chargeMode === 'card' && /expired|none/.test(statusList?.state ?? '')
  const troubles = [
    ...certificates.flatMap(({ of, held }) =>
      certificateTroubles(held, null, nowMs).map((trouble) => atDestination(of, trouble)),
    ),
    ...diskFaults(room, upkeep),
    ...(isOut ? [{ code: 'LIST-09', note: statusList?.asOfIso ?? '' } as const] : []),
  ]
  return {
    ok: troubles.length === 0,
    nowIso: isoOf(nowMs),
    certificates: certificates.flatMap(({ of, held }) =>
      held.map((one) => ({
        of,
        whose: one.whose,
        serial: one.certSerial,
        fromIso: isoOf(one.notBeforeMs),
        untilIso: isoOf(one.notAfterMs),
        daysLeft: Math.floor((one.notAfterMs - nowMs) / 86_400_000),
        state: certificateState(one, nowMs),
      })),
    ),
    statusList,
    disk: {
      freeMb: room.freeMb,
      warnMb: upkeep.diskWarnMb,
      photos: {
        days: room.photoDays.length,
        mb: room.photoMb,
        budgetGb: upkeep.photoGb,
        keepDays: upkeep.photoDays,
      },
    },
    faults: troubles.map(({ code, note }) => ({ code, note, ...faults[code] })),
  }
}
