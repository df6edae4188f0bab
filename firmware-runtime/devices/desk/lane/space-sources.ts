// The links by which watchers of spaces report: brokers and pushes for sensors, pushes and subscriptions for cameras. Each
// is a source with its driver; what it reports goes to one place.
import { systemWallClock } from '#base/time/system-clocks.ts'
import { mqttLink } from '#ledger/mqtt/mqtt-link.ts'
import type { SecretStore } from '#base/secrets/secret-store.ts'
import { MessageDeviceHost } from '../../hosts/message-device-host.ts'
import type { KeptCamera, SpaceCameras } from '../../files/space-cameras.ts'
import { WatchHost } from '../../hosts/watch-host.ts'
import type { PresetsView } from '#lane/calls/sensors-views.ts'
import { spaceChoice, type ProfileLookup } from '../../profiles/links.ts'
import type { SpaceSource } from '#base/pure/lot/config.ts'
import { shownLink } from '#base/pure/links/camera-link.ts'
import type { SpaceTarget } from '#base/pure/links/space-link.ts'
import type { PlateRead } from '../../pure/lane/plate-read.ts'
import {
  bareReport,
  soundTimes,
  type SpaceRead,
  type SpaceReport,
  type ViewFaults,
} from '../../pure/spaces/report.ts'
import type { DownText } from '#base/pure/words/notes.ts'
import { minuteMs } from '#base/pure/values/instant.ts'
import { must } from '#base/pure/values/must.ts'
import type { NamedPicture } from '../../pure/camera/pictures.ts'
import { boschUplink, uplinkTopic } from '../../pure/watch/chirpstack/uplink.ts'
import {
  watchDriver,
  type SpaceEvent,
  type WatchDoubts,
  type WatchState,
} from '../../pure/watch/driver.ts'
import { nbIotReport } from '../../pure/watch/nb-iot/report.ts'
import type { KnownPositions } from '../../pure/watch/preset-plan.ts'
import { pictureMark } from '../../pure/watch/picture-mark.ts'
import { parseWatchLink, type SubscribedWatcher } from '../../pure/watch/watch-link.ts'
import type { MonoClock, WallClock } from '#base/ports/clocks.ts'
import type { MessageLinkHandlers, MessageLinkOpener } from '../../ports/message-link.ts'
import { presetCamera, twoRoundsMs, type PresetCamera } from './preset-camera.ts'
import { passwordOf } from './secret-watch.ts'
import { subscribedDevice } from './subscribed-device.ts'

interface SourceParts {
  readonly source: SpaceSource
  /** Space by device: those that the source watches first, and those that it watches as the second witness. */
  readonly spaces: Readonly<Record<string, string>>
  /** Name of this lot and computer at a broker. */
  readonly name: string
  readonly mono: MonoClock
  readonly business: WallClock
  readonly doubts: WatchDoubts
  readonly secrets: SecretStore
  readonly profiles?: ProfileLookup | undefined
  /** What earlier runs of the program know of cameras; absent: nothing is kept. */
  readonly cameras?: SpaceCameras | undefined
  /** No run before this one: nothing can be known of a camera yet. */
  readonly isFirstRun: boolean
  emit(event: SpaceEvent, picture: Uint8Array | null): void
  /** The link is up, or down with its reason. */
  changed(up: boolean, reason: DownText | ''): void
  /** A camera did not reach a preset, or (null) takes no commands. */
  turnFailed(preset: number | null, why: DownText): void
}

/** How a source is pushed to; null: it is not. `parts`: a text with pictures in other parts. */
type PushBody = 'json' | 'parts' | null

export interface Source {
  readonly id: string
  /** Without its secret. */
  readonly link: string
  readonly isCamera: boolean
  readonly silentMs: number
  readonly body: PushBody
  readonly state: WatchState
  /** Null: it does not turn. */
  readonly presets: PresetsView | null
  push(text: string, pictures: readonly NamedPicture[]): void
  /** A person looked at the picture of the camera. */
  trusted(): void
  open(): void
  close(): Promise<void>
}

