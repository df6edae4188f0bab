// The set-up of a lot: its draft is saved form by form, judged, previewed as files, and written once. Exactly the
// previewed files are written, by their digest; then the lanes start.
import { createHash } from 'node:crypto'
import type { ProvinceComparison } from '#base/calls/rules-views.ts'
import type { AnswerOf, ArgsOf } from '#runtime/api/table.ts'
import type { SetupDraft } from '../../calls/setup-draft.ts'
import type {
  InForceView,
  JoiningView,
  PlatformFile,
  SetupView,
  SpacesRead,
} from '../../calls/setup-views.ts'
import { sitingMeasureNames, sitingMeasures } from '#base/pure/lot/siting-measures.ts'
import { joinedPlatform, type LotConfig } from '#base/pure/lot/config.ts'
import { t } from '#base/pure/words/fault-text.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { isoOf, type InstantMs } from '#base/pure/values/instant.ts'
import type { PlaceTried, PlaceWish } from '#ledger/ports/copy-service.ts'
import type { Card } from '#devices/ports/find.ts'
import type { ReportDocument } from '#survey/report/report-model.ts'
import { channelOf } from './lot-parts.ts'
import { mustBeDown, RaisedWatch } from '#devices/desk/lane/raised-watch.ts'
import {
  DeviceTry,
  type TryPorts,
  type TryTarget,
  type TryWish,
} from '#devices/desk/lane/device-try.ts'
import { incomplete, judgeDraft, type JudgePorts } from './judge.ts'
import { type SetupPerson } from './people-row.ts'
import { reviewed } from './review.ts'
import { draftBack, refuseTariff, withKept } from './draft-of-lot.ts'
import { handoverDocument } from './handover.ts'
import { layoutChoices } from './layout-choices.ts'
import { sitingOfDraft, streetSitingOfDraft } from './lane-siting.ts'
import { noProof, proofSteps, type LotProof } from './lot-proof.ts'
import {
  foreignChannel,
  platformOf,
  readChannel,
  testChannel,
  type JoinedPlatform,
} from './channel-file.ts'
import type { CertificatePorts } from './certificate-ports.ts'
import { cameraPasswords, cameraSecret, refusePasswords, signedInMakes } from './camera-secrets.ts'
import { pushMakes } from '#devices/pure/camera/push-makes.ts'
import { watchMakes } from '#devices/pure/watch/makes.ts'
import { JoiningService, type JoiningPorts } from './joining-service.ts'
import { reportDocument } from './joint-report.ts'
import { changesOfPlatform, type LotFiles } from './lot-words.ts'
import { rehearsalNotes } from './rehearsal-note.ts'
import {
  intakeOf,
  pushingLanes,
  pushingSources,
  tariffOfDraft,
  tariffOfPart,
  usualTariff,
} from './lot-of-draft.ts'

type KeyOf = NonNullable<ArgsOf<'setup.key'>['of']>

interface Writer {
  readonly by: string
  readonly reason: string
}

