// The survey worker: reads and writes the survey files of a data folder (DIR/surveys) on request.
// The same program file is started as the worker; main.ts branches to `serveSurveyWorker`.
import { t } from '#base/pure/words/fault-text.ts'
import { existsSync, mkdirSync, readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { systemWallClock } from '#base/time/system-clocks.ts'
import { readSurveyPhoto } from '#survey/sqlite/survey-file.ts'
import { serveCalls } from '#base/worker/worker-calls.ts'
import type { StartArgs } from '#survey/calls/measure.ts'
import type {
  AddArgs,
  AssistArgs,
  CoverArgs,
  NameplateArgs,
  NewSurveyArgs,
  PhotoArgs,
  ReportArgs,
  SignArgs,
  UndoArgs,
} from '#survey/calls/survey.ts'
import type { MeasureView } from '#survey/calls/measure-views.ts'
import type {
  AssistantView,
  SurveyListView,
  SurveyPage,
  SurveyPictureView,
  SurveyReportView,
} from '#survey/calls/survey-views.ts'
import type { DraftPicture } from '#survey/desk/handlers/control-survey.ts'
import type { Profile } from '#devices/profiles/schema.ts'
import { assistantView } from '#survey/pure/field/assistant.ts'
import type { MeasureService } from '#survey/runs/measure-service.ts'
import {
  addCover,
  addDrawing,
  addNameplate,
  addPhoto,
  checkedLogo,
  type BroughtPicture,
} from '#survey/runs/survey-entries.ts'
import { surveyFigures } from '#survey/runs/survey-figures.ts'
import { surveyLine, surveyPage, type SurveyFacts } from '#survey/pure/file/survey-page.ts'
import { basePack, rulesIn } from '#base/pure/rules/packs.ts'
import type { RulePack } from '#base/pure/rules/rule-pack.ts'
import type { LotConfig } from '#base/pure/lot/config.ts'
import { plansOf } from '#survey/runs/planned-lanes.ts'
import { loadLot } from '#lane/folder/lot-file.ts'
import { packHere } from '#lane/folder/rules-here.ts'
import { samplingOf } from '#survey/pure/file/sampling.ts'
import { gridsOf } from '#survey/pure/field/grid.ts'
import { openPlaces, openReaders } from '#base/pure/values/open-readers.ts'
import { rerunBody, startedBody } from '#survey/pure/reruns.ts'
import { liveOrigin, type ReceivedBytes } from '#survey/pure/file/origin.ts'
import { projectOf } from '#survey/pure/file/project.ts'
import { usualPlan, usualTrigger } from '#survey/pure/field/zone-plan.ts'
import { orDiskFault } from '#base/pure/faults/disk-fault.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { onFault } from '#base/pure/faults/on-fault.ts'
import { pictureOf } from '#base/pure/data/photo.ts'
import { compactOf } from '#base/pure/values/instant.ts'
import { benchFolder } from '#devices/desk/bench/bench-rsu.ts'
import { layOutBeside, type LayOut } from '#base/desk/document/paper-process.ts'
import { antennaProfile, antennaProfiles } from '#devices/desk/profile/antenna-profiles.ts'
import type { SurveyCalls, SurveyWorkerData } from '#survey/desk/worker/worker-client.ts'
import { recordChange, type AntennaChange } from '#survey/desk/worker/antenna-change.ts'
import { planOfJob } from '#survey/desk/worker/measure-runs.ts'
import {
  csvBodies,
  csvOrigin,
  measureChoices,
  measureService,
} from '#survey/desk/worker/measure-worker.ts'
import { isSignedSurvey } from '#survey/desk/worker/survey-lines.ts'
import { putBackAll } from '#survey/desk/worker/put-back.ts'
import { hasOwnTemplate, reportBytes, reportMimes } from '#survey/desk/worker/report-bytes.ts'
import {
  newSurvey,
  openSurvey,
  readSurvey,
  surveyDigests,
  type OpenSurvey,
} from '#survey/files/open-survey.ts'

const suffix = '.etcsurvey'

class SurveyShelf {
  readonly dir: string
  readonly #folder: string
  readonly #layOut: LayOut

  constructor(dir: string, layOut: LayOut) {
    this.dir = dir
    this.#layOut = layOut
    this.#folder = join(dir, 'surveys')
  }

  file(name: string): string {
    return join(this.#folder, `${name}${suffix}`)
  }

  facts(name: string): SurveyFacts {
    const { content, records } = readSurvey(this.file(name))
    const { createdAtMs, lost, broken } = content
    return { name, createdAtMs, records, lost, broken }
  }

  list(): SurveyListView {
    // A folder without surveys is not created.
    const files = existsSync(this.#folder) ? readdirSync(this.#folder) : []
    const names = files
      .filter((file) => file.endsWith(suffix))
      .map((file) => basename(file, suffix))
      .toSorted()
    const unreadable: string[] = []
    const surveys = names.flatMap((name) =>
      onFault(
        () => [surveyLine(this.facts(name))],
        () => {
          unreadable.push(name)
          return []
        },
      ),
    )
    const lot = this.#lot()
    const rules = rulesIn(this.#pack(lot))
    const open = openPlaces.map((place) => ({ ...place, words: openReaders[place.reader].words }))
    return {
      surveys,
      unreadable,
      here: {
        grids: gridsOf(rules),
        sampling: samplingOf(rules),
        open,
        plans: lot === null ? null : plansOf(lot, rules),
      },
    }
  }

  /** The rules for a survey made here: the lot's pack when the folder has a lot. Throws RULE-01. */
  #pack(lot = this.#lot()): RulePack {
    return packHere(this.dir, lot?.provinceCode ?? '').pack
  }

  /** Null: a workbench. */
  #lot(): LotConfig | null {
    return existsSync(join(this.dir, 'lot.json')) ? loadLot(this.dir).config : null
  }

  make({ by, grid: gridId, trigger, zone, ...args }: NewSurveyArgs): SurveyFacts {
    this.#make()
    const pack = this.#pack()
    const grid = gridsOf(rulesIn(pack)).find(({ id }) => id === gridId)
    if (grid === undefined) throw new LaneFault('ARG-01', { field: '/grid', value: gridId })
    const stamp = compactOf(systemWallClock().nowMs())
    const name = `${stamp.slice(0, 8)}-${stamp.slice(8)}`
    const { ledger, writer } = newSurvey(this.file(name))
    try {
      const at = trigger ?? usualTrigger(grid)
      const plan = zone ?? usualPlan(grid, at)
      const judged = pack === basePack ? {} : { rules: pack }
      ledger.add({ kind: 'opened', ...args, grid, trigger: at, zone: plan, ...judged }, by)
    } finally {
      writer.close()
    }
    return this.facts(name)
  }

  undo({ name, by, reason = '', point }: UndoArgs): SurveyFacts {
    return this.write(name, ({ ledger }) =>
      ledger.undo(by, reason, point === true ? 'point' : 'record'),
    )
  }

  write(name: string, act: (survey: OpenSurvey) => void): SurveyFacts {
    const survey = openSurvey(this.file(name))
    try {
      act(survey)
    } finally {
      survey.writer.close()
    }
    return this.facts(name)
  }

  assist({ name, stepMax, ...wanted }: AssistArgs): AssistantView {
    const { records } = readSurvey(this.file(name))
    return assistantView(records, { ...wanted, at: null, powerStep: { min: 0, max: stepMax } })
  }

  async report({ name, language, format = 'html' }: ReportArgs): Promise<SurveyReportView> {
    const path = this.file(name)
    const bytes = Buffer.from(await reportBytes(path, format, language, this.#layOut))
    const ownTemplate = hasOwnTemplate(path)
    const file = { name, fileName: `${name}.${format}`, mime: reportMimes[format], ownTemplate }
    return format === 'html'
      ? { ...file, html: bytes.toString('utf8'), base64: '' }
      : { ...file, html: '', base64: bytes.toString('base64') }
  }

  picture(name: string, digest: string): SurveyPictureView {
    const { mime, bytes } = readSurveyPhoto(this.file(name), digest, surveyDigests().ofBytes)
    // A survey from elsewhere may contain anything: pictures larger than memory are not opened.
    if (pictureOf(bytes) === null)
      throw new LaneFault('SURVEY-05', {
        field: '/digest',
        value: digest,
        note: t('按它的内容', 'by its content'),
      })
    return { mime, base64: Buffer.from(bytes).toString('base64') }
  }

  photo(name: string, args: PhotoArgs, picture: DraftPicture): SurveyPage {
    return surveyPage(this.write(name, ({ ledger }) => addPhoto(ledger, args, brought(picture))))
  }

  drawing(
    name: string,
    said: { readonly title: string; readonly by: string },
    picture: DraftPicture,
  ): SurveyPage {
    return surveyPage(this.write(name, ({ ledger }) => addDrawing(ledger, said, brought(picture))))
  }

  nameplate(name: string, args: NameplateArgs, id: string | null): SurveyPage {
    const profile: Profile | null = id === null ? null : antennaProfile(this.dir, id, '/profile')
    return surveyPage(this.write(name, ({ ledger }) => addNameplate(ledger, args, profile)))
  }

  cover({ name, by, ...said }: CoverArgs, logo: DraftPicture | null | undefined): SurveyPage {
    const { number, company, address, representative } = said
    const given = { by, number, company, address, representative }
    const mark =
      logo === undefined ? {} : { logo: logo === null ? null : checkedLogo(brought(logo)) }
    return surveyPage(this.write(name, ({ ledger }) => addCover(ledger, { ...given, ...mark })))
  }

  add({ name, bodies, by, reason }: AddArgs): SurveyPage {
    return surveyPage(this.write(name, ({ ledger }) => ledger.addTyped(bodies, by, reason)))
  }

  sign({ name, by, role, signer, path, despite }: SignArgs): SurveyPage {
    const body = { kind: 'signature', role, name: signer, path }
    const over = despite === undefined ? {} : { despite }
    return surveyPage(this.write(name, ({ ledger }) => ledger.add({ ...body, ...over }, by)))
  }

  /** The names of the unsigned surveys in which the change was recorded. */
  changed(change: AntennaChange): readonly string[] {
    const names = this.list().surveys.map(({ name }) => name)
    return names
      .filter((name) => !isSignedSurvey(this.dir, name))
      .filter((name) => {
        let isRecorded = false
        this.write(name, ({ ledger }) => (isRecorded = recordChange(ledger, change)))
        return isRecorded
      })
  }

  #make(): void {
    orDiskFault({ file: this.#folder }, () =>
      mkdirSync(this.#folder, { recursive: true, mode: 0o700 }),
    )
  }
}

const brought = ({ draftId, bytes }: DraftPicture): BroughtPicture => ({
  bytes,
  from: { field: '/draftId', value: draftId },
  digestOf: surveyDigests().ofBytes,
})

/** A missing or damaged survey is reported before the measurement starts. */
function startJob(shelf: SurveyShelf, measuring: MeasureService, args: StartArgs): MeasureView {
  const { records } = shelf.facts(args.name)
  const again = rerunBody(records, planOfJob(args.job), args.reason)
  const view = measuring.start(args.job, args.name, args.by)
  // Written after the start, which may be refused, and before the first reading.
  if (again !== null) shelf.write(args.name, ({ ledger }) => ledger.keep(again, args.by))
  return view
}

const proofOf = async (dir: string, shelf: SurveyShelf) =>
  (await import('#lane/desk/folder/lot-proof-here.ts')).lotProof(dir, shelf.list().surveys)

export function serveSurveyWorker({ dir }: SurveyWorkerData): void {
  const layOut = layOutBeside()
  const shelf = new SurveyShelf(dir, layOut)
  const measuring = measureService(dir, {
    known: (name) => projectOf(shelf.facts(name).records).instruments,
    write: (name, bodies, by, receivedBytes?: ReceivedBytes) =>
      shelf.write(name, ({ ledger }) => {
        ledger.addAll(bodies, by, liveOrigin(receivedBytes, surveyDigests().ofBytes))
      }),
    begin(name, job, by) {
      const started = startedBody(planOfJob(job))
      if (started !== null) shelf.write(name, ({ ledger }) => ledger.keep(started, by))
    },
    onChange: (view, busy) => tell(view, busy),
  })
  const tell = serveCalls<SurveyCalls>({
    list: () => shelf.list(),
    proof: () => proofOf(dir, shelf),
    page: (name) => surveyPage(shelf.facts(name)),
    make: (args) => surveyPage(shelf.make(args)),
    add: (args) => shelf.add(args),
    undo: (args) => surveyPage(shelf.undo(args)),
    assist: (args) => shelf.assist(args),
    photo: (name, args, picture) => shelf.photo(name, args, picture),
    drawing: (name, title, by, picture) => shelf.drawing(name, { title, by }, picture),
    nameplate: (name, profile, args) => shelf.nameplate(name, args, profile),
    cover: (args, logo) => shelf.cover(args, logo),
    sign: (args) => shelf.sign(args),
    antennaChanged: (change) => shelf.changed(change),
    picture: (name, digest) => shelf.picture(name, digest),
    antennas: () => antennaProfiles(shelf.dir),
    report: (reportRequest) => shelf.report(reportRequest),
    receiptPdf: (lines) => layOut({ kind: 'receipt', lines }),
    handover: async (language) => {
      const { handoverHere } = await import('#lane/desk/setup/handover-here.ts')
      return handoverHere(dir, await proofOf(dir, shelf), language, layOut)
    },
    spacesOf: async (file, layer) =>
      (await import('#lane/desk/folder/spaces-here.ts')).spacesHere(file, layer),
    leaving: async () => {
      const { leaveHere } = await import('../folder/leave-here.ts')
      const isSigned = (name: string): boolean => isSignedSurvey(dir, name)
      return leaveHere(dir, shelf.list().surveys, isSigned, systemWallClock().nowMs())
    },
    reportFile: async (sheet, format) => {
      const { reportFile } = await import('#money/desk/report/report-file.ts')
      return reportFile(sheet, format, (document) => layOut({ kind: 'pdf', document }))
    },
    judgeAcceptance: async (ids, fromMs, nowMs) => {
      const { judgeHere } = await import('../folder/acceptance-folder.ts')
      return judgeHere(dir, ids, fromMs, nowMs, (asking) => tell({ asking }, null))
    },
    choices: () => measureChoices(dir),
    figures: (name) => surveyFigures(shelf.facts(name).records),
    connect: (args) => measuring.connect(args),
    burst: (args) => measuring.burst(args).then(() => surveyPage(shelf.facts(args.name))),
    closeInstrument: () => measuring.close(),
    start: (args) => startJob(shelf, measuring, args),
    stop: (kind) => measuring.stop(kind),
    letGo: () => measuring.letGo(),
    putBack: (notes) => putBackAll(benchFolder(), notes),
    csv: (args) =>
      surveyPage(
        shelf.write(args.name, ({ ledger }) =>
          ledger.addAll(csvBodies(args, dir), args.by, csvOrigin(args)),
        ),
      ),
  })
}
