// The one dispatcher of the control API: known name, arguments, role, then the row's own work.
// Every wire (loopback HTTP, message port) and the tests come through here.
import {
  api,
  mayDo,
  type AnswerOf,
  type ApiName,
  type ApiReply,
  type ArgsOf,
  type DemoState,
  type Role,
} from '../api/table.ts'
import { upkeepOf } from '../core/lot/config.ts'
import { noSpaces, type SpacesView } from '../api/sensors-views.ts'
import { LaneFault } from '../core/values/faults.ts'
import type { ApiSession, StreamHandle, StreamSink } from '../ports/api-host.ts'
import type { MonoClock } from '../ports/clocks.ts'
import { refused } from './api-fault.ts'
import { ControlActs } from './control-acts.ts'
import { consoleHandlers, type ConsoleParts } from './control-console.ts'
import { ControlDevices } from './control-devices.ts'
import { ControlStays } from './control-stays.ts'
import { healthHandlers, type Credentials } from './control-health.ts'
import { tuneHandlers } from './control-tune.ts'
import { firstCarHandlers } from './control-first-car.ts'
import { passportHandlers } from './control-passport.ts'
import { placeHandlers } from './control-place.ts'
import { rulesOf } from './control-rules.ts'
import { surveyHandlers, type SurveyDesk } from './control-survey.ts'
import { PhotoDrafts, type KeepPhoto } from './photo-drafts.ts'
import { profilesHandlers, type ProfileDesk } from './control-profiles.ts'
import { safetyHandlers, type SafetyParts } from './control-safety.ts'
import { ControlStreams, isStreamName } from './control-streams.ts'
import { ControlViews, type ViewParts } from './control-views.ts'
import type { PassportKeeper } from './passport/passport-keeper.ts'
import { findHandlers } from './control-find.ts'
import { seekHandlers } from './control-seek.ts'
import type { SeekDesk } from './find/seek-desk.ts'
import type { FindDesk } from './find/find-desk.ts'
import { jsonPointer } from '../core/values/json.ts'

/** The demo's own controls; a real lot has none. */
export interface DemoControls {
  sendCar(args: ArgsOf<'demo.sendCar'>): Promise<{ plate: string }>
  network(up: boolean): Promise<{ up: boolean }>
  rsuSilent(laneId: string, on: boolean): Promise<{ on: boolean }>
  traffic(on: boolean): { on: boolean }
  /** The power goes: after the answer has left. */
  powerCut(): void
  state(): DemoState
}

export interface ControlParts extends Omit<ViewParts, 'networkUp'> {
  readonly mono: MonoClock
  readonly demo: DemoControls | null
  /** What the lot holds to be let in by; absent where it is simulated. */
  credentials?(): Credentials
  /** Absent where the lot has no folder. */
  readonly passports?: PassportKeeper
  /** Absent where the lot has no folder. */
  readonly profiles?: ProfileDesk
  readonly surveys?: SurveyDesk
  /** Absent where no wire can be looked at. */
  readonly frameConsole?: ConsoleParts
  /** Keeps a photo of an instrument; absent where the lot has no folder. */
  readonly keepPhoto?: KeepPhoto
  /** What sensors say of parking spaces; absent where nothing looks at them. */
  spaces?(): SpacesView
  /** Absent where no device is driven over a link. */
  readonly safety?: SafetyParts
  /** Absent where no device can be looked for. */
  readonly find?: FindDesk
  /** Absent where no network can be looked at. */
  readonly seek?: SeekDesk
  /** The ledger failed with an unknown result: answered first, then the process ends (2.8). */
  fatal(fault: LaneFault): void
}

/** Long enough for the answer to be on its way. */
const answerLeavesMs = 50

type Handlers = {
  readonly [N in ApiName]: (args: ArgsOf<N>, role: Role) => AnswerOf<N> | Promise<AnswerOf<N>>
}

