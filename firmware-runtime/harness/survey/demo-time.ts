// The time of the demo: pauses run faster than on a site by a factor and report their nominal length.
// Measurements in between take their real time.
import { systemMonoClock } from '#base/time/system-clocks.ts'
import type { MonoClock } from '#base/ports/clocks.ts'

export function fastMono(speed: number): MonoClock {
  const mono = systemMonoClock()
  return {
    nowUs: () => mono.nowUs() * speed,
    after: (delayMs, fn) => mono.after(delayMs / speed, fn),
  }
}
