// The owner of tasks for a part that is tested alone: a task that fails where the test expects no failure is red.
import { SideTasks } from '#base/process/side-tasks.ts'
import type { LaneFault } from '#base/pure/faults/faults.ts'
import type { MonoClock } from '#base/ports/clocks.ts'
import type { VirtualTime } from '#harness/lot/virtual-time.ts'

const unexpected = (fault: LaneFault): never => {
  throw fault
}

export const sideTasks = (
  mono: Pick<MonoClock, 'after' | 'nowUs'>,
  onFault: (fault: LaneFault) => void = unexpected,
): SideTasks => new SideTasks({ mono, onFault, fatal: unexpected })

/** Minute by minute, with turns enough for what each of them begins. */
export async function passMinutes(time: VirtualTime, minutes: number): Promise<void> {
  for (let n = 0; n < minutes; n++) {
    time.runTo(time.nowUs + 60_000_000)
    for (let turn = 0; turn < 60; turn++) await Promise.resolve()
  }
}
