// Looks at the machine's clock each half hour (5.2.2 g): reads the sources of the lot, judges, and steps it where it may.
// Each step is a row of the ledger; what only a person may do is told with its command.
import { clockKeeping, judgeClock, type ClockSeen } from '../../core/lot/clock-keeping.ts'
import { isoOf } from '../../core/values/instant.ts'
import type { RowDraft } from '../../core/values/rows/ledger-row.ts'
import type { ClockKeptView } from '../../api/clock-views.ts'
import type { MachineNtp } from '../../api/views.ts'
import type { Cancel, MonoClock } from '../../ports/clocks.ts'
import type { ClockSetter } from '../../ports/clock-setter.ts'
import type { LotRuntime } from './lot-runtime.ts'

interface ClockUpkeepParts {
  readonly runtime: Pick<LotRuntime, 'quiet' | 'nowMs' | 'trace' | 'appendQuietly'>
  readonly mono: Pick<MonoClock, 'after'>
  /** One reading of each source that answers. */
  readonly read: () => Promise<readonly ClockSeen[]>
  /** The lot file allows a step. */
  readonly mayStep: boolean
  readonly setter: ClockSetter
  readonly machineNtp: () => MachineNtp | null
}

/** After a start the links are opened first. */
const firstLookMs = 15_000

export class ClockUpkeep {
  private readonly parts: ClockUpkeepParts
  private kept: ClockKeptView | null = null
  private timer: Cancel | null = null
  private unwritten: readonly RowDraft[] = []
  private stopped = false

  constructor(parts: ClockUpkeepParts) {
    this.parts = parts
    this.again(firstLookMs)
  }

  /** Null before the first look. */
  view(): ClockKeptView | null {
    return this.kept
  }

  /** Without its half hour. */
  lookSoon(): void {
    this.timer?.()
    this.again(0)
  }

  stop(): void {
    this.stopped = true
    this.timer?.()
  }

  private again(afterMs: number): void {
    if (!this.stopped) this.timer = this.parts.mono.after(afterMs, () => void this.look())
  }

  private async look(): Promise<void> {
    const { read, runtime, setter, machineNtp } = this.parts
    const seen = await read()
    if (this.stopped) return
    this.write()
    const mayStep = this.parts.mayStep && setter.mayStep
    const isKept = machineNtp() === 'synchronised'
    const facts = { mayStep, isKept, quiet: runtime.quiet }
    const { best, verdict } = judgeClock(seen, facts)
    const failed = verdict === 'step' && best !== null ? await this.step(best) : null
    const askPerson = failed !== null || ['ask', 'disagree', 'silent'].includes(verdict)
    // Beside a service that keeps the clock no second one can be started: it is told to step.
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
    this.again(verdict === 'waits' ? clockKeeping.againMs : clockKeeping.everyMs)
  }

  /** What was wrong; null when the clock is as the source has it. */
  private async step({ offsetMs, server }: ClockSeen): Promise<string | null> {
    const { runtime, setter } = this.parts
    const failed = await setter.step(-offsetMs)
    if (failed !== null) return failed
    const detail = `${Math.round(-offsetMs)} ms, ${server}`
    const body = { type: 'clockStepped', detail }
    this.unwritten = [...this.unwritten, { kind: 'event', atMs: runtime.nowMs(), body }]
    this.write()
    return null
  }

  /** What a full disk did not take is written at a later look. */
  private write(): void {
    const { unwritten } = this
    if (unwritten.length > 0 && this.parts.runtime.appendQuietly(unwritten)) this.unwritten = []
  }
}

/** Of `HOST:PORT`, what a time service is told; a receiver is none. */
const serverOf = (best: ClockSeen | null): string | null =>
  best === null || best.server.includes('/') ? null : best.server
