// Runs the acceptance items one after the other: facts are gathered beside the lanes, each verdict is stored before the
// next item is judged, and an interrupted run continues. A run needs an accepted survey (10.1.2.1) or a signed
// override.
import { declaresNothing, features, type Declaration } from '../../pure/declaration.ts'
import { acceptanceItems } from '../../pure/items/index.ts'
import type { ItemId } from '../../pure/items/ids.ts'
import type { Finding } from '../../pure/item.ts'
import type { AdminCall } from '../../pure/plant.ts'
import type { PlatformName, TestObu } from '#ledger/pure/facts.ts'
import { quirkIds } from '../../pure/quirks.ts'
import type { AcceptanceView, AskingView } from '../../calls/acceptance-views.ts'
import type { JointReportView } from '#ledger/calls/onboarding-views.ts'
import type { CodedFault } from '#base/calls/rows.ts'
import type { ArgsOf } from '#runtime/api/table.ts'
import { whyIn, type BilingualText } from '#base/pure/words/fault-text.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { dayStartMs, isoOf, parseIso, type InstantMs } from '#base/pure/values/instant.ts'
import type { LotConfig } from '#base/pure/lot/config.ts'
import type { Cancel } from '#base/ports/clocks.ts'
import type { Rules } from '#base/pure/rules/rule-pack.ts'
import type { SurveyLine } from '#survey/pure/file/survey-page.ts'
import { surveyStep } from '#lane/desk/setup/lot-proof.ts'
import type { PackIssuer } from '#base/pure/rules/rule-kind.ts'
import { plantOf, redThenGreen, unplanted, type RedPorts, type RedResult } from './red-run.ts'
import { itemView, notRun, plansOf, skippedFinding, timeOf } from './item-view.ts'
import type { KeptSession, RunNote } from './run-notes.ts'
import { RunProgress } from './run-progress.ts'
import { judgedNote, matrixOf, quirkView, rulesView, shownOf } from './run-views.ts'
import { idAfter, isAfter, isAnew, otherAim } from './session-id.ts'
import { withTestObu, type TestObuPorts } from './test-obus.ts'
import { wantedItems } from './wanted.ts'
import {
  noSession,
  otherMade,
  overrideOf,
  type AcceptanceSession,
  type Aim,
  type AimAsked,
  type ItemResult,
  type Override,
  type RunInputs,
  type RunMade,
  type Skipped,
} from './session.ts'

export interface AcceptancePorts {
  read(): AcceptanceSession
  /** Durable when it returns. */
  keep(session: AcceptanceSession): void
  /** Writes the start or the verdicts of a run into the ledger, where nobody can take them back; durable. */
  note(note: RunNote): void
  /** The sessions that the ledger of this lot has. */
  sessions(): readonly KeptSession[]
  surveys(): Promise<readonly SurveyLine[]>
  /** Overrides from the ledger, in ledger order. */
  overrides(): readonly Override[]
  /** Gathers the facts since `fromMs` once, and judges each of these items by them. */
  judge(ids: readonly ItemId[], fromMs: InstantMs): Promise<readonly Finding[]>
  /** The question to a platform that is long under way. */
  asking(): AskingView | null
  isSimulated(): boolean
  /** The lot whose lanes have to be surveyed. */
  lot(): Pick<LotConfig, 'lanes' | 'mode'>
  /** The rule pack of the lot. Throws RULE-01. */
  rules(): Rules
  /** Who signed the rule pack of the lot; null: nobody. Throws RULE-01. */
  issuer(): PackIssuer | null
  /** Program, lot and rule pack of a run that begins now. Throws LOT-09 and RULE-01. */
  made(): RunMade
  /** Throws FILE-02 when the file that a person declared for the judges cannot be read. */
  inputs(): RunInputs
  readonly testObus: TestObuPorts
  /** What the lot declares now; for an aimed run, as if the lot had joined that platform. Throws FILE-02. */
  declaration(aim: Aim | null): Declaration
  nowMs(): InstantMs
  /** Throws ACCEPT-09 while production lanes run, else the fault of the files or the address. */
  aim(asked: AimAsked): Aim
  /**
   * Joint test with the platform of an aimed run: continues where it stopped, and stores each exchange before the next
   * one.
   */
  joint(aim: Aim, state: { read(): Joint; keep(joint: Joint): void }): JointRun
  /** The report of that joint test. */
  asked(aim: Aim): JointReportView
  /** Plants faults at the simulators of the lot; null: the lot has no simulator that accepts them. */
  readonly plants: {
    say(at: PlatformName, call: AdminCall): Promise<boolean>
    pause(): Promise<void>
  } | null
}

