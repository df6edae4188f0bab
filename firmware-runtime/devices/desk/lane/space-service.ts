// What watches the spaces of a lot: the state of each space from its watcher and its second witness, and the picture of each
// change. Lanes do not use it, because it could not protect a gate.
import { noteWhy } from '#base/pure/words/notes.ts'
import type { PhotoShelf } from '#ledger/files/photos.ts'
import { spaceCameras, type SpaceCameras } from '../../files/space-cameras.ts'
import type { SecretStore } from '#base/secrets/secret-store.ts'
import type { SpacesView } from '#lane/calls/sensors-views.ts'
import type { OpenSpaces } from '#lane/open/open-spaces.ts'
import type { ProfileLookup } from '../../profiles/links.ts'
import type { LotConfig } from '#base/pure/lot/config.ts'
import { witnessesOf } from '#base/pure/lot/streets.ts'
import type { SpacePlate } from '#lane/pure/open/space-watch.ts'
import {
  agreed,
  countSpaces,
  found,
  isChange,
  lost,
  unheardSpace,
  withSpaceReport,
  type SpaceState,
} from '../../pure/spaces/occupancy.ts'
import { joinedWhy, LaneFault } from '#base/pure/faults/faults.ts'
import { isoOf, type InstantMs } from '#base/pure/values/instant.ts'
import { present } from '#base/pure/values/must.ts'
import type { NamedPicture } from '../../pure/camera/pictures.ts'
import { standardDoubts, type SpaceEvent } from '../../pure/watch/driver.ts'
import type { MonoClock, WallClock } from '#base/ports/clocks.ts'
import type { Timing } from './device-ports.ts'
import { spaceSource, type Source } from './space-sources.ts'

interface SpacePorts {
  readonly mono: MonoClock
  readonly business: WallClock
  readonly secrets: SecretStore
  /** `instant`: days pass in minutes, so that changes of a space by the minute are no doubt. */
  readonly timing?: Timing
  readonly profiles?: ProfileLookup
  /** Absent: no pictures are kept. */
  readonly photos?: Pick<PhotoShelf, 'keep'>
  /** What earlier runs of the program know of cameras; absent: nothing is kept. */
  readonly spaceCameras?: SpaceCameras
  /** No run before this one. */
  readonly isFirstRun?: boolean
  linkDown?(fault: LaneFault, laneId: string): void
}

/** A source with why its link is down. */
interface Held {
  readonly source: Source
  detail: string
}

/** What a watcher says of one space. */
type SpaceNews = Extract<SpaceEvent, { readonly spaceId: string }>

type Told = Pick<OpenSpaces, 'told' | 'unheard'>

export class SpaceService {
  readonly spaces = new Map<string, SpaceState>()
  /** Called when a space becomes taken or free. */
  onBay: ((spaceId: string, occupied: boolean) => void) | null = null
  /** The stays of an open lot, begun and ended by reports; null in a lot with lanes. */
  openSpaces: Told | null = null
  private readonly witnesses = new Map<string, SpaceState>()
  private readonly agreedOn = new Map<string, boolean | null>()
  private readonly contradictedMs = new Map<string, InstantMs>()
  /** Spaces from which their camera has turned away. */
  private readonly outOfView = new Set<string>()
  private readonly sources = new Map<string, Held>()
  private readonly ports: SpacePorts

  constructor(
    config: Pick<LotConfig, 'spaces' | 'nodeId' | 'lotId'> & Partial<Pick<LotConfig, 'streets'>>,
    ports: SpacePorts,
  ) {
    this.ports = ports
    const witnesses = witnessesOf(config)
    const doubts =
      ports.timing === 'instant' ? { ...standardDoubts, flipMax: Infinity } : standardDoubts
    for (const source of config.spaces ?? []) {
      const { id } = source
      const own = witnesses.get(id) ?? {}
      for (const [deviceId, spaceId] of Object.entries(source.spaces))
        this.spaces.set(spaceId, unheardSpace(spaceId, id, deviceId))
      for (const [deviceId, spaceId] of Object.entries(own))
        this.witnesses.set(spaceId, unheardSpace(spaceId, id, deviceId))
      const held: Held = {
        detail: '',
        source: spaceSource({
          source,
          spaces: { ...own, ...source.spaces },
          name: `${config.lotId}-${config.nodeId}`,
          mono: ports.mono,
          business: ports.business,
          doubts,
          secrets: ports.secrets,
          profiles: ports.profiles,
          cameras: ports.spaceCameras,
          isFirstRun: ports.isFirstRun ?? true,
          emit: (event, picture) => this.takeEvent(held.source, event, picture),
          changed: (up, reason) => this.linkChanged(held, up, reason),
          turnFailed: (preset, why) => this.turnFailed(source.id, preset, why),
        }),
      }
      this.sources.set(id, held)
    }
  }