export interface SetupPorts extends JudgePorts {
  readonly dir: string
  /** The draft in the folder; the former one is kept for an undo. */
  readonly draft: {
    read(): SetupDraft | null
    write(draft: SetupDraft): void
    /** False: nothing to undo. */
    undo(): boolean
    canUndo(): boolean
  }
  /** Throws LOT-02 for an unsupported province. */
  compare(from: string, to: string, lot: LotConfig | null): ProvinceComparison
  readonly tries: TryPorts
  platformFiles(platform: JoinedPlatform): readonly PlatformFile[]
  readonly certificate: CertificatePorts
  /** Application, test channel and joint test. */
  readonly joining: JoiningPorts
  /** The certificate was replaced, and no setting changed. */
  certificateCame(): void
  hasSecret(name: string): boolean
  /** Seals a key to this machine under that name; returns the key ids of a gateway. Throws PAY-01, RESERVATION-02. */
  keepKey(of: KeyOf, name: string, from: 'typed' | 'file', value: string): readonly string[]
  /** Throws FILE-01. */
  channelText(file: string): string
  /** Spaces of a drawing or table on this machine. Throws FILE-01, LOT-02. */
  spacesOf(file: string, layer: string | undefined): Promise<SpacesRead>
  /** Throws COPY-06 to COPY-11. */
  tryServer(wish: PlaceWish): Promise<PlaceTried>
  /** Seals a password under that name, or as that of the server for copies. Throws ARG-01. */
  keepPassword(password: string, name?: string): void
  cards(): readonly Card[]
  /** The address to enter in the camera of a lane. */
  pushAddress(laneId: string, host: string, port: number): string
  /** Accounts added so far, or those of the existing lot. Throws PEOPLE-11. */
  people(): readonly SetupPerson[]
  /** Null: no lanes run. */
  inForce(): InForceView | null
  /** Whether it is confirmed already and comes into force soon. */
  isWaiting(config: LotConfig): boolean
  /** Throws SETUP-08 for a device of a running lane. */
  mayTry(target: Pick<TryTarget, 'link'>): void
  nowMs(): InstantMs
  pdf(document: ReportDocument): Promise<Uint8Array>
  keptView(): SetupView['kept']
  /** Writes both files or none, with the author; for an existing lot the lot file alone. */
  write(config: LotConfig, tariff: string, who: Writer): void
  /** Undoes one version; null: no lot is left. */
  revert(who: Writer): LotFiles | null
  /** The lot file exists: Studio starts its lanes. */
  written(): void
}

const noNames = t(
  '申请里写停车场的名称和编号,先填好这两项',
  'the request contains the name and the number of the car park: fill them in first',
)

const measures = sitingMeasureNames.map((name) => ({ name, ...sitingMeasures[name] }))

/** The target with everything that its test needs, from the present draft. */
export function targetOf(draft: SetupDraft, wish: TryWish): TryTarget {
  const { gateway = null, reservation = null } = draft
  return {
    ...wish,
    intake: intakeOf(draft),
    gateway,
    channel: channelOf(draft, wish.device),
    provinceCode: draft.lot?.provinceCode ?? '',
    reservation,
  }
}

export class SetupService {
  readonly tries: DeviceTry
  /** Booms that tests left up. */
  readonly booms: RaisedWatch
  readonly life: JoiningService
  private readonly ports: SetupPorts
  /** The proof as last read. */
  private proof: LotProof = noProof

  constructor(ports: SetupPorts) {
    this.ports = ports
    this.tries = new DeviceTry(ports.tries)
    const isTested = (link: string): boolean => this.tries.isOn(link)
    this.booms = new RaisedWatch({ ...ports.tries, isTested })
    const draft = (): SetupDraft => this.draft()
    this.life = new JoiningService({ ...ports.joining, draft, nowMs: () => ports.nowMs() })
  }

  /** Ends all tests. */
  stop(): void {
    this.tries.stop()
    this.booms.stop()
    this.life.stop()
  }

  /** The view with the present proof of the folder. */
  looked(proof: LotProof): SetupView {
    this.proof = proof
    return this.get()
  }

  get(): SetupView {
    const { dir, draft: file, provinces } = this.ports
    const draft = this.draft()
    const passedAt = (wish: TryWish) => this.tries.passedAt(targetOf(draft, wish))
    const { rows, ready } = judgeDraft(draft, this.ports, this.proof, passedAt)
    const rules = this.ports.rules(draft.lot?.provinceCode ?? '')
    return {
      dir,
      draft,
      tariff: this.ports.kept()?.tariff ?? tariffOfPart(draft.tariff ?? usualTariff),
      nowIso: isoOf(this.ports.nowMs()),
      rows,
      proof: proofSteps(this.proof, this.ports.kept()?.config ?? null),
      ready,
      siting: sitingOfDraft(draft, rules),
      streetSiting: streetSitingOfDraft(draft, this.ports.kept(), rules),
      measures,
      canUndo: file.canUndo(),
      kept: this.ports.keptView(),
      layouts: layoutChoices,
      provinces,
      cards: this.ports.cards(),
      service: this.ports.service(),
      inForce: this.inForce(),
      push: this.push(draft, pushingLanes(draft)),
      cameraMakes: signedInMakes,
      pushMakes: pushMakes.map(({ name }) => name),
      watchPush: this.push(draft, pushingSources(draft)),
      watchMakes: watchMakes.map(({ name, by }) => ({ name, by })),
    }
  }