export class Control {
  private readonly acts: ControlActs
  private readonly devices: ControlDevices
  private readonly photos: PhotoDrafts
  private readonly stays: ControlStays
  private readonly views: ControlViews
  private readonly streams: ControlStreams
  private readonly handlers: Handlers
  private readonly parts: ControlParts
  private readonly touched: () => void
  /** Settles when the day so far is known, or cannot be read. */
  private day: Promise<void> = Promise.resolve()

  constructor(parts: ControlParts) {
    this.parts = parts
    const { runtime, demo } = parts
    this.acts = new ControlActs(runtime, parts.mono)
    this.photos = new PhotoDrafts(parts.keepPhoto ?? null)
    this.devices = new ControlDevices(parts.device, this.photos)
    const afterDays = upkeepOf(parts.config).stayDays
    this.stays = new ControlStays({ runtime, desk: parts.desk, acts: this.acts, afterDays })
    this.views = new ControlViews({
      ...parts,
      networkUp: () => demo?.state().networkUp ?? true,
    })
    const board = () => this.views.board()
    const { mono, surveys } = parts
    const measuring = surveys === undefined ? {} : { measuring: surveys }
    this.streams = new ControlStreams({ mono, events: runtime.events, board, ...measuring })
    this.handlers = this.table()
    this.touched = () => this.streams.changed()
    runtime.onChange.add(this.touched)
  }

  /** Reads the day so far from the ledger; questions about the board wait for it. */
  start(): Promise<void> {
    const read = this.views.startDay().then(() => this.streams.changed())
    this.day = read.catch(() => undefined)
    return read
  }

  close(): void {
    this.parts.runtime.onChange.delete(this.touched)
    this.views.close()
    this.acts.close()
    this.streams.close()
  }

  /** What one caller may do, by its role. */
  session(role: Role): ApiSession {
    return {
      call: (name, args) => this.call(name, args, role),
      subscribe: (stream, sinceSeq, sink, ended) => this.subscribe(stream, sinceSeq, sink, ended),
    }
  }

  async call(name: string, args: unknown, role: Role): Promise<ApiReply<unknown>> {
    try {
      const checked = this.checked(name, args, role)
      const handler = this.handlers[checked.name] as (args: unknown, role: Role) => unknown
      const data = await handler(checked.args, role)
      if (api[checked.name].act || api[checked.name].demoOnly) this.streams.changed()
      return { ok: true, data }
    } catch (error) {
      if (!(error instanceof LaneFault)) throw error
      if (error.code === 'LEDGER-06')
        this.parts.mono.after(answerLeavesMs, () => this.parts.fatal(error))
      return refused(error)
    }
  }

  private checked(name: string, args: unknown, role: Role): { name: ApiName; args: unknown } {
    if (!isApiName(name))
      throw new LaneFault('API-01', { field: '/name', value: name.slice(0, 80) })
    const row = api[name]
    if (!mayDo(role, row.role))
      throw new LaneFault('API-02', { field: '/name', value: name, note: `needs ${row.role}` })
    if (row.demoOnly && this.parts.demo === null)
      throw new LaneFault('API-02', { field: '/name', value: name, note: 'only in a demo' })
    const parsed = row.args.safeParse(args)
    if (parsed.success) return { name, args: parsed.data }
    const issue = parsed.error.issues[0]
    const extra = issue?.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : []
    const path = [...(issue?.path ?? []), ...extra]
    throw new LaneFault('API-01', {
      field: jsonPointer(path),
      value: shortValue(args, path),
      ...(issue === undefined ? {} : { note: issue.message }),
    })
  }

  private subscribe(
    stream: string,
    sinceSeq: number,
    sink: StreamSink,
    ended: () => void,
  ): StreamHandle | null {
    if (!isStreamName(stream)) return null
    return this.streams.subscribe(stream, sinceSeq, sink, ended)
  }