  private linkChanged(held: Held, up: boolean, reason: string): void {
    const first = !up && held.detail === ''
    held.detail = reason
    if (!first) return
    const { id, link } = held.source
    const field = `/spaces/${id}/link`
    const fault = { field, value: link, note: joinedWhy([id, noteWhy(reason)]) }
    this.ports.linkDown?.(new LaneFault('LINK-01', fault), '')
  }

  private turnFailed(id: string, preset: number | null, why: string): void {
    const value = preset === null ? '' : String(preset)
    const fault = { field: `/spaces/${id}/plan`, value, note: joinedWhy([id, noteWhy(why)]) }
    this.ports.linkDown?.(new LaneFault('LINK-02', fault), '')
  }

  private takeEvent(source: Source, event: SpaceEvent, picture: Uint8Array | null): void {
    if (event.type === 'sensorsUp' || event.type === 'sensorsDown') return
    const { spaceId, deviceId } = event
    const isIts = (one: SpaceState | undefined): boolean =>
      one?.sourceId === source.id && one.deviceId === deviceId
    const states = isIts(this.spaces.get(spaceId)) ? this.spaces : this.witnesses
    const was = states.get(spaceId)
    if (!isIts(was) || was === undefined) return
    if (event.type === 'spaceOut') {
      this.lookedAway(source, was, states === this.spaces)
      return
    }
    if (states === this.spaces && event.type === 'spaceHeard') this.outOfView.delete(spaceId)
    states.set(spaceId, this.next(was, event, picture))
    this.tell(source, spaceId, event.type !== 'spaceFound')
  }

  /**
   * Its last report stands for two rounds, but a change would not be reported: what happens meanwhile is not observed. A witness
   * that looks elsewhere says nothing.
   */
  private lookedAway(source: Source, was: SpaceState, isWatcher: boolean): void {
    const { spaceId } = was
    if (isWatcher) {
      this.outOfView.add(spaceId)
      this.openSpaces?.unheard(spaceId)
    } else {
      this.witnesses.set(spaceId, lost(was))
      this.tell(source, spaceId, false)
    }
  }

  private next(was: SpaceState, event: SpaceNews, picture: Uint8Array | null): SpaceState {
    if (event.type === 'spaceLost') return lost(was)
    if (event.type !== 'spaceHeard') return found(was)
    const nowMs = this.ports.business.nowMs()
    const next = withSpaceReport(was, event.report, nowMs)
    if (!isChange(was, event.report)) return next
    return { ...next, photo: this.ports.photos?.keep(was.sourceId, picture, nowMs) ?? null }
  }

  /** `isLook`: the event is a report, not a word that an earlier one holds. */
  private tell(by: Source, spaceId: string, isLook: boolean): void {
    const watcher = this.spaces.get(spaceId)
    if (watcher === undefined) return
    const occupied = agreed(watcher, this.witnesses.get(spaceId) ?? null)
    const was = this.agreedOn.get(spaceId) ?? null
    this.agreedOn.set(spaceId, occupied)
    if (occupied !== null || watcher.occupied === null) this.contradictedMs.delete(spaceId)
    else if (!this.contradictedMs.has(spaceId))
      this.contradictedMs.set(spaceId, this.ports.business.nowMs())
    if (occupied === null) {
      this.openSpaces?.unheard(spaceId)
      return
    }
    // A witness alone makes no state, and the camera of this space does not look at it.
    if (this.outOfView.has(spaceId)) return
    const isCamera = this.sources.get(watcher.sourceId)?.source.isCamera === true
    // What the witness says again is no new look of the camera.
    const isNew = isLook && (by.id === watcher.sourceId || was === null)
    this.openSpaces?.told(spaceId, {
      occupied,
      read: isCamera && isNew ? plateOf(watcher) : null,
      photo: watcher.photo,
      isCamera,
    })
    if (occupied !== was) this.onBay?.(spaceId, occupied)
  }

