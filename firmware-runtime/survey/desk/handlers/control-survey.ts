// The survey calls of the control API: all their work is done outside the lanes' thread. A lot in memory stores no
// surveys.
import { needed } from '#base/desk/handlers/no-folder.ts'
import { defineCalls } from '#base/desk/handlers/scope.ts'
import { t } from '#base/pure/words/fault-text.ts'
import type { BurstArgs, ConnectArgs, CsvArgs, CsvText, StartArgs } from '../../calls/measure.ts'
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
} from '../../calls/survey.ts'
import type {
  MeasureChoices,
  MeasureKind,
  MeasureView,
  SurveyFigures,
} from '../../calls/measure-views.ts'
import type {
  AntennaProfilesView,
  AssistantView,
  SurveyListView,
  SurveyPage,
  SurveyPictureView,
  SurveyReportView,
} from '../../calls/survey-views.ts'
import type { Who } from '#base/calls/rows.ts'
import type { Role } from '#base/pure/values/roles.ts'
import type { Json } from '#base/pure/data/json.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { tableText } from '#base/tables/table-text.ts'
import type { LotProof } from '#lane/desk/setup/lot-proof.ts'

/** A picture for the worker; `draftId`: its upload, so that a fault can name it. */
export interface DraftPicture {
  readonly draftId: string
  readonly bytes: Uint8Array
}

/** Pictures uploaded by a window in parts (photo-drafts.ts). */
interface PictureDrafts {
  came(draftId: string): Uint8Array
  drop(draftId: string): void
}

/** Surveys of a data folder (DIR/surveys). Each reading is durable when its promise resolves. */
export interface SurveyService {
  list(): Promise<SurveyListView>
  /** Proofs of the lot in its folder: surveys, and the first car in its ledger. */
  proof(): Promise<LotProof>
  page(name: string): Promise<SurveyPage>
  make(args: NewSurveyArgs): Promise<SurveyPage>
  add(args: AddArgs): Promise<SurveyPage>
  photo(name: string, args: PhotoArgs, picture: DraftPicture): Promise<SurveyPage>
  drawing(name: string, title: string, by: string, picture: DraftPicture): Promise<SurveyPage>
  /** `logo` absent: unchanged; null: none. */
  cover(args: CoverArgs, logo?: DraftPicture | null): Promise<SurveyPage>
  sign(args: SignArgs): Promise<SurveyPage>
  picture(name: string, digest: string): Promise<SurveyPictureView>
  antennas(): Promise<AntennaProfilesView>
  nameplate(name: string, profile: string | null, args: NameplateArgs): Promise<SurveyPage>
  undo(args: UndoArgs): Promise<SurveyPage>
  assist(args: AssistArgs): Promise<AssistantView>
  report(reportRequest: ReportArgs): Promise<SurveyReportView>
  readonly measuring: MeasureView
  /** Called with every new state of measurements. */
  readonly onMeasuring: Set<(view: MeasureView) => void>
  choices(): Promise<MeasureChoices>
  figures(name: string): Promise<SurveyFigures>
  connect(args: ConnectArgs): Promise<MeasureView>
  burst(args: BurstArgs): Promise<SurveyPage>
  closeInstrument(): Promise<MeasureView>
  start(args: StartArgs): Promise<MeasureView>
  stop(kind: MeasureKind): Promise<MeasureView>
  csv(args: CsvText): Promise<SurveyPage>
}

/** Sixty columns and rows with ten repeats are half of it. */
const csvBytesMax = 2 * 1024 * 1024

