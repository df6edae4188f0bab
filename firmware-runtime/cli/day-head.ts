// The head of a day as `receipt day` writes it, read from a file.
// What joins all receipts and files of that day.
import { z } from 'zod'
import { LaneFault, type FaultCode } from '../core/faults/faults.ts'
import { readText } from '../runtime/process/read-file.ts'

const dayHead = z.object({
  day: z.int(),
  size: z.int(),
  atSec: z.int(),
  rootHex: z.string(),
  signatureHex: z.string(),
  leafHashes: z.array(z.string()),
  // Heads of before have none.
  publicKeyPem: z.string().optional(),
})

/** What a check answers that finds that something does not hold; `reason` says what. */
export const notOurs: FaultCode = 'RECEIPT-11'

/** FILE-01 for what is no head of a day. */
export function readDayHead(file: string): z.infer<typeof dayHead> {
  const text = readText(file)
  try {
    return dayHead.parse(JSON.parse(text))
  } catch (error) {
    const note = error instanceof Error ? (error.message.split('\n', 1)[0] ?? '') : String(error)
    throw new LaneFault('FILE-01', { file, note })
  }
}