  inForce(): InForceView | null {
    return this.ports.inForce()
  }

  private draft(): SetupDraft {
    return withKept(this.ports.draft.read(), this.ports.kept())
  }

  private push(draft: SetupDraft, ids: readonly string[]): Readonly<Record<string, string>> {
    const { host = '', port = 0 } = draft.devices?.intake ?? {}
    if (host === '' || port === 0) return {}
    return Object.fromEntries(ids.map((id) => [id, this.ports.pushAddress(id, host, port)]))
  }

  save(given: ArgsOf<'setup.save'>): SetupView {
    refuseTariff(given, this.ports.kept())
    refusePasswords(given)
    const draft = this.draft()
    // A form contains only the settings that it asks for.
    const settings = { ...draft.settings, ...given.settings }
    const answered = given.settings === undefined ? {} : { settings }
    this.ports.draft.write({ ...draft, ...given, ...answered })
    return this.get()
  }

  /** Nothing is saved. */
  spacesOf(file: string, layer?: string): Promise<SpacesRead> {
    return this.ports.spacesOf(file, layer)
  }

  undo(): SetupView {
    this.ports.draft.undo()
    return this.get()
  }

  /** The address for camera pushes is that of the present draft. */
  tryDevice(wish: TryWish, by = ''): void {
    this.ports.mayTry(wish)
    const draft = this.draft()
    const { name = '' } = draft.lot?.lanes.find(({ id }) => id === wish.laneId) ?? {}
    // A board may take one connection at a time.
    if (wish.device === 'barrier') this.booms.rest()
    this.tries.begin({ ...targetOf(draft, wish), name, by })
  }

  credentials(): AnswerOf<'setup.credentials'> {
    const { charge, gateway, reservation } = this.draft()
    const platform = charge?.platform ?? 'later'
    const keyOf = (one: { readonly secret: string } | null | undefined) =>
      (one ?? null) === null ? 'none' : this.ports.hasSecret(one?.secret ?? '') ? 'set' : 'absent'
    return {
      platform: platform === 'later' ? [] : this.ports.platformFiles(platform),
      gatewayKey: keyOf(gateway),
      reservationKey: keyOf(reservation),
      ...cameraPasswords(this.draft(), this.ports),
    }
  }

  /** Throws LOT-03, ARG-01. */
  cameraPassword({ password, ...at }: ArgsOf<'setup.camera'>): AnswerOf<'setup.credentials'> {
    const name = cameraSecret(at, this.draft(), this.ports.kept()?.config ?? null)
    this.ports.keepPassword(password, name)
    return this.credentials()
  }

  channel({ file }: ArgsOf<'setup.channel'>): AnswerOf<'setup.channel'> {
    const { charge, lot } = this.draft()
    const now = charge?.platform ?? 'later'
    const found = readChannel(this.ports.channelText(file), file)
    const lotId = lot?.lotId ?? ''
    if (found.lotId !== undefined && lotId !== '' && found.lotId !== lotId)
      throw foreignChannel(file, found.lotId, lotId)
    if (found.use === 'test') throw testChannel(file)
    this.life.mayTake(found, file)
    const platform = platformOf(found, now === 'later' ? null : now, file)
    this.mayJoin(platform)
    return { platform, changes: changesOfPlatform(now, platform) }
  }

