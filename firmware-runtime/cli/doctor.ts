// `etc-lane doctor`: what is on a link, why it is silent, what to do next; --link an antenna's,
// --camera one that asks for a password, --push the listener that a camera pushes to, --data alone what
// the folder's certificates are worth.
import { systemRandom } from '../adapters/clocks/system-clocks.ts'
import { deviceHttp } from '../adapters/http/device-http.ts'
import { heldCertificates } from '../adapters/crypto/certs.ts'
import { digestSigner } from '../adapters/http/digest-signer.ts'
import { machineSecret } from '../adapters/secrets/machine-seal.ts'
import { secretStore } from '../adapters/secrets/secret-store.ts'
import type {
  CameraReportView,
  FolderReportView,
  LinkReportView,
  PushReportView,
} from '../api/find-views.ts'
import { checkCamera } from '../app/find/camera-doctor.ts'
import { checkLink, type DoctorWorld } from '../app/find/link-doctor.ts'
import { certificateState, certificateTroubles } from '../core/etc/credentials.ts'
import { isRsuVariantId, type RsuVariantId } from '../devices/rsu/variants.ts'
import { parseCameraLink, shownLink } from '../core/values/camera-link.ts'
import { joinedPlatform } from '../core/lot/config.ts'
import { faults, LaneFault } from '../core/values/faults.ts'
import { isoOf } from '../core/values/instant.ts'
import { parseLinkUrl } from '../core/values/link-url.ts'
import { folderOf, jsonText, runningClient } from './client.ts'
import { flags, needed, type CliIo, type Command } from './command.ts'
import { claimLink } from './link-claim.ts'
import { doctorWorld } from './find-world.ts'
import { loadLot } from './lot.ts'

/** The generic variant that a link names; a profile's own, or none, is not compared. */
export function wantedVariant(link: string): RsuVariantId | null {
  const { variant = '' } = parseLinkUrl(link, '--link').query
  return isRsuVariantId(variant) ? variant : null
}

/** One link looked at while no lane of this machine drives it: LINK-03 names the process that does. */
export function lookAt(link: string, world: DoctorWorld): Promise<LinkReportView> {
  const { signal } = new AbortController()
  const wanted = wantedVariant(link)
  return checkLink(world, link, {
    signal,
    wanted,
    claim: () => claimLink(link, 'etc-lane doctor'),
  })
}

/** One camera link with its password: of the folder's secrets, under the name that the link gives. */
export async function lookAtCamera(link: string, dir: string): Promise<CameraReportView> {
  const target = parseCameraLink(link, '--camera')
  if (target.kind !== 'hikvision' && target.kind !== 'dahua')
    throw new LaneFault('ARG-01', {
      field: '--camera',
      value: shownLink(link),
      note: 'hikvision:// or dahua://; a Vzicom camera has no password, one that pushes has --push',
    })
  const store = secretStore(dir, machineSecret())
  const host = target.host.includes(':') ? `[${target.host}]` : target.host
  const http = deviceHttp(`http://${host}:${target.port}`)
  const { mono, machine } = doctorWorld(null)
  const sign = digestSigner(target.user, () => store.read(target.secret), systemRandom())
  try {
    return await checkCamera({ http, mono, machine, sign }, target, link)
  } finally {
    await http.close()
  }
}

/** What a data folder needs to talk to its platform, and until when: certificates by the clock here. */
export function folderReport(dir: string, nowMs: number): FolderReportView {
  const { config } = loadLot(dir)
  const joined = joinedPlatform(config)
  const held = joined === null ? [] : heldCertificates(joined.certDir)
  const troubles = certificateTroubles(held, null, nowMs)
  return {
    ok: troubles.length === 0,
    nowIso: isoOf(nowMs),
    certificates: held.map((one) => ({
      whose: one.whose,
      serial: one.certSerial,
      fromIso: isoOf(one.notBeforeMs),
      untilIso: isoOf(one.notAfterMs),
      daysLeft: Math.floor((one.notAfterMs - nowMs) / 86_400_000),
      state: certificateState(one, nowMs),
    })),
    faults: troubles.map(({ code, note }) => ({ code, note, ...faults[code] })),
  }
}

const kinds = ['link', 'camera', 'push'] as const

export const doctorCommand: Command = {
  async run(args, io: CliIo) {
    const { values } = flags(args, {
      link: 'string',
      camera: 'string',
      push: 'string',
      data: 'string',
      'camera-address': 'string',
      ports: 'string',
    })
    const given = kinds.filter((kind) => values[kind] !== undefined)
    if (given.length === 0 && values.data !== undefined) {
      const report = folderReport(folderOf(values.data), Date.now())
      io.stdout(jsonText(report, io.json))
      return report.ok ? 0 : 1
    }
    if (given.length !== 1)
      throw new LaneFault('ARG-01', {
        note: '--link URL, --camera URL, --push LANE, or --data DIR alone',
      })
    let report: LinkReportView | CameraReportView | PushReportView
    if (values.link !== undefined)
      report = await lookAt(values.link, doctorWorld(values.ports ?? null))
    else if (values.camera !== undefined)
      report = await lookAtCamera(values.camera, folderOf(values.data))
    else {
      const camera = values['camera-address']
      report = await runningClient(folderOf(values.data)).call('find.push', {
        laneId: needed(values.push, 'push'),
        ...(camera === undefined ? {} : { camera }),
      })
    }
    io.stdout(jsonText(report, io.json))
    return report.ok ? 0 : 1
  },
}
