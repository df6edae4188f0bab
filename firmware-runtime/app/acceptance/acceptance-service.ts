// Runs the items of the acceptance one after the other: facts are gathered beside the lanes, each verdict is kept before the next
// item is judged, and a run that was cut off goes on. It begins only with an accepted survey (10.1.2.1) or a signed override.
import { acceptanceItems } from '../../acceptance/items/index.ts'
import type { ItemId } from '../../acceptance/items/ids.ts'
import { appendixOf, clauseOf, type Finding } from '../../acceptance/item.ts'
import type { AcceptanceItemView, AcceptanceView } from '../../api/acceptance-views.ts'
import type { CodedFault } from '../../api/rows.ts'
import type { ArgsOf } from '../../api/table.ts'
import { t, type BilingualText } from '../../core/values/fault-text.ts'
import { LaneFault } from '../../core/faults/faults.ts'
import {
  compactOf,
  dayStartMs,
  isoOf,
  parseIso,
  type InstantMs,
} from '../../core/values/instant.ts'
import type { LotConfig } from '../../core/lot/config.ts'
import type { Rules } from '../../core/values/rules/rule-pack.ts'
import type { SurveyLine } from '../../survey/survey-page.ts'
import { surveyStep } from '../setup/lot-proof.ts'
import { noSession, type AcceptanceSession, type ItemResult } from './session.ts'

export interface AcceptancePorts {
  read(): AcceptanceSession
  /** Durable when it returns. */
  keep(session: AcceptanceSession): void
  surveys(): Promise<readonly SurveyLine[]>
  /** Facts since then are gathered once and judged by each of these items. */
  judge(ids: readonly ItemId[], fromMs: InstantMs): Promise<readonly Finding[]>
  isSimulated(): boolean
  /** Whose lanes have to be surveyed. */
  lot(): Pick<LotConfig, 'lanes' | 'mode'>
  /** Throws FILE-02 where what a person declared for the judges cannot be read. */
  check(): void
  /** What the lot is judged by. Throws RULE-01. */
  rules(): Rules
  nowMs(): InstantMs
}

type RunArgs = ArgsOf<'acceptance.run'>

const notRun: Finding = { verdict: 'incomplete', words: t('尚未运行', 'Not run yet'), evidence: [] }

/** Null: each lane of this lot that has an antenna has an accepted survey. */
async function lockOf(ports: AcceptancePorts): Promise<BilingualText | null> {
  const { state, why } = surveyStep(await ports.surveys(), ports.lot())
  return state === 'done' ? null : why
}

export class AcceptanceService {
  private readonly ports: AcceptancePorts
  private isRunning = false
  /** Of the run that was begun last: rejects with what ended it. */
  private last: Promise<void> = Promise.resolve()
  private isStopping = false
  private failed: CodedFault | null = null

  constructor(ports: AcceptancePorts) {
    this.ports = ports
  }

  async view(): Promise<AcceptanceView> {
    const { ports } = this
    const why = await lockOf(ports)
    // Of one moment with whether a run is under way: a run may end while surveys are read.
    const session = ports.read()
    const rules = ports.rules()
    const { sessionId, fromMs, waiting, override } = session
    return {
      sessionId,
      fromIso: fromMs === null ? null : isoOf(fromMs),
      simulated: ports.isSimulated(),
      rules: { packId: rules.packId, standard: rules.standard },
      lock: { why, override },
      waiting,
      isRunning: this.isRunning,
      failed: this.failed,
      items: acceptanceItems.map((item) => this.itemView(item, session, rules)),
    }
  }

