// The hot thread's side of the survey worker: asks, waits, and lets it end when nobody asks.
// Files are opened anew for each question: the worker may end between two.
import { AskedWorker } from '../../adapters/worker/asked-worker.ts'
import type { BurstArgs, ConnectArgs, CsvText, StartArgs } from '../../api/calls/measure.ts'
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
} from '../../api/calls/survey.ts'
import type { MeasureKind, MeasureView, PutBackView } from '../../api/measure-views.ts'
import type { DraftPicture, SurveyDesk } from '../../app/control-survey.ts'
import { LaneFault } from '../../core/values/faults.ts'
import { benchFolder } from '../bench-rsu.ts'
import { drivenNotes, type DrivenNote } from '../driven-notes.ts'
import { lendLink } from '../link-claim.ts'
import { LentLinks, type LentTo } from './lent-links.ts'
import { linksOf, measureGate, type MeasurePlace } from './measure-gate.ts'

export interface SurveyDeskData {
  readonly kind: 'surveys'
  readonly dir: string
}

export type SurveyAsk =
  | { readonly do: 'list' }
  | { readonly do: 'page'; readonly name: string }
  | { readonly do: 'make'; readonly args: NewSurveyArgs }
  | { readonly do: 'add'; readonly args: AddArgs }
  | {
      readonly do: 'photo'
      readonly name: string
      readonly args: PhotoArgs
      readonly picture: DraftPicture
    }
  | {
      readonly do: 'drawing'
      readonly name: string
      readonly title: string
      readonly by: string
      readonly picture: DraftPicture
    }
  | {
      readonly do: 'cover'
      readonly args: CoverArgs
      readonly logo: DraftPicture | null | undefined
    }
  | { readonly do: 'sign'; readonly args: SignArgs }
  | { readonly do: 'picture'; readonly name: string; readonly digest: string }
  | { readonly do: 'antennas' }
  | {
      readonly do: 'nameplate'
      readonly name: string
      readonly profile: string | null
      readonly args: NameplateArgs
    }
  | {
      readonly do: 'undo'
      readonly args: UndoArgs
    }
  | { readonly do: 'assist'; readonly args: AssistArgs }
  | { readonly do: 'report'; readonly asked: ReportArgs }
  | { readonly do: 'choices' }
  | { readonly do: 'figures'; readonly name: string }
  | { readonly do: 'connect'; readonly args: ConnectArgs }
  | { readonly do: 'burst'; readonly args: BurstArgs }
  | { readonly do: 'closeInstrument' }
  | { readonly do: 'start'; readonly args: StartArgs }
  | { readonly do: 'stop'; readonly kind: MeasureKind }
  | { readonly do: 'csv'; readonly args: CsvText }
  | { readonly do: 'letGo' }
  | { readonly do: 'putBack'; readonly notes: readonly DrivenNote[] }

/** Stopping a run and telling its antennas takes a fraction of this. */
const letGoWithinMs = 2_000

const nothingMeasures: MeasureView = { instrument: null, jobs: [] }

export class SurveyDeskThread implements SurveyDesk {
  private readonly worker: AskedWorker<SurveyAsk>

  private readonly gate: ReturnType<typeof measureGate>
  private readonly lent = new LentLinks()
  private readonly demo: boolean
  readonly onMeasuring = new Set<(view: MeasureView) => void>()
  measuring = nothingMeasures
  /** Once is enough for one that is not there: whoever connects it next meets it. */
  private readonly tried = new Set<string>()
  private putBacks: readonly PutBackView[] = []

  constructor(entry: string, dir: string, place: MeasurePlace) {
    const data: SurveyDeskData = { kind: 'surveys', dir }
    this.gate = measureGate(place)
    this.demo = place.demo
    this.worker = new AskedWorker(entry, data, (view) => this.told(view as MeasureView | null))
  }

  /** Null: the worker is gone, and whatever it had searching still searches. */
  private told(view: MeasureView | null): void {
    this.show(view ?? nothingMeasures)
    this.lent.seen(this.measuring)
    if (view !== null) return
    this.tried.clear()
    this.putBack()
  }

  private show(view: MeasureView): void {
    const { putBacks } = this
    this.measuring = putBacks.length === 0 ? view : { ...view, putBack: putBacks }
    for (const tell of this.onMeasuring) tell(this.measuring)
  }

