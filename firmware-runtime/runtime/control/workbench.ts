// The control API without a lot: finding devices, and the settings of the connected device. Tuning, frames and
// passports are available as well. Calls about cars and money are refused with LOT-01.
import { bothOf, t } from '#base/pure/words/fault-text.ts'
import type { AnswerOf } from '../api/table.ts'
import type { Role } from '#base/pure/values/roles.ts'
import { apiVersion } from '#base/calls/rows.ts'
import type { BenchView, BoardView, StatusView } from '#lane/calls/views.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { isoOf } from '#base/pure/values/instant.ts'
import type { ApiSession } from '#base/ports/api-host.ts'
import type { MonoClock, WallClock } from '#base/ports/clocks.ts'
import { unauditedActs, type Acts } from '#base/desk/handlers/act-table.ts'
import { frameCalls } from '#devices/desk/handlers/control-console.ts'
import { deviceAt, deviceCalls, type DeviceOf } from '#devices/desk/handlers/control-devices.ts'
import type { DocumentWork } from '#base/ports/document-work.ts'
import { boomCalls } from '#devices/desk/handlers/control-booms.ts'
import { inboxCalls } from './control-inbox.ts'
import { documentCalls } from './control-document.ts'
import { findCalls } from '#devices/desk/handlers/control-find.ts'
import { peopleCalls } from '#lane/desk/handlers/control-people.ts'
import { seekCalls } from '#devices/desk/handlers/control-seek.ts'
import { setupOf } from '#lane/desk/handlers/control-setup.ts'
import { tariffTrial } from '#money/desk/handlers/control-tariff.ts'
import { tuneCalls } from '#devices/desk/handlers/control-tune.ts'
import { surveyCalls, type SurveyService } from '#survey/desk/handlers/control-survey.ts'
import { ControlStreams } from './control-streams.ts'
import { Dispatcher } from './dispatcher.ts'
import type { Handlers } from '#base/desk/handlers/handlers.ts'
import { EventLog } from '#lane/lot/event-log.ts'
import type { FindService } from '#devices/find/find-service.ts'
import type { SeekService } from '#devices/find/seek-service.ts'
import type { PeopleGate } from '#lane/people/people-gate.ts'
import type { SetupService } from '#lane/desk/setup/setup-service.ts'
import { deviceContent } from '#devices/passport/lane-content.ts'
import { tablesView } from '#devices/passport/passport-store.ts'
import { PhotoDrafts, type KeepPhoto } from '#base/desk/handlers/photo-drafts.ts'
import { FrameServices } from '#devices/frame-log/frame-services.ts'

/** Id of the connected device in calls that name a lane; no lane may have this id. */
export const benchLaneId = 'bench'
const benchName = { zh: '工作台', en: 'Workbench' }

interface WorkbenchParts {
  readonly service: FindService
  readonly seek?: SeekService
  /** For a lot that is being set up in a folder. */
  readonly setup?: SetupService
  /** Accounts of the lot that is being set up. */
  readonly people?: PeopleGate
  readonly surveys?: SurveyService
  readonly documents?: DocumentWork
  /** Photos of instruments, beside the settings of the devices. */
  readonly photos?: {
    readonly keep: KeepPhoto
    readonly read: (photoId: string) => Promise<Uint8Array | null>
  }
  /** Stores a capture; absent: nothing is stored. */
  readonly keepFile?: (folder: string, name: string, bytes: Uint8Array) => string
  readonly mono: MonoClock
  readonly clock: WallClock
  readonly version: string
  /** Absent in tests. */
  readonly build?: string
}

/** There is no ledger for an audit: the record of the survey has the same facts. */
const noAudit = (): void => undefined

export class Workbench {
  private readonly parts: WorkbenchParts
  private readonly photos: PhotoDrafts
  private readonly deviceOf: DeviceOf
  private readonly streams: ControlStreams
  private readonly dispatcher: Dispatcher

  constructor(parts: WorkbenchParts) {
    this.parts = parts
    const { service, mono } = parts
    this.photos = new PhotoDrafts(parts.photos?.keep ?? null)
    this.deviceOf = (laneId) => (laneId === benchLaneId ? service.device : null)
    const board = (): BoardView => this.board()
    const { surveys } = parts
    const measuring = surveys === undefined ? {} : { measuring: surveys }
    this.streams = new ControlStreams({ mono, events: new EventLog(), board, ...measuring })
    const { streams } = this
    const { people, documents } = parts
    const handlers = this.table()
    this.dispatcher = new Dispatcher({ handlers, streams, people, documents, demo: false })
  }

