// The owner of every timer and promise beside the lanes: each task has a name, a failure is caught and shown to a person,
// the task is tried again at its own interval, and all are stopped and awaited before the lot is closed.
import type { CodedFault } from '../calls/rows.ts'
import { joinedWhy, LaneFault, whyIn, type FaultCode, type Why } from '../pure/faults/faults.ts'
import { endLedger } from '../pure/faults/ledger-faults.ts'
import { t } from '../pure/words/fault-text.ts'
import { sideTaskNames, type SideTaskName } from '../pure/values/side-task-names.ts'
import type { Cancel, MonoClock } from '../ports/clocks.ts'
import { codedFault } from './api-fault.ts'
import { endsByBrokenTurn } from './machine.ts'

interface SideTasksParts {
  readonly mono: Pick<MonoClock, 'after' | 'nowUs'>
  /** Receives the first failure of a task, and then one an hour. */
  onFault(fault: LaneFault): void
  /** The ledger failed with an unknown result: the process must end (2.8). */
  fatal(fault: LaneFault): void
  /** An error of the program, beside what is reported. */
  readonly broke?: ((error: unknown) => void) | undefined
}

/** Delay until the next run; null: no further run; nothing: the interval of the task. */
type Next = number | null | undefined | void
type Run = () => Next | Promise<Next>

interface Pace {
  /** Null: not before `soon`. */
  readonly firstMs: number | null
  /** Also the delay after a failure. */
  readonly everyMs: number
}

/** Handle of a repeated task. */
export interface SideTask {
  /** The next run begins after `afterMs`, or when a run that is under way has ended. */
  soon(afterMs?: number): void
  stop(): void
}

/** What a part needs of the owner. */
export type TaskOwner = Pick<SideTasks, 'every' | 'once'>

/** A lasting failure is reported again after this time. */
const sayAgainUs = 3_600_000_000
/** Work that does not end by itself is left behind after this time; a stop may take 4 s (contract.md section 2). */
const endWithinMs = 1_000

interface Failure {
  readonly fault: LaneFault
  readonly text: string
  readonly saidUs: number
}

const whyOf = (error: unknown): Why => {
  if (!(error instanceof LaneFault))
    return error instanceof Error ? `${error.name} ${error.message}` : String(error)
  const { file, field, note } = error.detail
  return joinedWhy([error.code, file, field, note].filter((part) => part !== undefined))
}

const isLedgerLost = (error: unknown): error is LaneFault =>
  error instanceof LaneFault && endLedger.has(error.code)

export class SideTasks {
  private readonly parts: SideTasksParts
  private readonly failures = new Map<SideTaskName | '', Failure>()
  private readonly tasks = new Set<RepeatedTask>()
  private readonly underWay = new Set<Promise<void>>()
  private stopped = false

  constructor(parts: SideTasksParts) {
    this.parts = parts
  }

  /** Repeats `run` until it returns null or is stopped. A run begins only after the one before it has ended. */
  every(name: SideTaskName, pace: Pace, run: Run): SideTask {
    const task = new RepeatedTask(this.parts.mono, pace.everyMs, (settled) =>
      this.begin(name, run, settled),
    )
    this.tasks.add(task)
    if (this.stopped) task.stop()
    else if (pace.firstMs !== null) task.soon(pace.firstMs)
    return task
  }

  /** Work that is done once and that nobody awaits. */
  once(name: SideTaskName, work: () => unknown): void {
    const run = async (): Promise<null> => {
      await work()
      return null
    }
    if (!this.stopped) this.begin(name, run, () => undefined)
  }

  /** A rejected promise that no task and no call owned. */
  stray(error: unknown): void {
    if (endsByBrokenTurn(this.parts.mono, error)) return
    if (!this.stopped) this.tellBroken(error)
    if (isLedgerLost(error)) this.parts.fatal(error)
    else if (!this.stopped) this.note('', new LaneFault('TASK-02', { note: whyOf(error) }))
  }

  /** Failed tasks, until they succeed. */
  notices(): readonly (CodedFault & { readonly code: FaultCode })[] {
    return [...this.failures.values()].map(({ fault }) =>
      codedFault<FaultCode>(fault.code, fault.detail.note),
    )
  }

  /** Nothing begins any more, and what still fails is caused by the stop. */
  stop(): void {
    this.stopped = true
    for (const task of this.tasks) task.stop()
  }

  /** Resolves when all work has ended, called after what it waits for was closed. */
  async ended(): Promise<void> {
    if (this.underWay.size === 0) return
    const late = Promise.withResolvers<void>()
    const cancel = this.parts.mono.after(endWithinMs, late.resolve)
    await Promise.race([Promise.all(this.underWay), late.promise])
    cancel()
  }

  /** A run that does not wait is over when this returns. */
  private begin(name: SideTaskName, run: Run, settled: (next: Next) => void): void {
    const over = (next: Next): void => {
      this.failures.delete(name)
      settled(next)
    }
    const failed = (error: unknown): void => {
      this.failed(name, error)
      settled(undefined)
    }
    let next: Next | Promise<Next>
    try {
      next = run()
    } catch (error) {
      return failed(error)
    }
    if (!(next instanceof Promise)) return over(next)
    const work = next.then(over, failed).finally(() => this.underWay.delete(work))
    this.underWay.add(work)
  }

  private failed(name: SideTaskName, error: unknown): void {
    const { mono, fatal } = this.parts
    if (endsByBrokenTurn(mono, error) || this.stopped) return
    if (isLedgerLost(error)) return fatal(error)
    this.tellBroken(error)
    const { name: of, until } = sideTaskNames[name]
    const why = whyOf(error)
    const note = t(
      `${of.zh}(${whyIn(why, 'zh')});${until.zh}`,
      `${of.en} (${whyIn(why)}); ${until.en}`,
    )
    this.note(name, new LaneFault('TASK-01', { value: name, note }))
  }

  private tellBroken(error: unknown): void {
    if (!(error instanceof LaneFault)) this.parts.broke?.(error)
  }

  private note(name: SideTaskName | '', fault: LaneFault): void {
    const { mono, onFault } = this.parts
    const nowUs = mono.nowUs()
    const text = whyIn(fault.detail.note ?? '')
    const before = this.failures.get(name)
    const isKnown = before?.text === text && nowUs - before.saidUs < sayAgainUs
    this.failures.set(name, { fault, text, saidUs: isKnown ? before.saidUs : nowUs })
    if (!isKnown) onFault(fault)
  }
}

class RepeatedTask implements SideTask {
  private readonly mono: Pick<MonoClock, 'after'>
  private readonly everyMs: number
  private readonly begin: (settled: (next: Next) => void) => void
  private timer: Cancel | null = null
  private isRunning = false
  /** Asked for while a run was under way. */
  private wantedMs: number | null = null
  private isStopped = false

  constructor(
    mono: Pick<MonoClock, 'after'>,
    everyMs: number,
    begin: (settled: (next: Next) => void) => void,
  ) {
    this.mono = mono
    this.everyMs = everyMs
    this.begin = begin
  }

  soon(afterMs = 0): void {
    if (this.isStopped) return
    if (this.isRunning) {
      this.wantedMs = afterMs
      return
    }
    this.timer?.()
    this.timer = this.mono.after(afterMs, () => this.run())
  }

  stop(): void {
    this.isStopped = true
    this.timer?.()
  }

  private run(): void {
    this.isRunning = true
    this.begin((next) => {
      this.isRunning = false
      const waitMs = this.wantedMs ?? (next === undefined ? this.everyMs : next)
      this.wantedMs = null
      if (typeof waitMs === 'number') this.soon(waitMs)
    })
  }
}
