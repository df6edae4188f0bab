// Asks a platform to open the vehicle file of an OBU (P17), once and within the time of its car.
// Null when the dialect lacks the interface; an unverified answer, or one that does not open, does not count.
import { LaneFault } from '#base/pure/faults/faults.ts'
import { compactOf, type InstantMs } from '#base/pure/values/instant.ts'
import type { Dialect } from '../ports/dialect.ts'
import type { VehicleOpener } from '#devices/ports/platform-vehicle.ts'
import type { FieldOpener } from '#base/ports/field-sealer.ts'
import type { SignedPlatform } from './signed-platform.ts'

export function platformVehicle(
  platform: Pick<SignedPlatform, 'send'>,
  { vehicle }: Pick<Dialect, 'vehicle'>,
  open: FieldOpener,
  nowMs: () => InstantMs,
): VehicleOpener | null {
  if (vehicle === undefined) return null
  return (ask, withinMs, done) => {
    const no = `V${ask.obu.obuId}${compactOf(nowMs())}`
    try {
      const call = { ...vehicle.request(no, ask), timeoutMs: withinMs }
      platform.send(call, ({ answer, verified }) => {
        const isAnswer = answer.kind === 'answer' && answer.status === 200 && verified === 'valid'
        done(isAnswer ? vehicle.read(no, ask, answer.body, open) : null)
      })
    } catch (error) {
      if (!(error instanceof LaneFault)) throw error
      done(null)
    }
  }
}
