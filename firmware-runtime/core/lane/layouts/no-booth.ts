// Clause 7.1.1, enclosed lot without a booth: camera, display and barrier at the entry; the exit
// adds the ETC antenna behind the barrier, with the trigger loop inside its field.
import { entryLane } from '../entry-lane.ts'
import { exitLane } from '../exit-lane.ts'

export const noBooth = { entry: entryLane, exit: exitLane } as const