type Joint = Aim['joint']
export interface JointRun {
  /** Rejects with ACCEPT-10 when the platform did not answer. */
  readonly ended: Promise<void>
  readonly stop: Cancel
}

type RunArgs = ArgsOf<'acceptance.run'>
type SkipArgs = ArgsOf<'acceptance.skip'>

/** Why a run is locked; null: each lane of this lot with an antenna has an accepted survey. */
async function lockOf(ports: AcceptancePorts): Promise<BilingualText | null> {
  const { state, why } = surveyStep(await ports.surveys(), ports.lot())
  return state === 'done' ? null : why
}

const declared = ({ features: own }: Declaration) => ({ features: [...own] })

export class AcceptanceService {
  private readonly ports: AcceptancePorts
  private isRunning = false
  /** End of the last run; rejects with the fault that ended it. */
  private last: Promise<void> = Promise.resolve()
  private isStopping = false
  /** The item that is left out as soon as its fault is gone. */
  private skipping: ItemSkip | null = null
  private progress: RunProgress | null = null
  private failed: CodedFault | null = null
  private planting: AcceptanceView['planting'] = null
  private stopJoint: Cancel = () => undefined

  constructor(ports: AcceptancePorts) {
    this.ports = ports
  }

  async view(): Promise<AcceptanceView> {
    const { ports } = this
    const why = await lockOf(ports)
    // Read together with `isRunning`: a run may end while the surveys are read.
    const session = ports.read()
    const rules = ports.rules()
    const declaration = ports.declaration(session.aim)
    const { sessionId, fromMs, waiting } = session
    const simulated = ports.isSimulated()
    // A red half in the file of the run alone was typed there.
    const hasRed = Object.values(session.results).some(({ red }) => red !== null)
    const kept = hasRed ? ports.sessions() : []
    const other = otherMade(session, ports.made())
    const overrides = ports.overrides()
    const stands = other === null && sessionId !== null
    const opened = stands ? sessionId : this.nextId(session, overrides)
    const override = shownOf(overrideOf(overrides, opened))
    const facts = {
      rules,
      declaration,
      simulated,
      kept,
      nowMs: ports.nowMs(),
      hasPlants: ports.plants !== null && session.aim === null,
    }
    return {
      sessionId,
      fromIso: fromMs === null ? null : isoOf(fromMs),
      simulated,
      rules: rulesView(rules, ports.issuer()),
      declaration: declaration.features.map((id) => ({ id, words: features[id] })),
      testObus: ports.testObus.read(),
      quirks: session.quirks.map(quirkView),
      quirksKnown: quirkIds.map(quirkView),
      lock: { why, override },
      asked: session.aim === null ? null : ports.asked(session.aim),
      waiting,
      other,
      isRunning: this.isRunning,
      planting: this.planting,
      asking: ports.asking(),
      failed: this.failed,
      plans: plansOf(session, facts),
      progress: this.progress?.view(facts.nowMs) ?? null,
      items: acceptanceItems.map((item) => itemView(item, session, facts)),
    }
  }

