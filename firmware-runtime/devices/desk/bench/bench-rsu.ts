// One antenna on a link without a lot, for setting up at the gate before a lane runs.
// It uses the driver and trial rules of a lane; cars are read and released, never charged.
import { noLaneLinks } from '#base/pure/device-kinds/lane-kinds.ts'
import { t } from '#base/pure/words/fault-text.ts'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { systemMonoClock, systemWallClock } from '#base/time/system-clocks.ts'
import { settingsFiles } from '../../files/settings-files.ts'
import { tuneFiles } from '../../files/tune-files.ts'
import { linkOpener } from '../../links/link-opener.ts'
import type { DeviceTap } from '../../hosts/device-host.ts'
import { checkRsuLink } from '#lane/lot/files/lot-file.ts'
import type { ProfileLookup } from '../../profiles/links.ts'
import type { SettingsStore } from '../../settings/settings-store.ts'
import type { TuneRunner } from '../../settings/tune-runner.ts'
import type { TrialEnd } from '../../pure/configure/trial.ts'
import type { TuneStep } from '../../pure/tune/loop.ts'
import type { LaneLinks } from '#base/pure/lot/config.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { isoOf } from '#base/pure/values/instant.ts'
import { present } from '#base/pure/values/must.ts'
import type { MonoClock } from '#base/ports/clocks.ts'
import type { DevicePosition } from '../../ports/settings-files.ts'
import { drivenNotes, type DrivenNote, type DrivenNotes } from './driven-notes.ts'
import { leaseLink, linkKey } from '#base/desk/process/link-lease.ts'
import { namedProfiles } from '../profile/named-profiles.ts'
import { rsuDevice, type RsuHandle } from '../lane/rsu-device.ts'
import type { SettingsPorts } from '../lane/device-ports.ts'

/** Enough for three C0 frames and a reconnect. */
const upWithinMs = 15_000
/** Time for a heartbeat that tells the power: some devices send one only once a minute. */
const metWithinMs = 65_000

interface BenchEvents {
  readonly tap?: DeviceTap
  ended?(end: TrialEnd, why: string): void
  tuned?(step: TuneStep): void
  /** The program name shown to others that ask for the link. */
  readonly program?: string
  /** Throws SET-07 for a device whose power a person must enter; without this the caller handles that state. */
  readonly mustBeMet?: true
  /** Where the device stands, as entered by a person: stored, and used as the name of its backups. */
  readonly stands?: DevicePosition | null
  /** The lane whose antenna this is: settings, backups and trials are kept with the lane's. */
  readonly home?: {
    readonly laneId: string
    readonly dir: string
    readonly settings: SettingsPorts
  }
  /**
   * Folder of imported profiles that the link may name, for a link without a `home` lane; null: only built-in profiles.
   */
  readonly imports?: string | null
  /** The search of the antenna stays off. */
  readonly keepsOff?: true
  /** Called when a program that died had left the search on and it is off again. Without it, written to stderr. */
  putBack?(note: DrivenNote): void
  /** Closes the link at once, also before the device answered. */
  readonly signal?: AbortSignal
}

const programName = 'etc-lane rsu'

/** Folder for the settings of devices that belong to no lot. */
export const benchFolder = (): string =>
  join(process.env['XDG_STATE_HOME'] ?? join(homedir(), '.local', 'state'), 'etc-lane')

/** Throws LOT-03 for text that is not a link. */
const laneOn = (link: string, laneId?: string): LaneLinks => ({
  id: laneId ?? `link-${linkKey(link)}`.slice(0, 16),
  name: { zh: '调试', en: 'bench' },
  direction: 'exit',
  ...noLaneLinks,
  rsu: checkRsuLink(link),
})

const sayPutBack = ({ link, program, sinceIso }: DrivenNote): void => {
  const detail = { value: link, note: `${program}, ${sinceIso}` }
  process.stderr.write(`${new LaneFault('SET-10', detail).message}\n`)
}

export class BenchRsu {
  readonly handle: RsuHandle
  readonly settingsStore: SettingsStore
  readonly tune: TuneRunner
  readonly link: string
  private readonly mono: MonoClock
  private readonly release: () => void
  private closed = false
  private readonly events: BenchEvents
  private readonly notes: DrivenNotes
  /** The note that a program left when it died while the antenna was searching. */
  private readonly left: DrivenNote | null
  private drives = false
  private readonly upNow = Promise.withResolvers<void>()