/** Sensors send a heartbeat every 4 to 24 hours (lane-devices.md 4.3). A camera comes round within minutes: assumed. */
const heartbeatMin = { sensor: 1_440, camera: 30 } as const

/** Pushes as a link: open while the intake listens. */
class PushLink implements MessageLinkOpener {
  private handlers: MessageLinkHandlers | null = null

  open(handlers: MessageLinkHandlers) {
    this.handlers = handlers
    handlers.up()
    return {
      close: () => {
        this.handlers = null
      },
    }
  }

  push(text: string): void {
    this.handlers?.message('', new TextEncoder().encode(text))
  }
}

const silentMsOf = ({ heartbeatMin: own }: SpaceSource, kind: keyof typeof heartbeatMin): number =>
  2 * (own ?? heartbeatMin[kind]) * minuteMs + minuteMs

function sensorSource(parts: SourceParts, target: SpaceTarget): Source {
  const { source, spaces, name, mono, business, doubts, secrets, profiles } = parts
  const { id, link } = source
  const choice = spaceChoice(link, profiles)
  must(choice.ok, 'a checked lot names a known model')
  const bosch = choice.value === 'bosch-pls'
  const pushes = target.kind === 'push' ? new PushLink() : null
  const decode = bosch ? boschUplink : nbIotReport
  const silentMs = silentMsOf(source, 'sensor')
  const broker = (of: Extract<SpaceTarget, { kind: 'mqtt' }>): MessageLinkOpener =>
    mqttLink({
      url: of.url,
      clientId: `etc-lane-${name}-${id}`,
      topics: [(bosch ? null : of.topic) ?? uplinkTopic(of.application)],
      user: of.account?.user ?? null,
      password: () => (of.account === null ? null : passwordOf(secrets, of.account.secret)),
    })
  const host = new MessageDeviceHost<WatchState, SpaceEvent, SpaceRead>({
    driver: watchDriver({ spaces, silentMs, doubts }),
    decode: (topic, bytes) => soundTimes(decode(topic, bytes), business.nowMs()),
    opener: target.kind === 'push' ? (pushes ?? new PushLink()) : broker(target),
    mono,
    emit: (event) => parts.emit(event, null),
    linkChanged: (up, reason) => parts.changed(up, reason),
  })
  return {
    id,
    link: shownLink(link),
    isCamera: false,
    silentMs,
    body: pushes === null ? null : 'json',
    presets: null,
    get state() {
      return host.state
    },
    push: (text) => pushes?.push(text),
    trusted: () => undefined,
    open: () => host.open(),
    close() {
      host.close()
      return Promise.resolve()
    },
  }
}

/** A reading of a subscribed camera as a report; null: it names no space. */
function reportOf(read: PlateRead): SpaceReport | null {
  const { space, plate, plateRaw, plateState, colour, confidence } = read
  if (space === undefined) return null
  return {
    ...bareReport,
    deviceId: space.id,
    occupied: space.occupied,
    deviceAtMs: read.deviceAtMs,
    ...(read.deviceAtMs === null ? { isUndated: true } : {}),
    look: space.occupied ? { plate, plateRaw, plateState, colour, confidence } : null,
    pictureMark: pictureMark(read.jpeg),
    isPast: read.history,
  }
}

function subscribed(
  parts: SourceParts,
  target: SubscribedWatcher,
  host: WatchHost,
  take: (read: SpaceRead, picture: Uint8Array | null) => void,
) {
  const { make, options } = target
  const { mono, secrets } = parts
  const down = (why: DownText): void => {
    host.down(why)
    parts.changed(false, why)
  }
  return subscribedDevice({
    at: target,
    dialect: make.pull(options, `${make.name}:${target.host}:${target.port}`),
    mono,
    wall: systemWallClock(),
    secrets,
    secretMissing: down,
    emit(event) {
      if (event.type === 'cameraUp') {
        host.up()
        parts.changed(true, '')
      } else if (event.type === 'cameraDown') down(event.note)
      else if (event.type === 'notUnderstood') take({ ok: false, reason: event.what }, null)
      else if (event.type === 'plateRead') {
        const report = reportOf(event.read)
        if (report !== null) take({ ok: true, reports: [report] }, event.read.jpeg)
      }
    },
  })
}