  /** Null: no platform is joined. */
  private platform(): JoinedPlatform | null {
    const platform = this.draft().charge?.platform ?? 'later'
    return platform === 'later' ? null : platform
  }

  joining(): JoiningView {
    return this.ports.certificate.view(this.platform(), this.ports.nowMs())
  }

  compare(from: string, to: string): AnswerOf<'setup.compare'> {
    return this.ports.compare(from, to, this.ports.kept()?.config ?? null)
  }

  onboarding(): AnswerOf<'setup.onboarding'> {
    const kept = this.ports.kept()
    return this.life.view(kept !== null && joinedPlatform(kept.config) !== null)
  }

  /** Report of the joint test; JOIN-02 before there is a test channel. */
  async jointReport({
    language,
    format,
  }: ArgsOf<'setup.jointReport'>): Promise<AnswerOf<'setup.jointReport'>> {
    const report = this.life.report()
    if (report === null)
      throw new LaneFault('JOIN-02', {
        field: '/sandbox',
        note: t('还缺:平台给的联调渠道', 'missing: the test channel of the platform'),
      })
    const bytes =
      format === 'json'
        ? new TextEncoder().encode(`${JSON.stringify(report, null, 2)}\n`)
        : await this.ports.pdf(reportDocument(report, this.ports.nowMs(), language))
    const fileName = `${report.lotId}.joint-test.${format}`
    return { fileName, base64: Buffer.from(bytes).toString('base64') }
  }

  /** A request under the name and number of the lot; SETUP-02 without both. */
  request(step: ArgsOf<'setup.request'>['step'], isAnew: boolean): JoiningView {
    const { name = '', lotId = '' } = this.draft().lot ?? {}
    for (const [field, value] of [
      ['/lot/name', name],
      ['/lot/lotId', lotId],
    ] as const)
      if (value === '') throw new LaneFault('CERT-06', { field, value, note: noNames })
    const subject = { organisation: name, commonName: lotId }
    this.ports.certificate.request(step, subject, isAnew, this.platform())
    return this.joining()
  }

  exportRequest({ folder }: ArgsOf<'setup.exportRequest'>): AnswerOf<'setup.exportRequest'> {
    const lotId = this.draft().lot?.lotId ?? ''
    return { file: this.ports.certificate.exportTo(folder, `${lotId}.csr.pem`) }
  }

  /**
   * Imports what the platform issued. The resulting settings are put into the draft; for an existing lot they are
   * confirmed like every other change.
   */
  takeCertificates({ from }: ArgsOf<'setup.import'>): void {
    const { ports } = this
    if (this.life.take(from)) return
    const before = this.platform()
    const isLive = ports.kept()?.config.mode === 'production'
    const nowMs = ports.nowMs()
    const channel = ports.certificate.channelOf(from)
    const joined = channel === null ? before : this.channel({ file: channel }).platform
    const taken = ports.certificate.take(from, before, isLive, nowMs)
    if (joined === null) return
    const { certDir } = taken
    const platform = { ...joined, certDir, caFile: taken.caFile ?? before?.caFile ?? '' }
    const charge = this.draft().charge ?? { mode: 'card' as const }
    if (JSON.stringify(platform) === JSON.stringify(before)) ports.certificateCame()
    else ports.draft.write({ ...this.draft(), charge: { ...charge, platform } })
  }

  key({ of = 'gateway', from, value }: Pick<ArgsOf<'setup.key'>, 'of' | 'from' | 'value'>) {
    const name = this.draft()[of]?.secret ?? ''
    return this.ports.keepKey(of, name, from, value)
  }

  async server(wish: PlaceWish): Promise<PlaceTried> {
    const tried = await this.ports.tryServer(wish)
    if (tried.isWritten && wish.password !== null) this.ports.keepPassword(wish.password)
    return tried
  }

