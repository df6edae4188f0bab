// Fetches a platform's bills of a day through its dialect. It never repeats by itself.
// Null when the dialect has no bill: nothing is compared then, and the page says so.
import type { BillInterface, Dialect } from '../ports/dialect.ts'
import type { FileOpener } from '#base/ports/platform-file.ts'
import type { DayBill, PlatformBills } from '../ports/platform-bill.ts'
import type { SignedPlatform, SignedResult } from './signed-platform.ts'

/** A bill is the longest answer, and no car waits for it. */
const billTimeoutMs = 20_000

function judged<Row>(
  bill: BillInterface<Row>,
  day: string,
  { answer, verified }: SignedResult,
  open: FileOpener,
): DayBill<Row> {
  if (answer.kind === 'silence') return { kind: 'silent', reason: answer.reason }
  const found = bill.judge(day, { ...answer, verified: verified ?? 'unsigned' })
  if (found.kind !== 'sealed') return found
  const plain = open(found.file)
  return typeof plain === 'string' ? { kind: 'silent', reason: plain } : bill.read(day, plain)
}

export function platformBills(
  platform: SignedPlatform,
  { bill, splitBill }: Pick<Dialect, 'bill' | 'splitBill'>,
  open: FileOpener,
): PlatformBills | null {
  if (bill === null) return null
  const asking =
    <Row>(one: BillInterface<Row>) =>
    (day: string, done: (found: DayBill<Row>) => void): void => {
      const request = { ...one.request(day), timeoutMs: billTimeoutMs }
      platform.send(request, (answer) => done(judged(one, day, answer, open)))
    }
  return { bill: asking(bill), split: splitBill === null ? null : asking(splitBill) }
}
