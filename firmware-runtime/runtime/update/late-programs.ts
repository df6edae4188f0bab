// Loads what follows wishes for another program a moment after the lanes: the first car waits for what a start reads.
import type { SideTasks } from '#base/process/side-tasks.ts'
import type { MonoClock } from '#base/ports/clocks.ts'
import type { Site } from '../site/site-parts.ts'
import type { ChangeOfProgram, ProgramSwitch } from './program-switch.ts'
import type { OwnTrialKeeper } from './trial-keeper.ts'

/** From the start of the lanes until wishes are followed. */
const afterMs = 1_000

interface LateParts {
  readonly dir: string
  readonly site: Site
  readonly mono: MonoClock
  readonly tasks: SideTasks
  /** Absent: no other program can be begun in place of this one. */
  readonly change: ChangeOfProgram | undefined
  readonly keeper: OwnTrialKeeper | null
}

export class LatePrograms {
  /** Null until it is loaded. */
  now: ProgramSwitch | null = null
  private isOver = false

  constructor({ change, tasks, ...parts }: LateParts) {
    if (change === undefined) return
    const open = async (): Promise<void> => {
      const { ProgramSwitch: Switch } = await import('./program-switch.ts')
      if (!this.isOver) this.now = new Switch({ ...parts, change })
    }
    parts.mono.after(afterMs, () => {
      open().catch((error: unknown) => tasks.stray(error))
    })
  }

  notices(): ReturnType<ProgramSwitch['notices']> {
    return this.now?.notices() ?? []
  }

  look(): void {
    this.now?.look()
  }

  stop(): void {
    this.isOver = true
    this.now?.stop()
  }
}