  private files() {
    const draft = this.draft()
    const verdict = judgeDraft(draft, this.ports)
    const tariff = this.ports.kept()?.tariff ?? tariffOfDraft(draft)
    const { config, ready } = verdict
    if (!ready || config === null || tariff === null) throw incomplete(verdict)
    this.mayJoin(joinedPlatform(config))
    const tariffText = `${JSON.stringify(tariff, null, 2)}\n`
    const digest = createHash('sha256')
      .update(JSON.stringify(config))
      .update(tariffText)
      .update(JSON.stringify(this.newPeople()))
      .digest('hex')
    return { config, tariff, tariffText, digest }
  }

  /** A platform that the lot has joined already is not affected by a later joint test. */
  private mayJoin(joined: Pick<JoinedPlatform, 'url' | 'appId'> | null): void {
    const kept = this.ports.kept()
    const before = kept === null ? null : joinedPlatform(kept.config)
    const isSame = before?.url === joined?.url && before?.appId === joined?.appId
    if (joined !== null && !isSame) this.life.mayJoin(joined)
  }

  /** New accounts become valid with the first writing; in an existing lot each change is valid at once. */
  private newPeople(): readonly SetupPerson[] {
    return this.ports.kept() === null ? this.ports.people() : []
  }

  preview(): AnswerOf<'setup.preview'> {
    const { config, tariff, digest } = this.files()
    const later = { config, tariff }
    return {
      mode: config.mode,
      changes: reviewed(this.draft(), this.ports.kept(), later, this.newPeople()),
      isWaiting: this.ports.isWaiting(config),
      warnings: [...rehearsalNotes(config), ...this.ports.warnings(config)].map(
        ({ field, text }) => ({ field, text }),
      ),
      digest,
    }
  }

  /** Hand-over document of the existing lot, or of the files about to be written. */
  async handover(
    { language }: ArgsOf<'setup.handover'>,
    proof: LotProof,
  ): Promise<AnswerOf<'setup.handover'>> {
    const { dir } = this.ports
    const files = this.ports.kept() ?? this.files()
    const { rows } = judgeDraft(this.draft(), this.ports, proof)
    const open = rows.filter(({ state }) => state !== 'done').map(({ why }) => why)
    const warned = this.ports.warnings(files.config).map(({ text }) => text)
    const people = this.ports.people()
    const atMs = this.ports.nowMs()
    const rules = this.ports.rules(files.config.provinceCode)
    const source = {
      files,
      rules,
      people,
      open: [...open, ...warned],
      surveys: proof.surveys,
      firstCar: proof.firstCar,
      dir,
      atMs,
    }
    const bytes = await this.ports.pdf(handoverDocument(source, language))
    const base64 = Buffer.from(bytes).toString('base64')
    const day = isoOf(atMs).slice(0, 10)
    return { fileName: `${files.config.name[language]} ${day}.pdf`, base64 }
  }

  /** `audit` is made durable before anything is written. */
  begin(digest: string, { by, reason }: Writer, audit?: () => void): void {
    this.tries.stop()
    mustBeDown(this.ports.tries.raised)
    const files = this.files()
    if (files.digest !== digest) throw new LaneFault('SETUP-03', { field: '/digest' })
    audit?.()
    this.ports.write(files.config, files.tariffText, { by, reason })
    this.ports.written()
  }

  /** Resets the forms to the lot: unconfirmed entries are lost. */
  discard(): SetupView {
    const kept = this.ports.kept()
    if (kept !== null) this.ports.draft.write(draftBack(kept, this.draft()))
    return this.get()
  }

  /** Does not start the lanes: the restored settings are reviewed first. */
  revert({ by, reason }: Writer, audit?: () => void): void {
    const before = this.draft()
    audit?.()
    const back = this.ports.revert({ by, reason })
    if (back !== null) this.ports.draft.write(draftBack(back, before))
  }
}
