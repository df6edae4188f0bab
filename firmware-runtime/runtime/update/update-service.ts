// Updates of the program, beside the lanes of a running lot: looks by itself where the owner says so, has an update
// prepared by a child process, and says when the lanes may begin with it. Nothing begins before a person has said so.
import type { PrepareStep, TrustFileView, UpdatesHere, UpdatesView } from '../calls/update-views.ts'
import type { CodedFault } from '#base/calls/rows.ts'
import { LaneFault, tracedFault } from '#base/pure/faults/faults.ts'
import type { LotConfig } from '#base/pure/lot/config.ts'
import { isFailureTold, isLookDue, isSetBack, noLook, type KeptLook } from '../pure/update/look.ts'
import type { UpdatePlan, Wanted } from '../pure/update/plan.ts'
import { isReleaseFile } from '../pure/update/release-file.ts'
import { noSlots, trialMs, trialPassages, type Slots } from '../pure/update/slots.ts'
import { t } from '#base/pure/words/fault-text.ts'
import { isoOf, minuteMs } from '#base/pure/values/instant.ts'
import type { ProgramWishes, UpdateFiles, UpdateProgram, UpdateRun } from '../ports/update.ts'
import { codedFault } from '#base/process/api-fault.ts'
import type { UpdateParts } from '../control/control-updates.ts'
import type { LotRuntime } from '#lane/lot/lot-runtime.ts'
import type { SideTask, TaskOwner } from '#base/process/side-tasks.ts'
import { childLine, type ChildProgress } from './child-answer.ts'
import { planView } from './plan-view.ts'

interface ServiceParts {
  readonly here: UpdatesHere
  readonly running: { readonly version: string; readonly build: string }
  readonly config: Pick<LotConfig, 'lotId' | 'updates'>
  readonly runtime: Pick<LotRuntime, 'nowMs' | 'trace'>
  readonly tasks: TaskOwner
  readonly program: UpdateProgram
  readonly files: UpdateFiles
  /** Null: nothing here can begin with another version. */
  readonly programs: ProgramWishes | null
}

/** Delay after a start: the lanes come first. */
const firstMs = 60_000

interface Work {
  readonly from: string
  readonly run: UpdateRun
  progress: { readonly step: PrepareStep; readonly done: number; readonly of: number }
}
const begun: ChildProgress = { step: 'look', done: 0, of: 0 }

const shownOf = ({ code, detail }: LaneFault): CodedFault => codedFault(code, detail.note ?? '')

export class UpdateService implements UpdateParts {
  private readonly parts: ServiceParts
  private readonly task: SideTask
  private work: Work | null = null
  /** A look that is under way. */
  private looking: UpdateRun | null = null
  private failed: CodedFault | null = null
  private stopped = false

  constructor(parts: ServiceParts) {
    this.parts = parts
    const pace = { firstMs: parts.here === 'lanes' ? firstMs : null, everyMs: minuteMs }
    this.task = parts.tasks.every('updates', pace, () => this.minute())
  }

  stop(): void {
    this.stopped = true
    this.task.stop()
    this.work?.run.stop()
    this.looking?.stop()
  }

  view(): UpdatesView {
    const { here, running, config, files } = this.parts
    const { active, before, trial, last } = this.slots()
    const plan = this.settled()
    const { work } = this
    return {
      running,
      here,
      trusted: files.trusted(),
      from: config.updates?.from ?? null,
      isDaily: config.updates?.look === 'daily',
      looked: this.lookedView(),
      working: work === null ? null : { from: work.from, ...work.progress },
      failed: this.failed,
      plan: plan === null ? null : planView(plan),
      trial:
        trial === null || active === null
          ? null
          : {
              version: active.version,
              before: before?.version ?? null,
              sinceIso: trial.sinceIso,
              passages: trial.passages,
              passagesOf: trialPassages,
              ranMs: trial.ranMs,
              ranMsOf: trialMs,
            },
      last,
    }
  }

  async trustFile(file: string): Promise<TrustFileView> {
    return { fingerprint: await this.parts.files.fingerprintOf(file) }
  }

  trust(file: string, fingerprint: string): void {
    this.parts.files.trust(file, fingerprint)
    this.failed = null
  }

  async look(from: string): Promise<UpdatesView> {
    this.mustBeLanes()
    if (this.looking !== null) throw notNow(t('已经在看', 'it is looking already'))
    const fault = await this.lookAt(from)
    if (fault !== null) throw fault
    return this.view()
  }

  mayPrepare(): void {
    this.mustBeLanes()
    if (this.work !== null) throw notNow(t('已经在准备', 'one is being prepared already'))
    if (this.slots().trial !== null) throw notNow(t('新版本正在试运行', 'a version is on trial'))
  }

  prepare(from: string): void {
    this.mayPrepare()
    const work: Work = { from, run: this.child(from), progress: begun }
    this.failed = null
    this.work = work
  }

  prepared(): string {
    this.mustBeLanes()
    const plan = this.settled()
    if (plan?.step.is !== 'tried')
      throw notNow(t('没有试过的新版本', 'no new version has been tried'))
    if (this.slots().trial !== null) throw notNow(t('新版本正在试运行', 'a version is on trial'))
    return plan.file.version
  }

