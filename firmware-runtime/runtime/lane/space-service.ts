// Connects the sources of a lot's space reports to their driver: brokers, pushes, clocks, passwords.
// Keeps the state of each space; lanes do not use it, because it could not protect a gate.
import { noteWhy } from '../../core/values/notes.ts'
import { mqttLink } from '../../adapters/mqtt/mqtt-link.ts'
import type { SecretStore } from '../../adapters/secrets/secret-store.ts'
import type { SpacesView } from '../../api/sensors-views.ts'
import { MessageDeviceHost } from '../../app/hosts/message-device-host.ts'
import type { OpenSpaces } from '../../app/open/open-spaces.ts'
import { spaceChoice, type ProfileLookup } from '../../app/profiles/links.ts'
import type { LotConfig, SpaceSource } from '../../core/lot/config.ts'
import {
  countSpaces,
  found,
  withSpaceReport,
  lost,
  unheardSpace,
  type SpaceState,
} from '../../core/spaces/occupancy.ts'
import { shownLink } from '../../core/links/camera-link.ts'
import { joinedWhy, LaneFault } from '../../core/faults/faults.ts'
import { isoOf, minuteMs } from '../../core/values/instant.ts'
import { must } from '../../core/values/must.ts'
import { parseSpaceLink } from '../../core/links/space-link.ts'
import { boschUplink, uplinkTopic } from '../../devices/geomagnetic/chirpstack/uplink.ts'
import {
  geomagneticDriver,
  type GeomagneticState,
  type SpaceEvent,
} from '../../devices/geomagnetic/driver.ts'
import { nbIotReport } from '../../devices/geomagnetic/nb-iot/report.ts'
import type { MonoClock, WallClock } from '../../ports/clocks.ts'
import type { MessageLinkHandlers, MessageLinkOpener } from '../../ports/message-link.ts'
import { passwordOf } from './secret-watch.ts'

interface SpacePorts {
  readonly mono: MonoClock
  readonly business: WallClock
  readonly secrets: SecretStore
  readonly profiles?: ProfileLookup
  linkDown?(fault: LaneFault, laneId: string): void
}

/** Sensors send a heartbeat every 4 to 24 hours; in minutes. */
const heartbeatMinDefault = 1_440

interface Source {
  readonly id: string
  readonly link: string
  readonly host: MessageDeviceHost<GeomagneticState, SpaceEvent>
  /** Handler of pushes; null for a broker. */
  readonly pushes: PushLink | null
  detail: string
}

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

export class SpaceService {
  readonly spaces = new Map<string, SpaceState>()
  /** Called when a space becomes taken or free. */
  onBay: ((spaceId: string, occupied: boolean) => void) | null = null
  /** The stays of an open lot, begun and ended by reports; null in a lot with lanes. */
  openSpaces: Pick<OpenSpaces, 'told' | 'unheard'> | null = null
  private readonly sources = new Map<string, Source>()
  private readonly ports: SpacePorts

  constructor(config: Pick<LotConfig, 'spaces' | 'nodeId' | 'lotId'>, ports: SpacePorts) {
    this.ports = ports
    for (const source of config.spaces ?? []) {
      for (const [deviceId, spaceId] of Object.entries(source.spaces))
        this.spaces.set(spaceId, unheardSpace(spaceId, source.id, deviceId))
      this.sources.set(source.id, this.sourceOf(source, `${config.lotId}-${config.nodeId}`))
    }
  }

  private sourceOf(source: SpaceSource, name: string): Source {
    const { id, link } = source
    const target = parseSpaceLink(link)
    const choice = spaceChoice(link, this.ports.profiles)
    must(choice.ok, 'a checked lot names a known model')
    const bosch = choice.value === 'bosch-pls'
    const pushes = target.kind === 'push' ? new PushLink() : null
    const topic = bosch || target.kind === 'push' ? null : target.topic
    const opener =
      target.kind === 'push' || pushes !== null
        ? (pushes ?? new PushLink())
        : mqttLink({
            url: target.url,
            clientId: `etc-lane-${name}-${id}`,
            topics: [topic ?? uplinkTopic(target.application)],
            user: target.account?.user ?? null,
            password: () =>
              target.account === null
                ? null
                : passwordOf(this.ports.secrets, target.account.secret),
          })
    let down = false
    const host = new MessageDeviceHost<GeomagneticState, SpaceEvent>({
      driver: geomagneticDriver({
        spaces: source.spaces,
        silentMs: 2 * (source.heartbeatMin ?? heartbeatMinDefault) * minuteMs + minuteMs,
        read: bosch ? boschUplink : nbIotReport,
      }),
      opener,
      mono: this.ports.mono,
      emit: (event) => this.takeEvent(event),
      linkChanged: (up, reason) => {
        made.detail = reason
        const first = !up && !down
        down = !up
        if (!first) return
        const field = `/spaces/${id}/link`
        const fault = { field, value: shownLink(link), note: joinedWhy([id, noteWhy(reason)]) }
        this.ports.linkDown?.(new LaneFault('LINK-01', fault), '')
      },
    })
    const made: Source = { id, link: shownLink(link), host, pushes, detail: '' }
    return made
  }

  private takeEvent(event: SpaceEvent): void {
    if (event.type === 'sensorsUp' || event.type === 'sensorsDown') return
    const was = this.spaces.get(event.spaceId)
    if (was === undefined) return
    const nowMs = this.ports.business.nowMs()
    const next =
      event.type === 'spaceHeard'
        ? withSpaceReport(was, event.report, nowMs)
        : event.type === 'spaceLost'
          ? lost(was)
          : found(was)
    this.spaces.set(event.spaceId, next)
    if (next.occupied === null) this.openSpaces?.unheard(event.spaceId)
    else this.openSpaces?.told(event.spaceId, { occupied: next.occupied, read: null })
    if (next.occupied !== null && next.occupied !== was.occupied)
      this.onBay?.(event.spaceId, next.occupied)
  }

  /** Ids of those that push: paths of the intake. */
  get pushIds(): readonly string[] {
    return [...this.sources.values()].flatMap(({ id, pushes }) => (pushes === null ? [] : [id]))
  }

  /** False when the content was not usable. */
  pushed(id: string, text: string): boolean {
    const source = this.sources.get(id)
    if (source === undefined) return false
    const before = source.host.state.counters.refused
    source.pushes?.push(text)
    return source.host.state.counters.refused === before
  }

  open(): void {
    for (const { host } of this.sources.values()) host.open()
  }

  close(): void {
    for (const { host } of this.sources.values()) host.close()
  }

  view(): SpacesView {
    const iso = (atMs: number | null): string | null => (atMs === null ? null : isoOf(atMs))
    return {
      ...countSpaces(this.spaces.values()),
      spaces: [...this.spaces.values()].map((one) => ({
        spaceId: one.spaceId,
        state: one.occupied === null ? 'unknown' : one.occupied ? 'occupied' : 'free',
        sinceIso: one.occupied === null ? null : iso(one.sinceMs),
        heardIso: iso(one.receivedMs),
        sourceId: one.sourceId,
        deviceId: one.deviceId,
        batteryV: one.last?.batteryV ?? null,
        rssiDbm: one.last?.rssiDbm ?? null,
        snrDb: one.last?.snrDb ?? null,
      })),
      sources: [...this.sources.values()].map(({ id, link, host, detail }) => ({
        id,
        link,
        up: host.state.link === 'up',
        detail,
        ...host.state.counters,
      })),
    }
  }
}
