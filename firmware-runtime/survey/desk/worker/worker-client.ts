// Main thread's side of the survey worker: calls it, waits, and ends it when it is idle.
// Files are opened anew for each call: the worker may end between two calls.
import { DocumentsInWork } from '#base/worker/document-work.ts'
import { WorkerCalls } from '#base/worker/worker-calls.ts'
import type { LeaveFolder } from '#lane/pure/lot/leave-lines.ts'
import type { ItemId } from '#acceptance/pure/items/ids.ts'
import type { Finding } from '#acceptance/pure/item.ts'
import type { AskingView } from '#acceptance/calls/acceptance-views.ts'
import type { MeasureView, PutBackView } from '../../calls/measure-views.ts'
import type { SurveyService } from '../handlers/control-survey.ts'
import type { HandoverView, SpacesRead } from '#lane/calls/setup-views.ts'
import type { ReportFormat, ReportSheet } from '#money/calls/report-views.ts'
import type { PaperLine } from '#base/pure/data/paper.ts'
import { orIfFault } from '#base/pure/faults/on-fault.ts'
import { benchFolder } from '#devices/desk/bench/bench-rsu.ts'
import { drivenNotes, type DrivenNote } from '#devices/desk/bench/driven-notes.ts'
import { lendLink } from '#base/desk/process/link-lease.ts'
import { LentLinks, type LeasedTo } from './leased-links.ts'
import type { AntennaChange } from './antenna-change.ts'
import { linksOf, measureGate, type MeasureTarget } from './measure-gate.ts'

export interface SurveyWorkerData {
  readonly kind: 'surveys'
  readonly dir: string
}

/** Calls to the worker: those of the service, and those about antennas left searching. */
export interface SurveyCalls extends Omit<SurveyService, 'measuring' | 'onMeasuring'> {
  letGo(): Promise<void>
  putBack(notes: readonly DrivenNote[]): Promise<readonly PutBackView[]>
  /** Laid out in the layout process, so that lanes do not wait. */
  receiptPdf(lines: readonly PaperLine[]): Promise<Uint8Array>
  /** Facts of the lot since a time, and the verdict on each acceptance item. */
  judgeAcceptance(
    ids: readonly ItemId[],
    fromMs: number,
    nowMs: number,
  ): Promise<readonly Finding[]>
  /** The hand-over document of the folder's lot. */
  handover(language: 'zh' | 'en'): Promise<HandoverView>
  /** The spaces of a drawing or table. */
  spacesOf(file: string, layer: string | undefined): Promise<SpacesRead>
  /** Facts of the folder for a person who leaves its lot. */
  leaving(): Promise<LeaveFolder>
  /** Records the other version of an antenna in the surveys under way; their names. */
  antennaChanged(change: AntennaChange): Promise<readonly string[]>
  /** A report of takings. */
  reportFile(sheet: ReportSheet, format: ReportFormat): Promise<Uint8Array>
}

/** Stopping a run and switching off its antennas takes a fraction of this, ms. */
const letGoWithinMs = 2_000

const nothingMeasures: MeasureView = { instrument: null, jobs: [] }

export class SurveyWorkerClient extends WorkerCalls<SurveyCalls> implements SurveyService {
  private readonly gate: ReturnType<typeof measureGate>
  private readonly lent = new LentLinks()
  private readonly demo: boolean
  /** Documents of this folder that are being made, mostly by this worker. */
  readonly documents = new DocumentsInWork()
  readonly onMeasuring = new Set<(view: MeasureView) => void>()
  measuring = nothingMeasures
  asking: AskingView | null = null
  /** A device that does not answer is probed once; the next connect performs the handshake. */
  private readonly tried = new Set<string>()
  private putBacks: readonly PutBackView[] = []

  constructor(entry: string, dir: string, place: MeasureTarget) {
    const data: SurveyWorkerData = { kind: 'surveys', dir }
    super(entry, data)
    this.gate = measureGate(place)
    this.demo = place.demo
  }

  /** `null`: the worker exited; antennas it had started are still transmitting. */
  protected override notified(said: unknown): void {
    const asked = said as { readonly asking?: AskingView | null } | null
    if (asked?.asking !== undefined) {
      this.asking = asked.asking
      return
    }
    const view = said as MeasureView | null
    this.show(view ?? nothingMeasures)
    this.lent.seen(this.measuring)
    if (view !== null) return
    this.asking = null
    this.tried.clear()
    this.putBack()
  }

  private show(view: MeasureView): void {
    const { putBacks } = this
    this.measuring = putBacks.length === 0 ? view : { ...view, putBack: putBacks }
    for (const tell of this.onMeasuring) tell(this.measuring)
  }

  /** Antennas left searching were switched off; the last result for each link is kept for the page. */
  wasPutBack(notified: readonly PutBackView[]): void {
    if (notified.length === 0) return
    const others = this.putBacks.filter(({ link }) => notified.every((one) => one.link !== link))
    this.putBacks = [...others, ...notified]
    this.show(this.measuring)
  }

  /**
   * The demo has no real antennas. An antenna that this process controls is reported by its own driver,
   * and one that a running measurement uses is not left over, so neither is switched off here.
   */
  private putBack(): void {
    if (this.demo || this.lent.isUsed) return
    const ends: (() => void)[] = []
    const notes = drivenNotes(benchFolder())
      .all()
      .filter(({ link }) => {
        if (this.tried.has(link)) return false
        return orIfFault(() => {
          ends.push(lendLink(link, 'Studio, survey'))
          return true
        }, false)
      })
    if (notes.length === 0) return
    for (const { link } of notes) this.tried.add(link)
    this.call('putBack')(notes)
      .then(
        (notified) => this.wasPutBack(notified),
        // The notes stay for the next try.
        () => undefined,
      )
      .finally(() => ends.forEach((end) => end()))
  }

  /** Refuses links of lanes of this process before the worker is called. */
  private async measure(
    by: LeasedTo,
    links: readonly string[],
    ask: () => Promise<MeasureView>,
  ): Promise<MeasureView> {
    return this.lent.during(by, links, ask)
  }

  list = () => {
    this.putBack()
    return this.call('list')()
  }
  proof = this.call('proof')
  page = this.call('page')
  make = this.call('make')
  add = this.call('add')
  photo = this.call('photo')
  drawing = this.call('drawing')
  cover = this.call('cover')
  sign = this.call('sign')
  picture = this.call('picture')
  antennaChanged = this.call('antennaChanged')
  antennas = this.call('antennas')
  nameplate = this.call('nameplate')
  undo = this.call('undo')
  assist = this.call('assist')
  report = this.call('report')
  receiptPdf = this.call('receiptPdf')
  judgeAcceptance = this.call('judgeAcceptance')
  handover = this.call('handover')
  spacesOf = this.call('spacesOf')
  leaving = this.call('leaving')
  reportFile = this.call('reportFile')
  choices = this.call('choices')
  figures = this.call('figures')
  connect: SurveyService['connect'] = async (args) => {
    this.gate.instrument(args)
    return this.measure('instrument', [args.link], () => this.call('connect')(args))
  }
  burst = this.call('burst')
  closeInstrument = this.call('closeInstrument')
  start: SurveyService['start'] = async (args) => {
    this.gate.job(args.job)
    const { job } = args
    return this.measure(job.kind, linksOf(job), () => this.call('start')(args))
  }
  stop = this.call('stop')
  csv = this.call('csv')

  override close(): Promise<void> {
    return this.lent.isUsed ? this.closeAfter('letGo', letGoWithinMs) : super.close()
  }
}