/** ARG-01 for both texts or neither, METER-09 for too much text, FILE-01 for text that is not a table. */
async function csvText(
  { text, draftId, ...args }: CsvArgs,
  drafts: PictureDrafts,
): Promise<CsvText> {
  if ((text === undefined) === (draftId === undefined))
    throw new LaneFault('ARG-01', {
      field: '/text',
      note: t('text 和 draftId 只给一个', 'give either text or draftId'),
    })
  if (draftId === undefined) return { ...args, text: text ?? '' }
  const { file } = args
  const bytes = drafts.came(draftId)
  drafts.drop(draftId)
  if (bytes.length > csvBytesMax)
    throw new LaneFault('METER-09', {
      file,
      note: t(`超过 ${csvBytesMax} 字节`, `more than ${csvBytesMax} bytes`),
    })
  return { ...args, text: await tableText(bytes, file) }
}

/** A signature over rows that have not passed is audited: it has a call of its own. */
const isOverride = (body: Json): boolean =>
  typeof body === 'object' && body !== null && 'despite' in body

interface SurveyLot {
  readonly surveys?: SurveyService
  readonly photos: PictureDrafts
  /** Writes to the ledger of a lot; a workbench has none, and the record of the survey has the same facts. */
  audit(who: Who, role: Role, what: string): void
}

export const surveyCalls = defineCalls((lot: SurveyLot) => {
  const drafts = lot.photos
  const surveys = needed(lot.surveys, 'SURVEY-01')
  /** Drafts are dropped after use, whether accepted or refused. */
  const brought = async <T>(
    draftId: string,
    take: (picture: DraftPicture) => Promise<T>,
  ): Promise<T> => {
    const bytes = drafts.came(draftId)
    try {
      return await take({ draftId, bytes })
    } finally {
      drafts.drop(draftId)
    }
  }
  return {
    'survey.list': async () => surveys().list(),
    'survey.page': async ({ name }) => surveys().page(name),
    'survey.new': async (args) => surveys().make(args),
    'survey.add': async (args) => {
      if (args.bodies.some(isOverride))
        throw new LaneFault('ARG-01', {
          field: '/bodies',
          note: t('请用 survey.sign', 'use survey.sign'),
        })
      return surveys().add(args)
    },
    'survey.photo': async ({ name, draftId, ...args }) =>
      brought(draftId, (picture) => surveys().photo(name, args, picture)),
    'survey.drawing': async ({ name, draftId, title, by }) =>
      brought(draftId, (picture) => surveys().drawing(name, title, by, picture)),
    'survey.cover': async ({ logoDraftId, ...args }) =>
      logoDraftId === undefined || logoDraftId === null
        ? surveys().cover(args, logoDraftId)
        : brought(logoDraftId, (picture) => surveys().cover(args, picture)),
    'survey.sign': async (args, role) => {
      const page = await surveys().sign(args)
      const { despite, commandId, by, name, signer } = args
      if (despite === undefined) return page
      const rows = despite.rows.map(({ item, verdict }) => `${item} ${verdict}`).join(', ')
      const what = `survey.sign ${name} ${signer} (${despite.who}) despite ${rows}`.slice(0, 200)
      lot.audit({ commandId, by, reason: despite.reason.slice(0, 200) }, role, what)
      return page
    },
    'survey.picture': async ({ name, digest }) => surveys().picture(name, digest),
    'survey.antennas': async () => surveys().antennas(),
    'survey.nameplate': async ({ name, profile, ...args }) =>
      surveys().nameplate(name, profile, args),
    'survey.undo': async (args) => surveys().undo(args),
    'survey.assist': async (args) => surveys().assist(args),
    'survey.report': async (reportRequest) => surveys().report(reportRequest),
    'survey.measuring': async () => Promise.resolve(surveys().measuring),
    'survey.choices': async () => surveys().choices(),
    'survey.figures': async ({ name }) => surveys().figures(name),
    'survey.instrument.connect': async (args) => surveys().connect(args),
    'survey.instrument.burst': async (args) => surveys().burst(args),
    'survey.instrument.close': async () => surveys().closeInstrument(),
    'survey.measure.start': async (args) => surveys().start(args),
    'survey.measure.stop': async ({ kind }) => surveys().stop(kind),
    'survey.csv': async (args) => {
      const service = surveys()
      return service.csv(await csvText(args, drafts))
    },
  }
})