/** What is kept of a camera from run to run, beside its link. */
function memoryOf({ source, cameras, isFirstRun }: SourceParts) {
  const link = shownLink(source.link)
  const unknown: KeptCamera = { faults: isFirstRun ? {} : { start: 'unchecked' }, positions: {} }
  let kept = cameras?.of(source.id, link) ?? (cameras === undefined ? noMemory : unknown)
  const keep = (next: Partial<KeptCamera>): void => {
    kept = { ...kept, ...next }
    cameras?.keep(source.id, link, kept)
  }
  return {
    faults: kept.faults,
    positions: kept.positions,
    begin: () => keep({}),
    positionsKept: (positions: KnownPositions) => keep({ positions: { ...positions } }),
    faultsKept(faults: ViewFaults) {
      // Whether a picture stands still is seen anew within three looks.
      const lasting = Object.entries(faults).flatMap(([by, fault]) =>
        fault === 'frozen' ? [] : [[by, fault] as const],
      )
      keep({ faults: Object.fromEntries(lasting) })
    },
  }
}

const noMemory: KeptCamera = { faults: {}, positions: {} }

function planned(
  parts: SourceParts,
  host: WatchHost,
  memory: ReturnType<typeof memoryOf>,
): PresetCamera | null {
  const { source, spaces, mono, secrets } = parts
  const { plan } = source
  if (plan === undefined) return null
  return presetCamera({
    source,
    plan,
    spaces,
    mono,
    secrets,
    known: memory.positions,
    take: (read, picture) => host.take(read, picture),
    left: (deviceIds) => host.left(deviceIds),
    learned: (known) => memory.positionsKept(known),
    failed: (preset, why) => parts.turnFailed(preset, why),
  })
}

export function spaceSource(parts: SourceParts): Source {
  const { source, spaces, mono, business, doubts } = parts
  const target = parseWatchLink(source.link)
  if (target.kind === 'push' || target.kind === 'mqtt') return sensorSource(parts, target)
  const { plan } = source
  const silentMs = plan === undefined ? silentMsOf(source, 'camera') : twoRoundsMs(plan)
  const memory = memoryOf(parts)
  const host = new WatchHost({
    mono,
    spaces,
    silentMs,
    doubts,
    looksOnly: plan === undefined ? undefined : true,
    faults: memory.faults,
    faultsChanged: (faults) => memory.faultsKept(faults),
    emit: (event, picture) => parts.emit(event, picture),
  })
  const turning = planned(parts, host, memory)
  const take = (read: SpaceRead, picture: Uint8Array | null): void =>
    (turning ?? host).take(soundTimes(read, business.nowMs()), picture)
  const device = target.kind === 'subscribed' ? subscribed(parts, target, host, take) : null
  return {
    id: source.id,
    link: shownLink(source.link),
    isCamera: true,
    silentMs,
    body: target.kind === 'pushed' ? 'parts' : null,
    get state() {
      return host.state
    },
    get presets() {
      return turning?.view ?? null
    },
    push(text, pictures) {
      if (target.kind !== 'pushed') return
      const { read, picture } = target.make.read(text, pictures)
      take(read, picture)
    },
    trusted() {
      host.trusted()
      turning?.trusted()
    },
    open() {
      memory.begin()
      if (device === null) host.up()
      else device.open()
      turning?.open()
    },
    async close() {
      host.stop()
      await Promise.all([device?.close(), turning?.close()])
    },
  }
}
