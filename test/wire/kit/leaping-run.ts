// `etc-lane run --data DIR` as a process whose monotonic time the test advances: each message over the IPC channel is a
// number of ms that pass at once, or that number and which timers it spares. The second argument is the lead of its
// business time, which then advances too.
import { atRest } from '#runtime/host/at-rest.ts'
import { serveUntilStopped } from '#runtime/commands/run.ts'
import { openRun, type EndOf } from '#runtime/host/run.ts'
import { exitOfRun } from '#lane/pure/lot/run-exit.ts'
import { faultJson, type LaneFault } from '#base/pure/faults/faults.ts'
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
    atRest,
  },
  (ended, say) => {
    const end: EndOf = (code, fault) => ended(exitOfRun(fault, code), fault)
    const linkDown = (fault: LaneFault, laneId: string): void =>
      say({ event: 'fault', laneId, ...faultJson(fault) })
    const folderFault = (fault: LaneFault): void => linkDown(fault, '')
    const changed = (endpoints: unknown): void => say({ event: 'settings', endpoints })
    const clocks = aheadMs === undefined ? { mono } : { mono, business: mono.wall(Number(aheadMs)) }
    return openRun({ dir, timing: 'instant', end, linkDown, folderFault, changed, ...clocks })
  },
)
process.disconnect()