  /**
   * Throws ACCEPT-01 while locked and without an override of this session, ACCEPT-02 while a run is in progress,
   * ACCEPT-03 when no fault can be planted, ACCEPT-04 for a run of another program, lot or rule pack, ACCEPT-07 for a
   * lot that declares nothing.
   */
  async run(args: RunArgs): Promise<AcceptanceView> {
    if (this.isRunning) throw new LaneFault('ACCEPT-02')
    this.isRunning = true
    let part: Part
    try {
      part = await this.begin(args)
    } catch (error) {
      this.isRunning = false
      throw error
    }
    this.isStopping = false
    this.skipping = null
    this.failed = null
    this.progress = part.progress
    this.last = this.goOn(part).finally(() => {
      this.isRunning = false
      this.planting = null
      this.progress = null
    })
    // A failed run keeps its waiting items and its fault, and the view shows both.
    this.last.catch((error: unknown) => {
      const code = error instanceof LaneFault ? error.code : 'SYS-01'
      const why = error instanceof LaneFault ? error.detail.note : String(error)
      const note = whyIn(why ?? '')
      this.failed = { code, note, ...(typeof why === 'object' ? { why } : {}) }
    })
    return this.view()
  }

  private async begin(args: RunArgs): Promise<Part> {
    const { ports } = this
    // A ledger of another lot is named before what it lacks.
    const made = ports.made()
    const why = await lockOf(ports)
    const before = ports.read()
    const { sessionId } = before
    const overrides = ports.overrides()
    const next = this.nextId(before, overrides)
    const id = isAnew(before, args) || sessionId === null ? next : sessionId
    if (why !== null && overrideOf(overrides, id) === undefined)
      throw new LaneFault('ACCEPT-01', { value: id, note: why })
    if (args.isRed === true && ports.plants === null) throw new LaneFault('ACCEPT-03')
    const session = this.begun(before, args, { made, next })
    const declaration = ports.declaration(session.aim)
    if (declaresNothing(declaration)) throw new LaneFault('ACCEPT-07')
    if (args.isRed === true && session.aim !== null) throw new LaneFault('ACCEPT-03')
    const goesOn =
      args.item === undefined && args.appendix === undefined && session.waiting.length > 0
    const isRed = args.isRed ?? (goesOn && session.isRed)
    const on = [...(args.quirks ?? session.quirks)]
    const wanted = wantedItems(session, args)
    // Items left by an interrupted run wait after these, with the mode in which they were to be judged.
    const rest = session.waiting.filter((id) => !wanted.includes(id))
    const waiting = [...wanted, ...rest]
    ports.keep({ ...session, waiting, isRed: rest.length > 0 ? session.isRed : isRed, quirks: on })
    this.note(isRed, null)
    const times = wanted.map((id) => ({ id, takes: isRed ? timeOf(id, { declaration }) : null }))
    return { wanted, isRed, progress: new RunProgress(times, ports.nowMs()) }
  }

  private note(isRed: boolean, judged: RunNote['judged']): void {
    const { sessionId, fromMs, aim } = this.ports.read()
    if (sessionId === null || fromMs === null) return
    const aimedAt = aim === null ? null : (URL.parse(aim.url)?.host ?? null)
    this.ports.note({ sessionId, fromIso: isoOf(fromMs), aimedAt, isRed, judged })
  }

  /** Resolves when the run is over; rejects with the fault that ended it. */
  async ended(): Promise<AcceptanceView> {
    await this.last
    return this.view()
  }

  stop(): Promise<AcceptanceView> {
    this.isStopping = true
    this.stopJoint()
    return this.view()
  }

  /**
   * Leaves an item that waits as not run, by this person; without an item the one whose fault is planted. Throws ARG-01
   * for an item that does not wait.
   */
  leaveOut({ item, by: named }: SkipArgs): Promise<AcceptanceView> {
    const [wanted, by] = [item ?? this.planting?.item, named ?? null]
    const id = this.ports.read().waiting.find((one) => one === wanted)
    if (id !== undefined && this.isRunning && this.progress?.item === id) this.skipping = { id, by }
    else if (id !== undefined) this.keepSkipped({ id, by })
    else if (item !== undefined) throw new LaneFault('ARG-01', { field: '/item', value: item })
    return this.view()
  }

