// Connects the survey by passages to a running lot: turns and frames of its lanes, its folder, its clock.
// The debounce of the loops is that of the standard barrier; an instant one has no debounce.
import { loopDelayMs } from '#survey/runs/passing-geometry.ts'
import { PassingFiles } from '#survey/files/passing-files.ts'
import type { TaskOwner } from '#base/process/side-tasks.ts'
import { PassingService } from '#survey/runs/passing-service.ts'
import type { MonoClock } from '#base/ports/clocks.ts'
import type { Timing } from '#devices/desk/lane/device-ports.ts'
import type { Site } from '../site/site-parts.ts'

const lookMs = 10_000

interface HostPassing {
  readonly service: PassingService
  close(): Promise<void>
}

export interface HostPassingPorts {
  readonly mono: MonoClock
  readonly tasks: Pick<TaskOwner, 'every'>
  readonly timing: Timing
}

export function hostPassing(
  dir: string,
  { runtime, frames, config }: Site,
  { mono, tasks, timing }: HostPassingPorts,
): HostPassing {
  const service = new PassingService({
    lanes: config.lanes,
    store: new PassingFiles(dir),
    loopDelayMs: loopDelayMs(timing),
    nowMs: () => runtime.nowMs(),
    monoMs: () => mono.nowUs() / 1000,
    quiet: () => runtime.quiet,
    told: (laneId, { code }) => runtime.trace(laneId, null, 'fault', code),
  })
  const turned = (): void => {
    for (const [laneId, { state }] of runtime.lanes) service.lane(laneId, state)
  }
  runtime.onChange.add(turned)
  const unlisten = frames.listen((frame) => service.frame(frame))
  const pace = { firstMs: lookMs, everyMs: lookMs }
  const looking = tasks.every('passing', pace, () => service.look())
  return {
    service,
    close() {
      looking.stop()
      unlisten()
      runtime.onChange.delete(turned)
      return service.close()
    },
  }
}
