// The control API where there is no lot yet: finding devices, and the settings of the one connected.
// Tuning is here too, where its installer stands. Cars and money are refused with LOT-01.
import { api, apiVersion, mayDo, type AnswerOf, type ApiName, type ApiReply } from '../api/table.ts'
import type { ActAnswer, ArgsOf, Role, Who } from '../api/table.ts'
import type { BoardView, DeviceView, LaneView, StatusView } from '../api/views.ts'
import { LaneFault } from '../core/values/faults.ts'
import { isoOf } from '../core/values/instant.ts'
import type { ApiSession } from '../ports/api-host.ts'
import type { MonoClock, WallClock } from '../ports/clocks.ts'
import { refused } from './api-fault.ts'
import { deviceOff } from './board.ts'
import { ControlDevices, type DeviceOf } from './control-devices.ts'
import { findHandlers } from './control-find.ts'
import { seekHandlers } from './control-seek.ts'
import { tuneHandlers } from './control-tune.ts'
import { surveyHandlers, type SurveyDesk } from './control-survey.ts'
import { ControlStreams, isStreamName } from './control-streams.ts'
import { EventLog } from './event-log.ts'
import type { FindDesk } from './find/find-desk.ts'
import type { SeekDesk } from './find/seek-desk.ts'
import { PhotoDrafts, type KeepPhoto } from './photo-drafts.ts'

/** The one place of the workbench; its name is that of a lane, so that the same screens show it. */
export const benchLaneId = 'bench'
const benchName = { zh: '工作台', en: 'Workbench' }

export interface WorkbenchParts {
  readonly desk: FindDesk
  readonly seek?: SeekDesk
  readonly surveys?: SurveyDesk
  /** Photos of instruments, beside the settings of the devices. */
  readonly photos?: {
    readonly keep: KeepPhoto
    readonly read: (photoId: string) => Promise<Uint8Array | null>
  }
  readonly mono: MonoClock
  readonly clock: WallClock
  readonly version: string
}

type Handler = (args: never, role: Role) => unknown

const isApiName = (name: string): name is ApiName => Object.hasOwn(api, name)

export class Workbench {
  private readonly parts: WorkbenchParts
  private readonly photos: PhotoDrafts
  private readonly deviceOf: DeviceOf
  private readonly devices: ControlDevices
  private readonly streams: ControlStreams
  private readonly handlers: Readonly<Partial<Record<ApiName, Handler>>>
  /** Acts that were carried out: a repeat changes nothing. */
  private readonly done = new Set<string>()

  constructor(parts: WorkbenchParts) {
    this.parts = parts
    const { desk, mono } = parts
    this.photos = new PhotoDrafts(parts.photos?.keep ?? null)
    this.deviceOf = (laneId) => (laneId === benchLaneId ? desk.device : null)
    this.devices = new ControlDevices(this.deviceOf, this.photos)
    const board = (): BoardView => this.board()
    const { surveys } = parts
    const measuring = surveys === undefined ? {} : { measuring: surveys }
    this.streams = new ControlStreams({ mono, events: new EventLog(), board, ...measuring })
    this.handlers = this.table()
  }

  changed(): void {
    this.streams.changed()
  }

  close(): void {
    this.parts.desk.close()
    this.streams.close()
  }

  session(role: Role): ApiSession {
    return {
      call: (name, args) => this.call(name, args, role),
      subscribe: (stream, sinceSeq, sink, ended) =>
        isStreamName(stream) ? this.streams.subscribe(stream, sinceSeq, sink, ended) : null,
    }
  }

  private async call(name: string, args: unknown, role: Role): Promise<ApiReply<unknown>> {
    try {
      if (!isApiName(name))
        throw new LaneFault('API-01', { field: '/name', value: name.slice(0, 80) })
      const row = api[name]
      if (!mayDo(role, row.role))
        throw new LaneFault('API-02', { field: '/name', value: name, note: `needs ${row.role}` })
      const handler = this.handlers[name]
      if (handler === undefined) throw new LaneFault('LOT-01', { field: '/name', value: name })
      const parsed = row.args.safeParse(args)
      if (!parsed.success)
        throw new LaneFault('API-01', { note: parsed.error.issues[0]?.message ?? '' })
      const data = await handler(parsed.data as never, role)
      this.changed()
      return { ok: true, data }
    } catch (error) {
      if (!(error instanceof LaneFault)) throw error
      return refused(error)
    }
  }

