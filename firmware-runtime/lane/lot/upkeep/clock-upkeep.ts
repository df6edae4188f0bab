// Checks the machine's clock every half hour (5.2.2 g): reads the lot's time sources, compares them, and steps the
// clock where allowed. Each step is a ledger row; what only a person may do is reported with its command.
import { clockKeeping, judgeClock, type ClockSeen } from '../../pure/lot/clock-keeping.ts'
import { isoOf } from '#base/pure/values/instant.ts'
import type { RowDraft } from '#base/pure/rows/ledger-row.ts'
import type { ClockKeptView } from '../../calls/clock-views.ts'
import type { MachineNtp } from '../../calls/views.ts'
import type { ClockSetter } from '#base/ports/clock-setter.ts'
import type { SideTask, TaskOwner } from '#base/process/side-tasks.ts'
import type { LotRuntime } from '../lot-runtime.ts'

interface ClockUpkeepParts {
  readonly runtime: Pick<LotRuntime, 'quiet' | 'nowMs' | 'trace' | 'appendQuietly'>
  readonly tasks: Pick<TaskOwner, 'every'>
  /** One reading of each source that answers. */
  readonly read: () => Promise<readonly ClockSeen[]>
  /** Whether the lot file allows a step. */
  readonly mayStep: boolean
  readonly setter: ClockSetter
  readonly machineNtp: () => MachineNtp | null
}

/** Delay after a start: the links are opened first. */
const firstLookMs = 15_000

export class ClockUpkeep {
  private readonly parts: ClockUpkeepParts
  private kept: ClockKeptView | null = null
  private readonly task: SideTask
  private unwritten: readonly RowDraft[] = []
  private stopped = false

  constructor(parts: ClockUpkeepParts) {
    this.parts = parts
    const pace = { firstMs: firstLookMs, everyMs: clockKeeping.everyMs }
    this.task = parts.tasks.every('clockUpkeep', pace, () => this.look())
  }

  /** Null before the first check. */
  view(): ClockKeptView | null {
    return this.kept
  }

  /** Checks now, without waiting for the half hour. */
  lookSoon(): void {
    this.task.soon()
  }

  stop(): void {
    this.stopped = true
    this.task.stop()
  }

  private async look(): Promise<number | null> {
    const { read, runtime, setter, machineNtp } = this.parts
    const seen = await read()
    if (this.stopped) return null
    this.write()
    const mayStep = this.parts.mayStep && setter.mayStep
    const isKept = machineNtp() === 'synchronised'
    const facts = { mayStep, isKept, quiet: runtime.quiet }
    const { best, verdict } = judgeClock(seen, facts)
    const failed = verdict === 'step' && best !== null ? await this.step(best) : null
    const askPerson = failed !== null || ['ask', 'disagree', 'silent'].includes(verdict)
    // When a time service keeps the clock, a second one must not be started: that service is told to step instead.
    const asksServer = verdict === 'ask' && !isKept
    this.kept = {
      verdict: failed === null ? verdict : 'ask',
      atIso: isoOf(runtime.nowMs()),
      server: best?.server ?? null,
      offsetMs: best === null ? null : Math.round(best.offsetMs),
      errorMs: best === null ? null : Math.round(best.errorMs),
      command: askPerson ? setter.commandFor(asksServer ? serverOf(best) : null) : null,
    }
    if (askPerson) runtime.trace('', null, 'fault', `CLOCK-09 ${verdict} ${failed ?? ''}`.trim())
    return verdict === 'waits' ? clockKeeping.againMs : clockKeeping.everyMs
  }

  /** Why the step failed; null: the clock now agrees with the source. */
  private async step({ offsetMs, server }: ClockSeen): Promise<string | null> {
    const { runtime, setter } = this.parts
    const failed = await setter.step(-offsetMs)
    if (failed !== null) return failed
    const detail = `${Math.round(-offsetMs)} ms, ${server}`
    const body = { type: 'clockStepped', detail } as const
    this.unwritten = [...this.unwritten, { kind: 'event', atMs: runtime.nowMs(), body }]
    this.write()
    return null
  }

  /** Rows refused by a full disk are written at a later check. */
  private write(): void {
    const { unwritten } = this
    if (unwritten.length > 0 && this.parts.runtime.appendQuietly(unwritten)) this.unwritten = []
  }
}

/** `HOST:PORT` of the server for a time service; null for a receiver, which has no such address. */
const serverOf = (best: ClockSeen | null): string | null =>
  best === null || best.server.includes('/') ? null : best.server
