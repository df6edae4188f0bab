// Reads the head of a day from a file written by `receipt day`.
// The head binds all receipts and files of that day.
import { z } from 'zod'
import { LaneFault, type FaultCode } from '#base/pure/faults/faults.ts'
import { readText } from '#base/process/read-file.ts'

const dayHead = z.object({
  day: z.int(),
  size: z.int(),
  atSec: z.int(),
  rootHex: z.string(),
  signatureHex: z.string(),
  leafHashes: z.array(z.string()),
  // Heads written by older versions have no key.
  publicKeyPem: z.string().optional(),
})

/** The fault of a check that failed; `reason` says what does not hold. */
export const notOurs: FaultCode = 'RECEIPT-11'

/** Throws FILE-01 for a file that is not the head of a day. */
export function readDayHead(file: string): z.infer<typeof dayHead> {
  const text = readText(file)
  try {
    return dayHead.parse(JSON.parse(text))
  } catch (error) {
    const note = error instanceof Error ? (error.message.split('\n', 1)[0] ?? '') : String(error)
    throw new LaneFault('FILE-01', { file, note })
  }
}
