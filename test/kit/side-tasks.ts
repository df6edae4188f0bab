// The owner of tasks for a part that is tested alone: a task that fails where the test expects no failure is red.
import { SideTasks } from '../../firmware-runtime/app/side-tasks.ts'
import type { LaneFault } from '../../firmware-runtime/core/faults/faults.ts'
import type { MonoClock } from '../../firmware-runtime/ports/clocks.ts'

const unexpected = (fault: LaneFault): never => {
  throw fault
}

export const sideTasks = (
  mono: Pick<MonoClock, 'after' | 'nowUs'>,
  onFault: (fault: LaneFault) => void = unexpected,
): SideTasks => new SideTasks({ mono, onFault, fatal: unexpected })