  private table(): Handlers {
    const { acts, views, devices } = this
    return {
      'status.get': () => this.day.then(() => views.status()),
      'board.get': () => this.day.then(() => views.board()),
      'lane.open': (args, role) => {
        this.parts.safety?.holds.mustBeOurs(args.laneId, 'barrier')
        return acts.open(args, role)
      },
      'lane.arm': (args, role) => acts.arm(args, role),
      'lane.settle': (args, role) => acts.settle(args, role),
      'lane.correctPlate': (args, role) => acts.correctPlate(args, role),
      'ledger.query': (args) => views.query(args),
      'ledger.sheet': (args) => views.sheet(args),
      'ledger.sums': (args) => views.sums(args),
      'ledger.timeline': (args) => views.timeline(args),
      'ledger.verify': () => views.verify(),
      'queue.status': () => views.queueStatus(),
      'queue.list': (args) => views.queueList(args),
      'queue.retryNow': (args, role) => acts.retryNow(args, role),
      'clock.confirm': (args, role) => acts.confirmClock(args, role),
      'photo.get': (args) => views.photo(args),
      'photo.hold': (args) => this.photos.hold(args),
      'device.settings': (args) => devices.settings(args),
      'device.diff': (args) => devices.diff(args),
      'device.apply': (args, role) =>
        acts.onDevice('device.apply', args, role, (audit) => devices.apply(args, audit)),
      'device.takeBack': (args, role) =>
        acts.onDevice('device.takeBack', args, role, (audit) => devices.takeBack(args, audit)),
      'device.backups': (args) => devices.backups(args),
      'device.backUp': (args, role) =>
        acts.onDevice('device.backUp', args, role, (audit) => devices.backUp(args, audit)),
      'device.pinBackup': (args, role) =>
        acts.onDevice('device.pinBackup', args, role, (audit) => devices.pin(args, audit)),
      'stays.toCheck': (args) => this.stays.toCheck(args),
      'stays.close': (args, role) => this.stays.close(args, role),
      'charges.settle': (args, role) => this.stays.settle(args, role),
      'refunds.given': (args, role) => this.stays.given(args, role),
      ...tuneHandlers(acts, this.parts.device),
      ...healthHandlers(this.parts),
      ...firstCarHandlers(this.parts.runtime, acts),
      ...passportHandlers(acts, this.parts.passports ?? null),
      ...consoleHandlers(acts, this.parts.frameConsole ?? null),
      'rules.get': () => rulesOf(this.parts.runtime.dialect, this.parts.config),
      'spaces.get': () => this.parts.spaces?.() ?? noSpaces,
      ...findHandlers(this.parts.find ?? null),
      ...seekHandlers(this.parts.seek ?? null),
      ...profilesHandlers(acts, this.parts.profiles ?? null),
      ...placeHandlers(this.parts.runtime, acts),
      ...surveyHandlers(this.parts.surveys ?? null, this.photos, (who, role, what) =>
        this.parts.runtime.append([acts.auditRow(who, role, what, {})]),
      ),
      ...safetyHandlers(acts, this.parts.safety ?? null),
      ...this.demoTable(),
    }
  }

  private demoTable(): Pick<Handlers, Extract<ApiName, `demo.${string}`>> {
    const demo = (): DemoControls => {
      const { demo: found } = this.parts
      if (found === null) throw new LaneFault('API-02', { note: 'only in a demo' })
      return found
    }
    return {
      'demo.sendCar': (args) => {
        this.acts.lane(args.laneId)
        return demo().sendCar(args)
      },
      'demo.network': ({ up }) => demo().network(up),
      'demo.rsuSilent': ({ laneId, on }) => {
        const host = this.acts.lane(laneId)
        if (host.devices.rsu === null)
          throw new LaneFault('LANE-02', { field: '/laneId', value: laneId, note: 'no RSU there' })
        return demo().rsuSilent(laneId, on)
      },
      'demo.traffic': ({ on }) => demo().traffic(on),
      'demo.powerCut': () => {
        demo().powerCut()
        return { ok: true }
      },
      'demo.state': () => demo().state(),
    }
  }
}

const isApiName = (name: string): name is ApiName => Object.hasOwn(api, name)

function shortValue(value: unknown, path: readonly PropertyKey[]): string {
  let at: unknown = value
  for (const key of path)
    at = typeof at === 'object' && at !== null ? Reflect.get(at, key) : undefined
  return at === undefined ? '' : (JSON.stringify(at) ?? '').slice(0, 80)
}
