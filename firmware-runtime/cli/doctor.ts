// `etc-lane doctor`: what is on a link, why it is silent, what to do next; --link an antenna's,
// --camera one that asks for a password, --push the listener that a camera pushes to, --data alone what
// the folder's certificates are worth and how much room its disk has.
import { PhotoWeights } from '../adapters/files/photo-weights.ts'
import { upkeepFacts } from '../adapters/files/upkeep-files.ts'
import type {
  CameraReportView,
  FolderReportView,
  LinkReportView,
  PushReportView,
} from '../api/find-views.ts'
import { checkLink, type DoctorPorts } from '../app/find/link-doctor.ts'
import { atDestination, certificateState, certificateTroubles } from '../core/etc/credentials.ts'
import { isRsuVariantId, type RsuVariantId } from '../devices/rsu/variants.ts'
import { upkeepOf } from '../core/lot/config.ts'
import { diskFaults, type UpkeepFacts } from '../core/lot/upkeep.ts'
import { faults, LaneFault, type FaultCode } from '../core/faults/faults.ts'
import { isoOf } from '../core/values/instant.ts'
import { parseLinkUrl } from '../core/links/link-url.ts'
import { folderOf, runningClient } from './client.ts'
import { act, commandOf, printed } from './acts.ts'
import { needed } from './command.ts'
import { servicePlan } from './install.ts'
import { leaseLink } from '../runtime/process/link-lease.ts'
import { doctorPorts } from '../runtime/bench/find-ports.ts'
import { certificatesHere } from '../runtime/folder/certificates-here.ts'
import { linkHere } from '../runtime/folder/link-here.ts'
import { loadLot } from '../runtime/folder/lot-file.ts'
import { statusListOffline } from '../runtime/list/status-list-offline.ts'
import { serviceChecks } from '../runtime/service/service-checks.ts'
import { thisSystem } from '../runtime/service/service-install.ts'
import { lookAtCamera } from '../runtime/bench/look-at-camera.ts'

/** The generic variant named in a link; null for a profile or no name, which are not compared. */
export function wantedVariant(link: string): RsuVariantId | null {
  const { variant = '' } = parseLinkUrl(link, '--link').query
  return isRsuVariantId(variant) ? variant : null
}

/** Checks one link that no lane of this machine uses: LINK-03 names the process that does. */
export function lookAt(link: string, outside: DoctorPorts): Promise<LinkReportView> {
  const { signal } = new AbortController()
  const wanted = wantedVariant(link)
  return checkLink(outside, link, {
    signal,
    wanted,
    claim: () => leaseLink(link, 'etc-lane doctor'),
  })
}

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

const kinds = ['link', 'camera', 'push'] as const

const doctor = act(
  [
    'doctor --link URL [--ports FILE]',
    'doctor --data DIR',
    'doctor --service --data DIR',
    'doctor --camera URL --data DIR',
    'doctor --push LANE --data DIR [--camera-address IP]',
  ],
  async (values) => {
    if (values.service) {
      const { ok, ...report } = serviceChecks(servicePlan(folderOf(values.data)), thisSystem)
      const code = ok ? {} : { code: 'SERVICE-03' satisfies FaultCode }
      return printed({ ok, ...code, ...report }, ok)
    }
    const given = kinds.filter((kind) => values[kind] !== undefined)
    if (given.length === 0 && values.data !== undefined) {
      const report = await folderReport(folderOf(values.data), Date.now())
      return printed(report, report.ok)
    }
    if (given.length !== 1)
      throw new LaneFault('ARG-01', {
        note: '--link URL, --camera URL, --push LANE, or --data DIR alone',
      })
    let report: LinkReportView | CameraReportView | PushReportView
    if (values.link !== undefined)
      report = await lookAt(values.link, doctorPorts(values.ports ?? null))
    else if (values.camera !== undefined)
      report = await lookAtCamera(values.camera, folderOf(values.data))
    else {
      const camera = values['camera-address']
      report = await runningClient(folderOf(values.data)).call('find.push', {
        laneId: needed(values.push, 'push'),
        ...(camera === undefined ? {} : { camera }),
      })
    }
    return printed(report, report.ok)
  },
)

export const doctorCommand = commandOf('doctor', [doctor])