  /** Ids of those that push: paths of the intake. */
  pushIds(body: 'json' | 'parts'): readonly string[] {
    return [...this.sources.values()].flatMap(({ source }) =>
      source.body === body ? [source.id] : [],
    )
  }

  /** `refused`: why the content was not usable, else null. Null: no such source. */
  pushed(id: string, text: string, pictures: readonly NamedPicture[] = []) {
    const source = this.sources.get(id)?.source
    if (source === undefined) return null
    const before = source.state.counters.refused
    source.push(text, pictures)
    const isUsable = source.state.counters.refused === before
    return { refused: isUsable ? null : ('spaceUnreported' as const) }
  }

  /** A push of a source that no reader saw. */
  refusedPush(id: string): void {
    this.pushed(id, '')
  }

  has(id: string): boolean {
    return this.sources.has(id)
  }

  /** A person looked at the picture of a camera, and its spaces are where they were. */
  trusted(id: string): void {
    this.sources.get(id)?.source.trusted()
  }

  open(): void {
    for (const { source } of this.sources.values()) source.open()
  }

  async close(): Promise<void> {
    await Promise.all([...this.sources.values()].map(({ source }) => source.close()))
  }

  view(): SpacesView {
    return {
      ...countSpaces(this.spaces.values()),
      spaces: [...this.spaces.values()].map((one) => this.spaceView(one)),
      sources: [...this.sources.values()].map(({ source, detail }) => {
        const { id, link, isCamera, silentMs, state, presets } = source
        return {
          id,
          link,
          isCamera,
          silentAfterSec: silentMs / 1_000,
          doubt: state.doubt,
          up: state.link === 'up',
          detail,
          presets,
          ...state.counters,
        }
      }),
    }
  }

  private spaceView(one: SpaceState): SpacesView['spaces'][number] {
    const iso = (atMs: number | null): string | null => (atMs === null ? null : isoOf(atMs))
    const { spaceId, sourceId, deviceId, last } = one
    const witness = this.witnesses.get(spaceId) ?? null
    const is = agreed(one, witness)
    const { state, presets } = present(this.sources.get(sourceId), 'it has its source').source
    const contradictedMs = this.contradictedMs.get(spaceId) ?? null
    return {
      spaceId,
      state: is === null ? 'unknown' : is ? 'occupied' : 'free',
      sinceIso: is === null ? null : iso(one.sinceMs),
      heardIso: iso(one.receivedMs),
      doubt: state.flipping.includes(deviceId)
        ? 'flips'
        : contradictedMs !== null
          ? 'contradicted'
          : state.doubt,
      contradictedIso: iso(contradictedMs),
      photo: one.photo,
      sourceId,
      deviceId,
      preset: presets?.seenFrom.find(({ spaces }) => spaces.includes(spaceId))?.preset ?? null,
      batteryV: last?.batteryV ?? null,
      rssiDbm: last?.rssiDbm ?? null,
      snrDb: last?.snrDb ?? null,
    }
  }
}

/** The reading of a car in a space; null: its plate was not read. */
function plateOf({ last, photo }: SpaceState): SpacePlate | null {
  const look = last?.look ?? null
  if (look === null || look.plate === null) return null
  const { plate, plateRaw, colour, confidence } = look
  return { plate, plateRaw, colour, confidence, photo }
}

interface OfSite {
  readonly dir: string
  readonly config: ConstructorParameters<typeof SpaceService>[0]
  linkDown?(fault: LaneFault, laneId: string): void
}

/** The watchers of a site, with what earlier runs know of its cameras. */
export const spaceServiceOf = (
  site: OfSite,
  ports: SpacePorts,
  isFirstRun: boolean,
): SpaceService =>
  new SpaceService(site.config, {
    ...ports,
    spaceCameras: spaceCameras(site.dir, (fault) => site.linkDown?.(fault, '')),
    isFirstRun,
  })
