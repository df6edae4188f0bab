// A clock whose waits are a tenth as long, so that a thousand kills do not wait for the times between two tries.
import { systemMonoClock } from '#base/time/system-clocks.ts'
import type { MonoClock } from '#base/ports/clocks.ts'

const times = 10

export function hurriedClock(): MonoClock {
  const mono = systemMonoClock()
  return { nowUs: () => mono.nowUs() * times, after: (ms, call) => mono.after(ms / times, call) }
}