  /** The facts of a run must not change under it. Throws ACCEPT-02, and ARG-01 as `withTestObu`. */
  setTestObu(obuId: string, pieces: TestObu['pieces'] | null, audit: () => void): void {
    if (this.isRunning) throw new LaneFault('ACCEPT-02')
    const { testObus } = this.ports
    const next = withTestObu(testObus.read(), obuId, pieces)
    audit()
    testObus.keep(next)
  }

  /**
   * The session for which an override made now counts: the current one, unless it has an override or cannot continue;
   * else the next one.
   */
  toOverride(): string {
    const { ports } = this
    const session = ports.read()
    const { sessionId } = session
    const overrides = ports.overrides()
    const stands = sessionId !== null && otherMade(session, ports.made()) === null
    const isFree = stands && overrideOf(overrides, sessionId) === undefined
    return isFree ? sessionId : this.nextId(session, overrides)
  }

  /** Id of the next session: an override may have used it already. */
  private nextId({ sessionId }: AcceptanceSession, overrides: readonly Override[]): string {
    const named = overrides.at(-1)?.sessionId
    if (named !== undefined && isAfter(named, sessionId)) return named
    return idAfter(sessionId, this.ports.nowMs())
  }

  /**
   * Continues the session unless a new one was requested; a new one judges the rows of the whole day on which it
   * begins.
   */
  private begun(
    session: AcceptanceSession,
    args: RunArgs,
    { made, next }: { readonly made: RunMade; readonly next: string },
  ): AcceptanceSession {
    const { fromIso, platform } = args
    // An invalid aim is refused before anything else is checked.
    const aim = platform === undefined ? null : this.ports.aim(platform)
    const now = (of: Aim | null) => ({
      inputs: this.ports.inputs(),
      declaration: declared(this.ports.declaration(of)),
    })
    if (!isAnew(session, args)) {
      const other = otherMade(session, made) ?? otherAim(session.aim, platform)
      if (other === null) {
        if (aim === null && session.aim !== null) this.ports.aim(session.aim)
        return { ...session, ...now(session.aim) }
      }
      const { field, was, is } = other
      throw new LaneFault('ACCEPT-04', { field: `/${field}`, value: was, note: is })
    }
    const nowMs = this.ports.nowMs()
    const fromMs = (fromIso === undefined ? null : parseIso(fromIso)) ?? dayStartMs(nowMs)
    if (fromMs > nowMs) throw new LaneFault('ARG-01', { field: '/fromIso', value: fromIso ?? '' })
    return { ...noSession, made, ...now(aim), aim, sessionId: next, fromMs }
  }

  private async goOn({ wanted, isRed }: Part): Promise<void> {
    const { ports } = this
    const { fromMs } = ports.read()
    await this.takenAway()
    await this.jointly()
    if (this.isStopping) return
    if (wanted.length === 0 || fromMs === null) return
    if (isRed) return this.redOf(wanted)
    // Judged by the facts known at this time, so that a later judgement of the record uses no newer ones.
    const atMs = ports.nowMs()
    const findings = await ports.judge(wanted, fromMs)
    this.note(
      false,
      findings.flatMap((finding, i) => {
        const id = wanted[i]
        return id !== undefined && this.waits(id) ? judgedNote(id, finding, null) : []
      }),
    )
    for (const [i, id] of wanted.entries()) {
      const finding = findings[i]
      if (this.isStopping || finding === undefined) return
      if (this.waits(id)) this.keepResult(id, { finding, fromMs, atMs, red: null })
    }
  }

  /** Runs the joint test of an aimed run. */
  private async jointly(): Promise<void> {
    const { ports } = this
    const { aim } = ports.read()
    if (aim === null || aim.joint.reportId !== null) return
    const aimNow = (): Aim => ports.read().aim ?? aim
    const run = ports.joint(aim, {
      read: () => aimNow().joint,
      keep: (joint) => ports.keep({ ...ports.read(), aim: { ...aimNow(), joint } }),
    })
    this.stopJoint = run.stop
    await run.ended
  }

