// One antenna on a link of its own, without a lot: for setting up at the gate before a lane runs.
// The same driver and the same rules of trial as in a lane; cars are read and let go, never charged.
import { t } from '../../core/values/fault-text.ts'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { systemMonoClock, systemWallClock } from '../../adapters/clocks/system-clocks.ts'
import { settingsFiles } from '../../adapters/files/settings-files.ts'
import { tuneFiles } from '../../adapters/files/tune-files.ts'
import { linkOpener } from '../../adapters/links/link-opener.ts'
import type { DeviceTap } from '../../app/hosts/device-host.ts'
import { checkRsuLink } from '../../app/lot/lot-file.ts'
import type { ProfileLookup } from '../../app/profiles/links.ts'
import type { SettingsStore } from '../../app/settings/settings-store.ts'
import type { TuneRunner } from '../../app/settings/tune-runner.ts'
import type { TrialEnd } from '../../core/configure/trial.ts'
import type { TuneStep } from '../../core/tune/loop.ts'
import type { LaneLinks } from '../../core/lot/config.ts'
import { LaneFault } from '../../core/faults/faults.ts'
import { isoOf } from '../../core/values/instant.ts'
import { present } from '../../core/values/must.ts'
import type { MonoClock } from '../../ports/clocks.ts'
import type { DevicePosition } from '../../ports/settings-files.ts'
import { drivenNotes, type DrivenNote, type DrivenNotes } from './driven-notes.ts'
import { leaseLink, linkKey } from '../process/link-lease.ts'
import { namedProfiles } from '../profile/named-profiles.ts'
import { rsuDevice, type RsuHandle } from '../lane/rsu-device.ts'
import type { SettingsPorts } from '../lane/device-ports.ts'

/** Three C0 and a reconnect, and some patience. */
const upWithinMs = 15_000
/** Before that, a heartbeat that tells the power; some devices speak once a minute by themselves. */
const metWithinMs = 65_000

interface BenchEvents {
  readonly tap?: DeviceTap
  ended?(end: TrialEnd, why: string): void
  tuned?(step: TuneStep): void
  /** Who works with it, for others who ask for the link. */
  readonly program?: string
  /** SET-07 for a device that waits for a person to say its power; else that is for the caller. */
  readonly mustBeMet?: true
  /** Where it stands, as a person says it: remembered, and the name of its copies. */
  readonly stands?: DevicePosition | null
  /** The lane whose antenna this is: its settings, backups and trials are kept where the lane's are. */
  readonly home?: {
    readonly laneId: string
    readonly dir: string
    readonly settings: SettingsPorts
  }
  /** Folder whose imported profiles the link may name, where no lane is its home; null: those of the program. */
  readonly imports?: string | null
  /** Only met: its search stays off. */
  readonly keepsOff?: true
  /** A program that died had left it searching: it is off again. Without this it is said on stderr. */
  putBack?(note: DrivenNote): void
  /** Lets go at once, also before the device answered. */
  readonly signal?: AbortSignal
}

const programName = 'etc-lane rsu'

/** Where the settings of devices are kept that belong to no lot yet. */
export const benchFolder = (): string =>
  join(process.env['XDG_STATE_HOME'] ?? join(homedir(), '.local', 'state'), 'etc-lane')

/** LOT-03 for a link that is none. */
const laneOn = (link: string, laneId?: string): LaneLinks => ({
  id: laneId ?? `link-${linkKey(link)}`.slice(0, 16),
  name: { zh: '调试', en: 'bench' },
  direction: 'exit',
  rsu: checkRsuLink(link),
  camera: null,
  barrier: null,
  display: null,
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
  /** Of a program that died with it. */
  private readonly left: DrivenNote | null
  private drives = false
  private readonly upNow = Promise.withResolvers<void>()

  /** LOT-03 for a link that is none, LINK-03 when somebody holds it, LINK-02 when nobody answers. */
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
      // A link that is there and silent may belong to a device that speaks once a minute.
      if (known || this.handle.bytesOut === 0) late()
      else notLate = this.mono.after(metWithinMs - upWithinMs, late)
    })
    try {
      await this.upNow.promise
      // A contact begins with the search off (ADR 41): what was left on is off now.
      if (this.left !== null) (this.events.putBack ?? sayPutBack)(this.left)
      if (this.events.keepsOff !== true) this.drive()
    } finally {
      notLate()
    }
  }

  /** On disk first: whoever dies with it searching has said so. */
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
    // One whose cable was pulled goes on searching: its note stays for who meets it next.
    const isAnswering = this.settingsStore.up || this.settingsStore.contact.state === 'asking'
    if (isAnswering && (this.drives || this.left !== null)) this.notes.drop(this.link)
    this.handle.close()
    this.release()
  }
}