  /** Throws LOT-03 for text that is not a link, LINK-03 when the link is in use, LINK-02 when no device answers. */
  static async open(
    link: string,
    folder: string,
    events: BenchEvents,
    mono: MonoClock = systemMonoClock(),
  ): Promise<BenchRsu> {
    const { home, signal } = events
    const lane = laneOn(link, home?.laneId)
    const profiles = await namedProfiles({ lanes: [lane] }, home?.dir ?? events.imports ?? null)
    if (signal?.aborted === true)
      throw new LaneFault('LINK-02', { value: link, note: t('已放开', 'let go') })
    const bench = new BenchRsu(lane, profiles, folder, events, mono)
    try {
      await bench.waitUp()
      return bench
    } catch (error) {
      bench.close()
      throw error
    }
  }

  private constructor(
    lane: LaneLinks,
    profiles: ProfileLookup | null,
    folder: string,
    events: BenchEvents,
    mono: MonoClock,
  ) {
    const link = present(lane.rsu, 'the lane has an RSU link')
    this.link = link
    this.mono = mono
    this.release = leaseLink(link, events.program ?? programName)
    this.events = events
    this.notes = drivenNotes(folder)
    this.left = this.notes.of(link)
    const { tap } = events
    const ports = {
      ...(tap === undefined ? {} : { tapOf: () => tap }),
      opener: linkOpener(),
      mono,
      business: systemWallClock(),
      timing: 'standard',
      ...(profiles === null ? {} : { profiles }),
    } as const
    this.handle = rsuDevice(
      lane,
      ports,
      (event) => {
        if (event.type === 'rsuUp') this.upNow.resolve()
        if (event.type === 'cardRead')
          this.handle.command({ do: 'release', obuId: event.obu.obuId })
      },
      () => undefined,
      events.home?.settings ?? {
        site: '',
        store: (deviceId) => settingsFiles(folder, deviceId),
        asks: true,
        isBench: true,
        ended: (_laneId, _store, end, why) => events.ended?.(end, why),
        tuneStore: (deviceId) => tuneFiles(folder, deviceId),
        tuned: (_laneId, step) => events.tuned?.(step),
        failed: (_laneId, fault) => process.stderr.write(`${fault.message}\n`),
      },
    )
    this.settingsStore = present(this.handle.settings, 'a device on a link has settings')
    const { stands = null } = events
    if (stands !== null) this.settingsStore.stands(stands)
    this.settingsStore.onTrial.add(() => {
      if (this.settingsStore.contact.state !== 'asking') return
      if (events.mustBeMet === true) this.upNow.reject(new LaneFault('SET-07', { value: link }))
      else this.upNow.resolve()
    })
    this.tune = present(this.handle.tune, 'a device on a link can be tuned')
    events.signal?.addEventListener('abort', () => {
      this.close()
      this.upNow.reject(new LaneFault('LINK-02', { value: link, note: t('已放开', 'let go') }))
    })
  }

  private async waitUp(): Promise<void> {
    this.settingsStore.start()
    this.tune.start()
    this.handle.open()
    const late = (): void => this.upNow.reject(new LaneFault('LINK-02', { value: this.link }))
    const known = this.settingsStore.contact.state === 'known'
    let notLate = this.mono.after(upWithinMs, () => {
      // A link that opens but stays silent may belong to a device that sends once a minute.
      if (known || this.handle.bytesOut === 0) late()
      else notLate = this.mono.after(metWithinMs - upWithinMs, late)
    })
    try {
      await this.upNow.promise
      // A contact begins with the search off (ADR 41), so a search left on is off now.
      if (this.left !== null) (this.events.putBack ?? sayPutBack)(this.left)
      if (this.events.keepsOff !== true) this.drive()
    } finally {
      notLate()
    }
  }

  /** Writes the note to disk before the search is turned on, so that a crash while searching leaves it. */
  private drive(): void {
    const { link, events } = this
    const sinceIso = isoOf(systemWallClock().nowMs())
    this.notes.put({ link, program: events.program ?? programName, sinceIso })
    this.drives = true
    this.handle.command({ do: 'search', on: true })
  }

  close(): void {
    if (this.closed) return
    this.closed = true
    this.tune.stop()
    this.settingsStore.stop()
    this.handle.command({ do: 'search', on: false })
    // An unreachable antenna goes on searching: its note stays for the next program that connects.
    const isAnswering = this.settingsStore.up || this.settingsStore.contact.state === 'asking'
    if (isAnswering && (this.drives || this.left !== null)) this.notes.drop(this.link)
    this.handle.close()
    this.release()
  }
}
