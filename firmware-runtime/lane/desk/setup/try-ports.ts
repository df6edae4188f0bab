// Opens one device of a lot during set-up for its test: with the lanes' drivers, without a lane.
// For a pushing camera the draft's card and port are listened on while its test runs.
import { noLaneLinks, triedKinds, type TriedKind } from '#base/pure/device-kinds/lane-kinds.ts'
import { systemMonoClock, systemWallClock } from '#base/time/system-clocks.ts'
import { cameraClocks } from '#devices/files/camera-clocks.ts'
import { openCameraPushServer } from '#devices/intake/camera-push-server.ts'
import { linkOpener } from '#devices/links/link-opener.ts'
import { machineSecret } from '#base/secrets/machine-seal.ts'
import { secretStore } from '#base/secrets/secret-store.ts'
import { checkDeviceLink } from '../../lot/files/lot-file.ts'
import type { TriedDevice } from '#devices/calls/tried-views.ts'
import type { TryHandle, TryNews, TryPorts, TryTarget } from '#devices/desk/lane/device-try.ts'
import type { RaisedBooms } from '#devices/hosts/raised-booms.ts'
import type { LaneEvent } from '../../pure/lane.ts'
import type { PlateRead } from '#devices/pure/lane/plate-read.ts'
import type { LaneLinks } from '#base/pure/lot/config.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { isoOf } from '#base/pure/values/instant.ts'
import { must, present } from '#base/pure/values/must.ts'
import { pushMakeOf } from '#devices/pure/camera/camera-link.ts'
import type { TimeVerdict } from '#devices/pure/camera/late-reading.ts'
import type { Pushed, PushPictures } from '#devices/pure/camera/push-make.ts'
import { keepMeasured, measuredIn } from '#devices/desk/lane/measured-file.ts'
import { leaseLink } from '#base/desk/process/link-lease.ts'
import {
  notLiveNote,
  type CameraHandle,
  type CameraPorts,
} from '#devices/desk/lane/camera-service.ts'
import { cameraDevice } from '#devices/desk/lane/cameras.ts'
import { PushCamera } from '#devices/desk/lane/push-camera.ts'
import type { DevicePorts } from '#devices/desk/lane/device-ports.ts'
import { barrierDevice, displayDevice } from '#devices/desk/lane/devices.ts'
import { pushSecret } from '#devices/desk/lane/push-secret.ts'
import { tryGateway, tryPrinter, tryScanner } from './try-money.ts'
import { tryChannel, tryReservation } from './try-platforms.ts'
import { namedProfiles } from '#devices/desk/profile/named-profiles.ts'
import { closeBeside } from '#base/process/close-all.ts'

type Tell = (news: TryNews) => void

const program = 'Studio set-up'
const isOfLane = (device: TriedDevice): device is TriedKind =>
  triedKinds.some((kind) => kind === device)

const laneWith = ({ laneId, device, link }: TryTarget): LaneLinks => ({
  id: laneId,
  name: { zh: laneId, en: laneId },
  direction: 'exit',
  ...noLaneLinks,
  ...(isOfLane(device) ? { [device]: link } : {}),
})

function barrierNews(event: LaneEvent): TryNews | null {
  if (event.type === 'barrierUp') return { is: 'reached' }
  if (event.type === 'barrierDown') return { is: 'down', note: event.reason }
  if (event.type === 'commandAnswered') return { is: 'answered', ok: event.ok }
  if (event.type === 'position') return { is: 'position', position: event.position }
  if (event.type === 'loop')
    return event.loop === 'under' ? { is: 'loop', state: event.state } : null
  if (event.type === 'closeBlocked') return { is: 'blocked', note: event.why }
  return event.type === 'barrierFault' ? { is: 'fault', note: event.fault } : null
}

function barrier(target: TryTarget, ports: DevicePorts, tell: Tell): TryHandle {
  const handle = barrierDevice(laneWith(target), ports, (event) => {
    const news = barrierNews(event)
    if (news !== null) tell(news)
  })
  const giveBack = handle.rest === undefined ? null : leaseLink(handle.url, program)
  return {
    open: () => handle.open(),
    command: () => handle.command({ do: target.what === 'open' ? 'lift' : 'close' }),
    close() {
      handle.close()
      giveBack?.()
    },
    boom: { hasUnder: handle.hasUnder, send: (command) => handle.command({ do: command }) },
  }
}

/** The text contains the time, so that an earlier test's text is not taken for this one. */
function display(target: TryTarget, ports: DevicePorts, tell: Tell): TryHandle {
  const words = ['测试', isoOf(ports.business.nowMs()).slice(11, 19)]
  const handle = displayDevice(laneWith(target), ports, () => {
    const { state, lines } = handle.view
    if (state === 'silent') tell({ is: 'down', note: handle.status.detail })
    else if (state === 'refused') tell({ is: 'notShown', note: handle.status.detail })
    else if (state === 'sending') tell({ is: 'reached' })
    else if (words.every((word) => lines.join('').includes(word)))
      tell({ is: 'shown', note: lines.join(' | ') })
  })
  return {
    open: () => handle.open(),
    command: () =>
      handle.command({ do: 'show', page: { phrases: words, tone: 'wait', speech: '' } }),
    close: () => handle.close(),
  }
}

