// Receipts of an open site: its ledger, its clock, and the key of its folder, which is made at the first one.
// Rows are appended like all rows of the lot.
import { systemRandom } from '#base/time/system-clocks.ts'
import { Receipts, type ReceiptKey } from '#lane/money/receipts.ts'
import type { LedgerService } from '#ledger/ports/ledger-service.ts'
import type { Site } from '../site/site-parts.ts'
import { receiptKeyOf, sha256 } from '#money/desk/receipt/receipt-key.ts'

export function receiptsOf(
  { config, runtime }: Pick<Site, 'config' | 'runtime'>,
  service: Pick<LedgerService, 'timeline' | 'query'>,
  dir: string,
): Receipts {
  let made: ReceiptKey | null = null
  return new Receipts({
    lotId: config.lotId,
    service,
    sha256,
    random: systemRandom(),
    key: () => (made ??= receiptKeyOf(dir)),
    nowMs: () => runtime.nowMs(),
    append: (rows) => {
      runtime.append(rows)
    },
  })
}