  private table(): Partial<Record<ApiName, Handler>> {
    const { devices } = this
    const once = (who: Who, run: () => void): ActAnswer => {
      if (this.done.has(who.commandId)) return { ok: true, repeated: true }
      run()
      this.done.add(who.commandId)
      return { ok: true, repeated: false }
    }
    // No ledger to audit in: who and why stand in the trial and in its backup.
    const noAudit = (): void => undefined
    return {
      ...findHandlers(this.parts.desk),
      ...seekHandlers(this.parts.seek ?? null),
      ...surveyHandlers(this.parts.surveys ?? null, this.photos),
      // No ledger to audit in: who, why and what came of it stand in the steps of the device.
      ...tuneHandlers(
        { onDevice: (_act, args, _role, run) => once(args, () => run(noAudit)) },
        this.deviceOf,
      ),
      'status.get': () => this.status(),
      'board.get': () => this.board(),
      'photo.hold': (args: ArgsOf<'photo.hold'>) => this.photos.hold(args),
      'photo.get': async ({ photoId }: ArgsOf<'photo.get'>) => {
        const jpeg = (await this.parts.photos?.read(photoId)) ?? null
        return { jpegBase64: jpeg === null ? null : Buffer.from(jpeg).toString('base64') }
      },
      'device.settings': (args: ArgsOf<'device.settings'>) => devices.settings(args),
      'device.diff': (args: ArgsOf<'device.diff'>) => devices.diff(args),
      'device.backups': (args: ArgsOf<'device.backups'>) => devices.backups(args),
      'device.apply': (args: ArgsOf<'device.apply'>) =>
        once(args, () => devices.apply(args, noAudit)),
      'device.takeBack': (args: ArgsOf<'device.takeBack'>) =>
        once(args, () => devices.takeBack(args, noAudit)),
      'device.backUp': (args: ArgsOf<'device.backUp'>) =>
        once(args, () => devices.backUp(args, noAudit)),
      'device.pinBackup': (args: ArgsOf<'device.pinBackup'>) =>
        once(args, () => devices.pin(args, noAudit)),
    }
  }

  private board(): BoardView {
    const { device } = this.parts.desk
    return { status: this.status(), lanes: device === null ? [] : [this.lane(device)], last: [] }
  }

  private lane({ link, keeper, handle }: NonNullable<FindDesk['device']>): LaneView {
    const { lastHeardMs } = handle
    const nowMs = this.parts.mono.nowUs() / 1000
    const rsu: DeviceView = {
      // One that waits for a person to say its power is there, and heard.
      state: keeper.up || keeper.contact.state === 'asking' ? 'up' : 'down',
      heardMsAgo: lastHeardMs === null ? null : Math.max(0, Math.round(nowMs - lastHeardMs)),
      link,
      detail: '',
    }
    return {
      laneId: benchLaneId,
      name: benchName,
      direction: 'exit',
      state: 'idle',
      steps: [],
      car: null,
      devices: { rsu, camera: deviceOff, barrier: deviceOff, display: deviceOff },
      barrier: { position: 'unknown', arrive: 'unknown', under: 'unknown' },
      barrierArmed: false,
      searching: keeper.up,
      inDoubt: null,
      shown: { zh: '', en: '' },
      display: null,
    }
  }

  private status(): AnswerOf<'status.get'> & StatusView {
    const { device } = this.parts.desk
    const trial = device?.keeper.state.trial ?? null
    return {
      apiVersion,
      mode: 'workbench',
      lotId: '',
      lotName: benchName,
      chargeMode: 'online',
      offline: '',
      inside: 0,
      capacity: 0,
      clock: { businessIso: isoOf(this.parts.clock.nowMs()), platformOffsetMs: null },
      platform: { state: 'off', url: '', answeredMsAgo: null },
      network: 'off',
      queue: {
        unsent: 0,
        byKind: {},
        byState: {},
        byDestination: {},
        oldestAgeSec: null,
        poison: 0,
        exposureFen: 0,
      },
      signInUntilIso: null,
      trial:
        trial === null || device === null
          ? null
          : { laneId: benchLaneId, by: trial.by, leftMs: device.keeper.leftMs },
      today: { passages: 0, paidFen: 0 },
      ledger: { headSeq: 0, headHash: '', repair: '' },
      version: this.parts.version,
      upkeep: null,
    }
  }
}
