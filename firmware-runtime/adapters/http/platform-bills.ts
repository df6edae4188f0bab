// Asks a platform for the bill of a day in the words of its dialect. It never repeats by itself.
// Null where the dialect knows no bill: then nothing is compared, and the page says so.
import type { Dialect } from '../../ports/dialect.ts'
import type { PlatformBills } from '../../ports/platform-bill.ts'
import type { SignedPlatform } from './signed-platform.ts'

/** A bill is the longest answer of all, and nobody waits for it at a barrier. */
const billTimeoutMs = 20_000

export function platformBills(
  platform: SignedPlatform,
  { bill }: Pick<Dialect, 'bill'>,
): PlatformBills | null {
  if (bill === null) return null
  return {
    bill: (day, done) => {
      platform.send({ ...bill.request(day), timeoutMs: billTimeoutMs }, ({ answer, verified }) =>
        done(
          answer.kind === 'silence'
            ? { kind: 'silent', reason: answer.reason }
            : bill.judge(day, { ...answer, verified: verified ?? 'unsigned' }),
        ),
      )
    },
  }
}