  /** Antennas that were left searching are met and switched off; the last word on each link is shown. */
  wasPutBack(told: readonly PutBackView[]): void {
    if (told.length === 0) return
    const others = this.putBacks.filter(({ link }) => told.every((one) => one.link !== link))
    this.putBacks = [...others, ...told]
    this.show(this.measuring)
  }

  /**
   * A demo touches nothing real, and an antenna that this process drives is told of by who does. What
   * survey runs of right now have on is no left-over.
   */
  private putBack(): void {
    if (this.demo || this.lent.isUsed) return
    const ends: (() => void)[] = []
    const notes = drivenNotes(benchFolder())
      .all()
      .filter(({ link }) => {
        if (this.tried.has(link)) return false
        try {
          ends.push(lendLink(link, 'Studio, survey'))
          return true
        } catch (error) {
          if (error instanceof LaneFault) return false
          throw error
        }
      })
    if (notes.length === 0) return
    for (const { link } of notes) this.tried.add(link)
    this.worker
      .ask<readonly PutBackView[]>({ do: 'putBack', notes })
      .then(
        (told) => this.wasPutBack(told),
        // The notes stay for the next time.
        () => undefined,
      )
      .finally(() => ends.forEach((end) => end()))
  }

  /** Refused here where it may not be: the lanes of this process know their links. */
  private async measure(
    by: LentTo,
    links: readonly string[],
    ask: SurveyAsk,
  ): Promise<MeasureView> {
    return this.lent.during(by, links, () => this.worker.ask<MeasureView>(ask))
  }

  list: SurveyDesk['list'] = () => {
    this.putBack()
    return this.worker.ask({ do: 'list' })
  }
  page: SurveyDesk['page'] = (name) => this.worker.ask({ do: 'page', name })
  make: SurveyDesk['make'] = (args) => this.worker.ask({ do: 'make', args })
  add: SurveyDesk['add'] = (args) => this.worker.ask({ do: 'add', args })
  photo: SurveyDesk['photo'] = (name, args, picture) =>
    this.worker.ask({ do: 'photo', name, args, picture })
  drawing: SurveyDesk['drawing'] = (name, title, by, picture) =>
    this.worker.ask({ do: 'drawing', name, title, by, picture })
  cover: SurveyDesk['cover'] = (args, logo) => this.worker.ask({ do: 'cover', args, logo })
  sign: SurveyDesk['sign'] = (args) => this.worker.ask({ do: 'sign', args })
  picture: SurveyDesk['picture'] = (name, digest) =>
    this.worker.ask({ do: 'picture', name, digest })
  antennas: SurveyDesk['antennas'] = () => this.worker.ask({ do: 'antennas' })
  nameplate: SurveyDesk['nameplate'] = (name, profile, args) =>
    this.worker.ask({ do: 'nameplate', name, profile, args })
  undo: SurveyDesk['undo'] = (args) => this.worker.ask({ do: 'undo', args })
  assist: SurveyDesk['assist'] = (args) => this.worker.ask({ do: 'assist', args })
  report: SurveyDesk['report'] = (asked) => this.worker.ask({ do: 'report', asked })
  choices: SurveyDesk['choices'] = () => this.worker.ask({ do: 'choices' })
  figures: SurveyDesk['figures'] = (name) => this.worker.ask({ do: 'figures', name })
  connect: SurveyDesk['connect'] = async (args) => {
    this.gate.instrument(args)
    return this.measure('instrument', [args.link], { do: 'connect', args })
  }
  burst: SurveyDesk['burst'] = (args) => this.worker.ask({ do: 'burst', args })
  closeInstrument: SurveyDesk['closeInstrument'] = () => this.worker.ask({ do: 'closeInstrument' })
  start: SurveyDesk['start'] = async (args) => {
    this.gate.job(args.job)
    return this.measure(args.job.kind, linksOf(args.job), { do: 'start', args })
  }
  stop: SurveyDesk['stop'] = (kind) => this.worker.ask({ do: 'stop', kind })
  csv: SurveyDesk['csv'] = (args) => this.worker.ask({ do: 'csv', args })

  close(): Promise<void> {
    const letGo = { ask: { do: 'letGo' }, withinMs: letGoWithinMs } as const
    return this.worker.close(this.lent.isUsed ? letGo : null)
  }
}
