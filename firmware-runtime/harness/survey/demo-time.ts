// The demo's time: pauses pass so many times as fast as on a site, and say that they were as long.
// What is measured meanwhile takes its own time.
import { systemMonoClock } from '../../adapters/clocks/system-clocks.ts'
import type { MonoClock } from '../../ports/clocks.ts'

export function fastMono(speed: number): MonoClock {
  const mono = systemMonoClock()
  return {
    nowUs: () => mono.nowUs() * speed,
    after: (delayMs, fn) => mono.after(delayMs / speed, fn),
  }
}
