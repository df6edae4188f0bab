// What a data folder needs to talk to its platform, with expiry dates, and how much room its disk has: what the doctor
// finds without any lane.
import { PhotoWeights } from '#ledger/files/photo-weights.ts'
import { upkeepFacts } from '#ledger/files/upkeep-files.ts'
import { portBar } from '#devices/find/free-port.ts'
import type { FolderReportView } from '#devices/calls/find-views.ts'
import {
  atDestination,
  certificateState,
  certificateTroubles,
} from '#base/pure/data/credentials.ts'
import { codedFault } from '#base/process/api-fault.ts'
import { faults, type FaultCode, type Why } from '#base/pure/faults/faults.ts'
import { upkeepOf, type LotConfig } from '#base/pure/lot/config.ts'
import { diskFaults, type UpkeepFacts } from '#ledger/pure/lot/upkeep.ts'
import { dayMs, isoOf, type InstantMs } from '#base/pure/values/instant.ts'
import { certificatesHere } from '#lane/folder/certificates-here.ts'
import { liveRuntime } from '#lane/folder/data-folder.ts'
import { linkHere } from '#lane/folder/link-here.ts'
import { loadLot } from '#lane/folder/lot-file.ts'
import { publishedHere } from '#lane/folder/published-here.ts'
import { statusListOffline } from '#ledger/desk/list/status-list-offline.ts'

/** Each call weighs a few days of photos; a command repeats it until all are weighed. */
async function roomOf(dir: string): Promise<UpkeepFacts & { readonly photoMb: number }> {
  const weights = new PhotoWeights(dir)
  for (;;) {
    const facts = await upkeepFacts(dir, weights)
    if (facts.photoMb !== null) return { ...facts, photoMb: facts.photoMb }
  }
}

type Trouble = { readonly code: FaultCode; readonly note: Why }

/** Of the port of the billing interface: free, or held by the lanes of this folder. */
async function portTroubles(dir: string, { published }: LotConfig): Promise<readonly Trouble[]> {
  if (published === undefined) return []
  const { host, port } = published
  const isOurs = (liveRuntime(dir)?.endpoints.partners ?? null) !== null
  const bar = isOurs ? null : await portBar(host, port)
  return bar === null ? [] : [{ code: 'BILLING-02', note: `${host}:${port} ${bar}` }]
}

interface Dates {
  readonly notBeforeMs: InstantMs
  readonly notAfterMs: InstantMs
}

/** What a data folder needs to talk to its platform, with expiry dates, and whether its disk has enough space. */
export async function folderReport(dir: string, nowMs: number): Promise<FolderReportView> {
  const { config } = loadLot(dir)
  const upkeep = upkeepOf(config)
  const room = await roomOf(dir)
  const certificates = certificatesHere(dir, config)
  const statusList = linkHere(dir, config) === null ? null : statusListOffline(dir, config, nowMs)
  const isOut = config.chargeMode === 'card' && /expired|none/.test(statusList?.state ?? '')
  const published = publishedHere(config, nowMs)
  const { roomTrend } = await import('#lane/folder/room-trend.ts')
  const troubles: readonly Trouble[] = [
    ...certificates.flatMap(({ of, held }) =>
      certificateTroubles(held, null, nowMs).map((trouble) => atDestination(of, trouble)),
    ),
    ...diskFaults(room, upkeep, roomTrend(dir)),
    ...(isOut ? [{ code: 'LIST-09', note: statusList?.asOfIso ?? '' } as const] : []),
    ...published.troubles,
    // At a card that is not here no port can be tried.
    ...(published.troubles.some(({ code }) => code === 'BILLING-02')
      ? []
      : await portTroubles(dir, config)),
  ]
  const dated = ({ notBeforeMs, notAfterMs }: Dates) => ({
    fromIso: isoOf(notBeforeMs),
    untilIso: isoOf(notAfterMs),
    daysLeft: Math.floor((notAfterMs - nowMs) / dayMs),
  })
  return {
    ok: troubles.length === 0,
    nowIso: isoOf(nowMs),
    certificates: certificates.flatMap(({ of, held }) =>
      held.map((one) => ({
        of,
        whose: one.whose,
        serial: one.certSerial,
        ...dated(one),
        state: certificateState(one, nowMs),
      })),
    ),
    published: published.certificates.map(({ whose, serial, state, ...dates }) => {
      return { whose, serial, ...dated(dates), state }
    }),
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
    faults: troubles.map(({ code, note }) => ({ ...codedFault(code, note), ...faults[code] })),
  }
}