/** A reading that opens nothing in a lane passes no test. */
function readNews(read: PlateRead, verdict: TimeVerdict): TryNews {
  const { plate, plateRaw, jpeg } = read
  if (verdict.is === 'live') return { is: 'read', note: plate ?? plateRaw, jpeg }
  const note = notLiveNote(read, systemWallClock().nowMs())
  return verdict.is === 'past' ? { is: 'refused', note } : { is: 'undated', note }
}

/** Judges readings as in a lane. What is measured of the clock is there for the first start. */
const cameraPorts = (dir: string, tell: Tell): CameraPorts => ({
  mono: systemMonoClock(),
  wall: systemWallClock(),
  isClockSure: () => true,
  clocks: cameraClocks(dir, (fault) => tell({ is: 'down', note: fault.message })),
  opener: linkOpener(),
  secrets: secretStore(dir, machineSecret()),
  take: (_laneId, read, verdict) => tell(readNews(read, verdict)),
})

function pulled(target: TryTarget, dir: string, tell: Tell): TryHandle {
  const handle: CameraHandle = cameraDevice(laneWith(target), {
    ...cameraPorts(dir, tell),
    linkDown: (fault) => tell({ is: 'down', note: fault.message }),
    // A camera that can be asked for a picture counts as reached when it takes commands.
    linkUp: () => (handle.messages === undefined ? tell({ is: 'reached' }) : undefined),
  })
  // Takes a picture if the make supports it; otherwise waits for a car.
  const { messages, command } = handle
  return {
    open() {
      handle.open()
      tell({ is: 'listening', note: handle.link })
      messages?.onChange((up) => (up ? tell({ is: 'reached' }) : undefined))
    },
    command: () => command?.({ type: 'trigger' }),
    close: () => closeBeside(handle.link, handle.close()),
  }
}

async function pushed(target: TryTarget, dir: string, tell: Tell): Promise<TryHandle> {
  const { laneId, link, intake } = target
  if (intake === null) throw new LaneFault('CAM-06', {})
  const refused = (what: string | null): string | null => {
    if (what !== null) tell({ is: 'refused', note: what })
    return what
  }
  const make = present(pushMakeOf(link), 'a link that pushes has its make')
  const camera = cameraDevice(laneWith(target), cameraPorts(dir, tell))
  must(camera instanceof PushCamera, 'a link that pushes is a pushing camera')
  const take = (text: string, pictures: PushPictures): Pushed => camera.take(text, pictures)
  const refusedOf = (push: Pushed): string | null =>
    refused(push.kind === 'refused' ? push.what : null)
  const server = await openCameraPushServer({
    secretOf: () => pushSecret(secretStore(dir, machineSecret()), laneId),
    lanes: [laneId],
    jsonLanes: make.body === 'json' ? [laneId] : [],
    onPush: ({ xml, pictures }) => refusedOf(take(xml, { parts: pictures })),
    onJson({ text, pictures }) {
      const push = take(text, { within: pictures })
      return { refused: refusedOf(push), reply: push.reply ?? '{}' }
    },
    onForm: () => make.alive ?? '{}',
    onWrongPath: (_laneId, { what }) => tell({ is: 'refused', note: what }),
    onRefused: (_laneId, { what }) => tell({ is: 'refused', note: what }),
    clock: systemWallClock(),
    ...intake,
  })
  return {
    open: () => tell({ is: 'listening', note: server.url(laneId) }),
    command: () => undefined,
    close: () => closeBeside(link, server.close()),
  }
}

export function tryPorts(dir: string, raised: RaisedBooms): TryPorts {
  const mono = systemMonoClock()
  return {
    mono,
    wall: systemWallClock(),
    raised,
    kept: { read: () => measuredIn(dir).tried, keep: (tried) => keepMeasured(dir, { tried }) },
    async open(target, tell) {
      if (target.device === 'printer') return tryPrinter(target, dir, tell)
      if (target.device === 'scanner') return tryScanner(target, dir, tell)
      if (target.device === 'gateway') return tryGateway(target, dir, tell)
      const { device } = target
      if (device === 'reservation') return tryReservation(target, dir, tell)
      if (!isOfLane(device)) return tryChannel({ ...target, device }, dir, tell)
      checkDeviceLink(device, target.link)
      if (target.device === 'camera')
        return target.link.startsWith('push:')
          ? await pushed(target, dir, tell)
          : pulled(target, dir, tell)
      const profiles = await namedProfiles({ lanes: [laneWith(target)] }, dir)
      const ports: DevicePorts = {
        opener: linkOpener(),
        mono,
        business: systemWallClock(),
        timing: 'standard',
        secrets: secretStore(dir, machineSecret()),
        ...(profiles === null ? {} : { profiles }),
      }
      return target.device === 'barrier'
        ? barrier(target, ports, tell)
        : display(target, ports, tell)
    },
  }
}