  want({ when, by }: Pick<Wanted, 'when' | 'by'>): void {
    this.prepared()
    const { files } = this.parts
    const atIso = this.nowIso()
    const plan = files.plan()
    if (plan === null) return
    files.keepPlan({ ...plan, wanted: { when, by, atIso } })
    this.parts.programs?.look()
  }

  drop(): void {
    this.failed = null
    if (this.work === null) this.dropPlan()
    else this.work.run.stop()
  }

  private dropPlan(): void {
    this.parts.files.dropPlan()
    this.parts.programs?.look()
  }

  onTrial(): string {
    const { active, trial } = this.slots()
    if (active === null || trial === null)
      throw notNow(t('没有新版本在试运行', 'no version is on trial'))
    return active.version
  }

  back(who: { readonly by: string; readonly reason: string }): void {
    this.onTrial()
    this.parts.programs?.back(who)
  }

  private slots(): Slots {
    return this.parts.programs?.slots() ?? noSlots
  }

  private nowIso(): string {
    return isoOf(this.parts.runtime.nowMs())
  }

  private kept(): KeptLook {
    return this.parts.files.look() ?? noLook(this.nowIso())
  }

  private mustBeLanes(): void {
    if (this.parts.here !== 'lanes' || this.parts.programs === null)
      throw new LaneFault('UPDATE-21', {})
  }

  /** The plan; one whose version runs is over. */
  private settled(): UpdatePlan | null {
    const { files } = this.parts
    const plan = files.plan()
    if (plan?.step.is !== 'tried' || this.slots().active?.name !== plan.step.slot.name) return plan
    this.dropPlan()
    return null
  }

  private minute(): void {
    this.settled()
    const { updates, lotId } = this.parts.config
    if (updates?.look !== 'daily' || this.looking !== null) return
    const nowMs = this.parts.runtime.nowMs()
    const before = this.parts.files.look()
    if (before === null || isSetBack(before, nowMs)) {
      const now = noLook(isoOf(nowMs))
      this.parts.files.keepLook({ ...now, found: before?.found ?? null })
      return
    }
    const { from } = updates
    if (isLookDue(before, nowMs, lotId)) this.parts.tasks.once('updates', () => this.lookAt(from))
  }

  /** What keeps a look from its result; null: it has one. */
  private async lookAt(from: string): Promise<LaneFault | null> {
    const { files, program, runtime } = this.parts
    let fault: LaneFault | null = new LaneFault('UPDATE-22', {})
    let answer: Readonly<Record<string, unknown>> = {}
    const run = program.run('check', from, (text) => {
      const line = childLine(text)
      if (line?.is === 'fault') fault = line.fault
      if (line?.is === 'ended') [fault, answer] = [null, line.answer]
    })
    this.looking = run
    await run.ended
    this.looking = null
    if (this.stopped) return fault
    const atIso = this.nowIso()
    const kept = { ...this.kept(), triedIso: atIso }
    const { is, offered: file } = answer
    if (
      fault === null &&
      isReleaseFile(file) &&
      (is === 'newer' || is === 'same' || is === 'older')
    ) {
      files.keepLook({ ...kept, found: { atIso, from, is, file }, failed: null })
      return null
    }
    const why = fault ?? new LaneFault('UPDATE-22', {})
    const isSame = kept.failed?.code === why.code && kept.failed.from === from
    const sinceIso = isSame ? (kept.failed?.sinceIso ?? atIso) : atIso
    const { note = '' } = why.detail
    files.keepLook({ ...kept, failed: { code: why.code, note, from, sinceIso } })
    runtime.trace('', null, 'fault', tracedFault(why))
    return why
  }

  private lookedView(): UpdatesView['looked'] {
    const kept = this.parts.files.look()
    if (kept === null || kept.triedIso === null) return null
    const { found, failed, triedIso } = kept
    const isStale = found?.file.version === this.parts.running.version
    return {
      atIso: triedIso,
      from: failed?.from ?? found?.from ?? '',
      is: found === null ? null : isStale ? 'same' : found.is,
      offered: found && versionOf(found.file),
      fault: failed === null ? null : codedFault(failed.code, failed.note),
      failsSinceIso: failed?.sinceIso ?? null,
      isTold: isFailureTold(failed, this.parts.runtime.nowMs()),
    }
  }

  private child(from: string): UpdateRun {
    let fault: LaneFault | null = new LaneFault('UPDATE-22', {})
    const run = this.parts.program.run('prepare', from, (text) => {
      const line = childLine(text)
      if (line?.is === 'progress' && this.work !== null) this.work.progress = line.progress
      if (line?.is === 'fault') fault = line.fault
      if (line?.is === 'ended') fault = line.answer['ok'] === true ? null : notNow(nothingNewer)
    })
    let isDropped = false
    const stop = (): void => {
      isDropped = true
      run.stop()
    }
    this.parts.tasks.once('updates', async () => {
      await run.ended
      this.work = null
      if (this.stopped) return
      if (isDropped) return this.dropPlan()
      this.failed = fault === null ? null : shownOf(fault)
      if (fault !== null) this.parts.runtime.trace('', null, 'fault', tracedFault(fault))
    })
    return { ended: run.ended, stop }
  }
}

const nothingNewer = t('那里没有更新的版本', 'there is no newer version')
const notNow = (note: ReturnType<typeof t>): LaneFault => new LaneFault('UPDATE-20', { note })
const versionOf = ({ version, build, bytes }: UpdatePlan['file']) => ({ version, build, bytes })
