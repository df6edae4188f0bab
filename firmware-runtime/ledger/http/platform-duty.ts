// Fetches the shifts of a day and the running configuration from a platform through its dialect. It never repeats by
// itself. Null when the dialect has neither.
import { onFault } from '#base/pure/faults/on-fault.ts'
import type { Dialect, LotNames, PlatformRequest, SignedAnswer } from '../ports/dialect.ts'
import type {
  ConfigurationAnswer,
  PlanAnswer,
  PlatformDuty,
  Refused,
} from '../ports/platform-duty.ts'
import type { SignedPlatform } from './signed-platform.ts'

const answerMs = 10_000

export function platformDuty(
  platform: Pick<SignedPlatform, 'send'>,
  { duty }: Pick<Dialect, 'duty'>,
  lot: LotNames,
): PlatformDuty | null {
  if (duty === null) return null
  const ask = <A>(
    request: PlatformRequest,
    read: (answer: SignedAnswer) => A,
    done: (answer: A | Refused | { readonly kind: 'silent'; readonly reason: string }) => void,
  ): void => {
    platform.send({ ...request, timeoutMs: answerMs }, ({ answer, verified }) => {
      if (answer.kind === 'silence') return done({ kind: 'silent', reason: answer.reason })
      done(readOr(() => read({ ...answer, verified: verified ?? 'unsigned' })))
    })
  }
  return {
    shifts: (day, version, done) =>
      ask<PlanAnswer>(
        duty.shifts(lot, day, version),
        (answer) => duty.readShifts(lot, day, answer),
        done,
      ),
    configuration: (version, done) =>
      ask<ConfigurationAnswer>(
        duty.configuration(lot, version),
        (answer) => duty.readConfiguration(lot, answer),
        done,
      ),
  }
}

/** An answer that breaks its rule becomes one of kind `wrong` with its fault. */
export const readOr = <A>(read: () => A): A | Refused =>
  onFault(read, (error) => ({ kind: 'wrong', fault: error }))
