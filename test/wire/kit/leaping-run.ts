// `etc-lane run --data DIR` as a process whose monotonic time a test turns: each message over the IPC channel is a stretch
// in ms that passes at once, or a stretch and which timers it spares. A second argument is how far ahead its business time is,
// which then passes with it.
import { serveUntilStopped } from '../../../firmware-runtime/cli/run.ts'
import { openRun } from '../../../firmware-runtime/runtime/host/run.ts'
import { faultJson, type LaneFault } from '../../../firmware-runtime/core/faults/faults.ts'
import { program } from './program.ts'
import { SkipClock } from './skip-clock.ts'

const [, , dir = '', aheadMs] = process.argv
// Its workers are the program's.
process.argv[1] = program
const mono = new SkipClock()
type Leap = number | readonly [ms: number, sparesMs: number]
process.on('message', (said: Leap) =>
  typeof said === 'number' ? mono.leap(said) : mono.leap(...said),
)
process.exitCode = await serveUntilStopped(
  {
    stdout: (text) => void process.stdout.write(text),
    stderr: (text) => void process.stderr.write(text),
    json: true,
    onStop: (stop) => void process.once('SIGTERM', stop),
  },
  (end, say) => {
    const linkDown = (fault: LaneFault, laneId: string): void =>
      say({ event: 'fault', laneId, ...faultJson(fault) })
    const folderFault = (fault: LaneFault): void => linkDown(fault, '')
    const changed = (endpoints: unknown): void => say({ event: 'settings', endpoints })
    const clocks = aheadMs === undefined ? { mono } : { mono, business: mono.wall(Number(aheadMs)) }
    return openRun({ dir, timing: 'instant', end, linkDown, folderFault, changed, ...clocks })
  },
)
process.disconnect()
