// A complete draft of a lot, and ports that keep it in memory, for tests of the set-up.
// All names and addresses are invented.
import { forgetfulBooms } from '../../../../kit/forgetful-booms.ts'
import { spacesHere } from '#lane/desk/folder/spaces-here.ts'
import { baseRules } from '#base/pure/rules/packs.ts'
import { compareProvinces } from '#ledger/desk/handlers/compare-provinces.ts'
import { provinceChoices, provinceRow } from '#ledger/pure/platforms/dialects.ts'
import type { PlaceTried } from '#ledger/ports/copy-service.ts'
import type { SetupDraft } from '#lane/calls/setup-draft.ts'
import type { InForceView, PlatformFile, SetupView } from '#lane/calls/setup-views.ts'
import type { LotFiles } from '#lane/desk/setup/lot-words.ts'
import type { ReportDocument } from '#survey/report/report-model.ts'
import type { SetupPorts } from '#lane/desk/setup/setup-service.ts'
import { noJoining, type Joining, type Sandbox } from '#lane/desk/setup/onboarding.ts'
import { guangxi } from '#ledger/pure/platforms/guangxi/dialect.ts'
import { payKeysOf } from '#base/crypto/signing.ts'
import { HandClock } from '../../../runtime/control/control-kit.ts'
import type { TryPorts } from '#devices/desk/lane/device-try.ts'
import { MemoryPeople } from '../../people/people-kit.ts'
import type { SetupPerson } from '#lane/desk/setup/people-row.ts'
import type { SurveyLine } from '#survey/pure/file/survey-page.ts'
import type { LotConfig } from '#base/pure/lot/config.ts'
import type { ServiceState } from '#ledger/pure/lot/safeguards.ts'
import { oneClass } from '../../../money/pure/billing/version-1.ts'

const devices = {
  camera: 'push:hikvision',
  barrier: 'tcp://192.168.1.30:502',
  display: 'tcp://192.168.1.40:5000',
  rsu: '',
  psams: [],
  ordersFrom: '',
  cameraTimeless: null,
}

/** Without a survey, a payment gateway and a place for copies. */
type WholeDraft = {
  readonly [
    K in Exclude<
      keyof SetupDraft,
      | 'siting'
      | 'operator'
      | 'etcOperator'
      | 'reservation'
      | 'gateway'
      | 'centre'
      | 'published'
      | 'printers'
      | 'scanners'
      | 'settings'
      | 'open'
      | 'time'
      | 'stamps'
      | 'updates'
      | 'keep'
    >
  ]-?: NonNullable<SetupDraft[K]>
}

export const wholeDraft: WholeDraft = {
  version: 1,
  lot: {
    name: '城东停车场',
    lotId: 'A0001',
    spaces: { ordinary: 50, charging: 8, special: 2 },
    district: '东区',
    qualification: '',
    trade: 'commercial',
    provinceCode: '4501',
    lanes: [
      { id: 'entry', name: '入口', layout: '7.1.1', direction: 'entry' },
      { id: 'exit', name: '出口', layout: '7.1.1', direction: 'exit' },
    ],
  },
  devices: {
    lanes: {
      entry: devices,
      exit: {
        ...devices,
        barrier: 'tcp://192.168.1.31:502',
        rsu: 'tcp://192.168.1.20:60001',
        psams: ['370100000001'],
      },
    },
    intake: { host: '192.168.1.10', port: 18080, cameras: ['192.168.1.50'] },
  },
  tariff: oneClass,
  charge: { mode: 'card', platform: 'later' },
  offline: {
    policy: 'accept-within-caps',
    totalFen: 30_000,
    perChargeFen: 5000,
    count: 20,
    days: 3,
  },
}

/** A whole survey of the exit that passed. */
export const goodSurvey: SurveyLine = {
  name: 's1',
  title: '城东',
  site: '城东',
  lane: '出口',
  createdAtIso: '2026-01-04T09:00:00+08:00',
  records: 3,
  verdict: 'pass',
  simulated: false,
  whole: true,
  failing: [],
  open: [],
}

/** Does in memory what a data folder does. */
export class MemoryPorts implements SetupPorts {
  readonly dir = '/lots/new'
  rules: SetupPorts['rules'] = () => baseRules
  readonly provinces = provinceChoices
  compare: SetupPorts['compare'] = (from, to, lot) =>
    compareProvinces(provinceRow(from), provinceRow(to), lot)
  readonly files: { readonly config: LotConfig; readonly by: string }[] = []
  begun = 0
  /** The tariff as last written. */
  tariffText = ''
  private now: SetupDraft | null
  private before: SetupDraft | null = null

