// Asks a platform for the bill of a day in the words of its dialect. It never repeats by itself.
// Null where the dialect knows no bill: then nothing is compared, and the page says so.
import type { Dialect } from '../../ports/dialect.ts'
import type { FileOpener } from '../../ports/platform-file.ts'
import type { PlatformBill, PlatformBills } from '../../ports/platform-bill.ts'
import type { SignedPlatform, SignedResult } from './signed-platform.ts'

/** A bill is the longest answer of all, and nobody waits for it at a barrier. */
const billTimeoutMs = 20_000

export function platformBills(
  platform: SignedPlatform,
  { bill }: Pick<Dialect, 'bill'>,
  open: FileOpener,
): PlatformBills | null {
  if (bill === null) return null
  const judged = (day: string, { answer, verified }: SignedResult): PlatformBill => {
    if (answer.kind === 'silence') return { kind: 'silent', reason: answer.reason }
    const found = bill.judge(day, { ...answer, verified: verified ?? 'unsigned' })
    if (found.kind !== 'sealed') return found
    const plain = open(found.file)
    return typeof plain === 'string' ? { kind: 'silent', reason: plain } : bill.read(day, plain)
  }
  return {
    bill: (day, done) => {
      const request = { ...bill.request(day), timeoutMs: billTimeoutMs }
      platform.send(request, (answer) => done(judged(day, answer)))
    },
  }
}