  private itemView(
    item: (typeof acceptanceItems)[number],
    { results }: AcceptanceSession,
    rules: Rules,
  ): AcceptanceItemView {
    const { id, title, steps } = item
    const result = results[id]
    const { verdict, words, evidence } = result ?? notRun
    const simulated = result?.simulated ?? this.ports.isSimulated()
    const judgedAtIso = result?.atIso ?? null
    const said = {
      id,
      clause: clauseOf(id, rules),
      title,
      printed: rules.printed(id) ?? item.printed,
      steps,
      expected: item.expected(rules),
      assumed: item.assumed(rules),
      limits: rules.limits(id),
    }
    return { ...said, verdict, words, simulated, evidence, judgedAtIso }
  }

  /** Throws ACCEPT-01 while it is locked, ACCEPT-02 while one runs. */
  async run(args: RunArgs): Promise<AcceptanceView> {
    if (this.isRunning) throw new LaneFault('ACCEPT-02')
    this.isRunning = true
    try {
      await this.begin(args)
    } catch (error) {
      this.isRunning = false
      throw error
    }
    this.isStopping = false
    this.failed = null
    this.last = this.goOn().finally(() => {
      this.isRunning = false
    })
    // A run that fails is seen by what still waits, and says why.
    this.last.catch((error: unknown) => {
      const code = error instanceof LaneFault ? error.code : 'SYS-01'
      this.failed = { code, note: error instanceof Error ? error.message : String(error) }
    })
    return this.view()
  }

  private async begin(args: RunArgs): Promise<void> {
    const { ports } = this
    const why = await lockOf(ports)
    const before = ports.read()
    if (why !== null && before.override === null) throw new LaneFault('ACCEPT-01', { note: why })
    ports.check()
    const session = this.begun(before, args)
    ports.keep({ ...session, waiting: [...this.wantedOf(session, args)] })
  }

  /** Settles when the run is over; rejects with what ended it. */
  async ended(): Promise<AcceptanceView> {
    await this.last
    return this.view()
  }

  stop(): Promise<AcceptanceView> {
    this.isStopping = true
    return this.view()
  }

  override(by: string, reason: string): void {
    const { ports } = this
    const atIso = isoOf(ports.nowMs())
    ports.keep({ ...ports.read(), override: { by, reason, atIso } })
  }

  /** The session goes on unless it is to begin anew; rows of the whole day on which it began are judged. */
  private begun(session: AcceptanceSession, { isAnew, fromIso }: RunArgs): AcceptanceSession {
    if (session.sessionId !== null && isAnew !== true && fromIso === undefined) return session
    const nowMs = this.ports.nowMs()
    const fromMs = (fromIso === undefined ? null : parseIso(fromIso)) ?? dayStartMs(nowMs)
    const { override } = session
    return { ...noSession, override, sessionId: `A${compactOf(nowMs)}`, fromMs }
  }

  private wantedOf(session: AcceptanceSession, { item, appendix }: RunArgs): readonly ItemId[] {
    const ids = acceptanceItems.map(({ id }) => id)
    if (item !== undefined) {
      const own = ids.find((id) => id === item)
      if (own === undefined) throw new LaneFault('ARG-01', { field: '/item', value: item })
      return [own]
    }
    if (appendix !== undefined) return ids.filter((id) => appendixOf(id) === appendix)
    return session.waiting.length > 0 ? session.waiting : ids
  }

  private async goOn(): Promise<void> {
    const { ports } = this
    const { waiting, fromMs } = ports.read()
    if (waiting.length === 0 || fromMs === null) return
    const simulated = ports.isSimulated()
    const findings = await ports.judge(waiting, fromMs)
    for (const [i, id] of waiting.entries()) {
      const finding = findings[i]
      if (this.isStopping || finding === undefined) return
      const session = ports.read()
      const result: ItemResult = {
        verdict: finding.verdict,
        words: finding.words,
        evidence: finding.evidence.map((one) => ({ ...one })),
        simulated,
        atIso: isoOf(ports.nowMs()),
      }
      ports.keep({
        ...session,
        results: { ...session.results, [id]: result },
        waiting: session.waiting.filter((one) => one !== id),
      })
    }
  }
}