  private keepResult(
    id: ItemId,
    { finding, fromMs, atMs, red, skipped = null }: Judged,
    over = {},
  ): void {
    const { ports } = this
    const session = ports.read()
    const result: ItemResult = {
      verdict: finding.verdict,
      words: finding.words,
      evidence: finding.evidence.map((one) => ({ ...one })),
      failed: [...finding.failed],
      ...matrixOf(finding),
      warned: [...finding.warned],
      otherwise: finding.otherwise,
      simulated: ports.isSimulated(),
      red,
      skipped,
      fromMs,
      atIso: isoOf(atMs),
    }
    const waiting = session.waiting.filter((one) => one !== id)
    if (red !== null) this.note(true, judgedNote(id, finding, red))
    ports.keep({ ...session, ...over, results: { ...session.results, [id]: result }, waiting })
  }

  private redPorts(id: ItemId): RedPorts | null {
    const { ports } = this
    const { plants } = ports
    if (plants === null) return null
    return {
      ...plants,
      nowMs: () => ports.nowMs(),
      isStopping: () => this.isStopping || this.skipping !== null,
      judge: async (fromMs) => (await ports.judge([id], fromMs))[0] ?? notRun,
      waits: (planting) => {
        this.planting = { item: id, ...planting }
        if (planting.stage === 'green') this.progress?.green(ports.nowMs())
      },
    }
  }

  /** Removes the fault that an interrupted run left at a simulator. */
  private async takenAway(): Promise<void> {
    const { planted } = this.ports.read()
    if (planted === null) return
    const [plant, red] = [plantOf(planted), this.redPorts(planted)]
    if (plant !== null && red !== null) await unplanted(red, plant)
    this.ports.keep({ ...this.ports.read(), planted: null })
  }

  /**
   * Red first, then green. The session then starts after the fault, so that no other item judges rows made under it.
   */
  private async redOf(wanted: readonly ItemId[]): Promise<void> {
    const { ports } = this
    for (const id of wanted) {
      if (this.isStopping) return
      if (!this.waits(id)) continue
      const atMs = ports.nowMs()
      this.progress?.begin(id, atMs)
      const fromMs = ports.read().fromMs ?? atMs
      const [finding = notRun] = await ports.judge([id], fromMs)
      const [plant, red] = [plantOf(id), this.redPorts(id)]
      if (plant === null || red === null || finding.verdict === 'notApplicable') {
        if (!this.leaves()) this.keepResult(id, { finding, fromMs, atMs, red: null })
        continue
      }
      ports.keep({ ...ports.read(), planted: id })
      const seen = await redThenGreen(red, plant)
      if (seen === null) {
        ports.keep({ ...ports.read(), planted: null })
        if (!this.isStopping && this.leaves()) continue
        return
      }
      this.skipping = null
      this.keepResult(id, seen, { planted: null, fromMs: seen.fromMs })
    }
  }

  private waits(id: ItemId): boolean {
    return this.ports.read().waiting.includes(id)
  }

  /** True: a person left the current item out. */
  private leaves(): boolean {
    const { skipping } = this
    this.skipping = null
    if (skipping === null) return false
    this.keepSkipped(skipping)
    this.planting = null
    return true
  }

  private keepSkipped({ id, by }: ItemSkip): void {
    const atMs = this.ports.nowMs()
    const skipped = { by, atIso: isoOf(atMs) }
    const finding = skippedFinding(skipped)
    this.note(false, judgedNote(id, finding, null, skipped))
    const { fromMs } = this.ports.read()
    this.keepResult(id, { finding, fromMs: fromMs ?? atMs, atMs, red: null, skipped })
  }
}

/** The items that a run judges, out of those that wait. */
interface Part {
  readonly wanted: readonly ItemId[]
  readonly isRed: boolean
  readonly progress: RunProgress
}

/** A finding on rows since `fromMs`, with the facts known at `atMs`. */
interface Judged extends Omit<RedResult, 'red'> {
  readonly red: RedResult['red'] | null
  readonly skipped?: ItemResult['skipped']
}

interface ItemSkip extends Pick<Skipped, 'by'> {
  readonly id: ItemId
}