  constructor(draft: SetupDraft | null = null) {
    this.now = draft
  }

  readonly draft = {
    read: (): SetupDraft | null => this.now,
    write: (draft: SetupDraft): void => {
      this.before = this.now
      this.now = draft
    },
    undo: (): boolean => {
      this.now = this.before
      this.before = null
      return true
    },
    canUndo: (): boolean => this.before !== null,
  }

  spacesOf: SetupPorts['spacesOf'] = spacesHere

  /** No certificate has been requested. */
  readonly certificate: SetupPorts['certificate'] = {
    view: () => ({ state: 'none', next: 'csr', request: null, client: null }),
    request: () => undefined,
    exportTo: (folder, name) => `${folder}/${name}`,
    take: () => ({ certDir: '/lots/new/keys/platform', caFile: null }),
    channelOf: () => null,
  }
  certificateCame(): void {}

  /** No platform requires a joint test, unless a test sets a sandbox. */
  joined: Joining = noJoining
  sandbox: Sandbox | null = null
  readonly joining: SetupPorts['joining'] = {
    read: () => this.joined,
    keep: (joined) => void (this.joined = joined),
    sandbox: () => this.sandbox,
    found: () => ({ review: null, channel: null }),
    text: () => '',
    keepSandbox: () => undefined,
    dialect: () => guangxi,
    open: () => ({ send: () => () => undefined, close: () => undefined }),
    export: () => undefined,
    access: () => [],
  }

  /** No link has a device behind it, unless a test adds one. */
  tries: TryPorts = {
    mono: new HandClock(),
    raised: forgetfulBooms(),
    wall: { nowMs: () => 0 },
    open: () => new Promise(() => undefined),
  }
  readonly keys = new Map<string, string>()
  platformFiles = (): readonly PlatformFile[] => this.filesOf
  filesOf: readonly PlatformFile[] = []
  hasSecret = (name: string): boolean => this.keys.has(name)
  keepKey: SetupPorts['keepKey'] = (of, name, _from, value) => {
    this.keys.set(name, value)
    return of === 'reservation' ? [] : payKeysOf(value, name).map(({ keyId }) => keyId)
  }
  /** The answer of a backup server that is tried; its password is kept if it accepted a file. */
  server: PlaceTried = { hostKey: '', isWritten: false, roomBytes: null }
  tryServer = (): Promise<PlaceTried> => Promise.resolve(this.server)
  keepPassword = (password: string, name = 'copies'): void => void this.keys.set(name, password)
  channel = ''
  channelText = (): string => this.channel
  cards: SetupPorts['cards'] = () => []
  pushAddress = (laneId: string, host: string, port: number): string =>
    `http://${host}:${port}/camera/${laneId}/x`
  readonly team = new MemoryPeople()
  people = (): readonly SetupPerson[] => this.team.people
  serviceNow: ServiceState = 'none'
  service = (): ServiceState => this.serviceNow
  inForceNow: InForceView | null = null
  inForce = (): InForceView | null => this.inForceNow
  isWaiting = (): boolean => false
  mayTry = (): void => undefined
  nowMs = (): number => 1_767_600_000_000
  readonly documents: ReportDocument[] = []
  pdf = (document: ReportDocument): Promise<Uint8Array> => {
    this.documents.push(document)
    return Promise.resolve(Buffer.from('%PDF'))
  }
  keptNow: LotFiles | null = null
  backTo: LotFiles | null = null
  kept = (): LotFiles | null => this.keptNow
  keptView = (): SetupView['kept'] =>
    this.keptNow === null
      ? null
      : {
          name: this.keptNow.config.name,
          atIso: '2026-01-05T09:00:00+08:00',
          by: '王师傅',
          backTo: null,
          canUndo: true,
        }
  revert = (): LotFiles | null => this.backTo
  refuse(_config: LotConfig): void {
    // Without files there is nothing to refuse.
  }
  warnings = (_config: LotConfig) => []
  write(config: LotConfig, tariff: string, { by }: { readonly by: string }): void {
    this.tariffText = tariff
    this.files.push({ config, by })
  }
  written(): void {
    this.begun++
  }
}