  changed(): void {
    this.streams.changed()
  }

  close(): void {
    this.parts.service.close()
    this.streams.close()
  }

  session(role: Role): ApiSession {
    return this.dispatcher.session(role)
  }

  private table(): Partial<Handlers> {
    const { parts, photos, deviceOf: device } = this
    const { setup, service, people = null } = parts
    const acts = unauditedActs()
    return {
      ...documentCalls(parts),
      ...findCalls({ find: service }),
      ...seekCalls(parts),
      ...setupOf(parts),
      ...boomCalls({ acts, ...(setup && { setup, booms: { raised: setup.booms.raised } }) }),
      ...this.inbox(),
      ...tariffTrial(null),
      ...peopleCalls({ gate: people, config: { name: benchName } }),
      ...surveyCalls({ ...parts, photos, audit: noAudit }),
      ...tuneCalls({ acts, device }),
      ...this.framesTable(acts),
      ...deviceCalls({ acts, device, photos }),
      'passport.facts': ({ laneId }) => tablesView(deviceContent(deviceAt(device)(laneId))),
      'status.get': () => this.status(),
      'board.get': () => this.board(),
      'photo.hold': (args) => this.photos.hold(args),
      'photo.get': async ({ photoId }) => {
        const jpeg = (await this.parts.photos?.read(photoId)) ?? null
        return { jpegBase64: jpeg === null ? null : Buffer.from(jpeg).toString('base64') }
      },
    }
  }

  /** The frames of the connected device, which may change between these calls. */
  private framesTable(acts: Acts) {
    const { service, keepFile, version, clock } = this.parts
    const none = new FrameServices(() => 0)
    const frameConsole = {
      get frameServices() {
        return service.device?.frameServices ?? none
      },
      version,
      nowMs: () => clock.nowMs(),
      keepFile(folder: string, name: string, bytes: Uint8Array) {
        if (keepFile === undefined)
          throw new LaneFault('FILE-01', { note: t('这里不保存文件', 'files are not saved here') })
        return keepFile(folder, name, bytes)
      },
    }
    return frameCalls({ acts, frameConsole })
  }

  /** What waits while a lot is set up; the calls about lanes and money are refused here. */
  private inbox() {
    const { clock } = this.parts
    const call: Dispatcher['callBy'] = (name, args, caller) =>
      this.dispatcher.callBy(name, args, caller)
    const here = () => ({ laneName: bothOf, street: null, nowMs: clock.nowMs(), upMs: 0 })
    return inboxCalls({ config: { mode: 'workbench' }, here, call })
  }

  private board(): BoardView {
    const { device } = this.parts.service
    const bench = device === null ? null : this.bench(device)
    const { setup } = this.parts
    const raised = setup?.booms.raised.list() ?? []
    return {
      status: this.status(),
      lanes: [],
      last: [],
      bench,
      ...(raised.length === 0 ? {} : { raised }),
      ...(setup !== undefined && { setup: true }),
    }
  }

  private bench({ link, settingsStore, handle }: NonNullable<FindService['device']>): BenchView {
    const { lastReceivedMs } = handle
    const nowMs = this.parts.mono.nowUs() / 1000
    return {
      laneId: benchLaneId,
      rsu: {
        // A device that waits for a person to choose its power is connected and answers.
        state: settingsStore.up || settingsStore.contact.state === 'asking' ? 'up' : 'down',
        heardMsAgo:
          lastReceivedMs === null ? null : Math.max(0, Math.round(nowMs - lastReceivedMs)),
        link,
        detail: '',
      },
      searching: settingsStore.up,
    }
  }

  private status(): AnswerOf<'status.get'> & StatusView {
    const { build, service, version } = this.parts
    const { device } = service
    const trial = device?.settingsStore.state.trial ?? null
    return {
      apiVersion,
      mode: 'workbench',
      lotId: '',
      lotName: benchName,
      chargeMode: 'online',
      offline: '',
      inside: 0,
      capacity: 0,
      free: 0,
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
          : { laneId: benchLaneId, by: trial.by, leftMs: device.settingsStore.leftMs },
      today: { passages: 0, paidFen: 0 },
      ledger: { headSeq: 0, headHash: '', repair: '' },
      version,
      ...(build === undefined ? {} : { build }),
      upkeep: null,
    }
  }
}
