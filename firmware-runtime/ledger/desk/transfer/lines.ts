// The lines inside the files of an offline transfer: records out, answers back.
// Shared by writer and reader (docs/transfer-format.md).
import { z } from 'zod'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { parsed } from '#base/pure/data/json.ts'

const base64 = z.base64()
const ops = z.enum([
  'charge',
  'exitUpload',
  'exception',
  'refund',
  'entryRecord',
  'exitRecord',
  'plateRecord',
  'batch',
  'shiftRecord',
  'feedback',
  'feedbackState',
])
const send = z.enum(['post', 'query'])

/** First line of an outgoing file: the destination, and the key for the answers. */
export const outHead = z.strictObject({
  atIso: z.string().max(40),
  provinceCode: z.string().max(10),
  /** As in the channel of the lot's platform (P8). */
  encryptVehicleIds: z.boolean().optional(),
  appId: z.string().max(64),
  url: z.string().max(200),
  /** PEM: root of the server certificate, and the platform's certificates. */
  ca: z.string().max(65_536),
  platform: z.string().max(65_536),
  backKey: base64,
  records: z.int().min(0),
})
export type OutHead = z.infer<typeof outHead>

export const outRecord = z.strictObject({
  outboxId: z.string().max(64),
  op: ops,
  businessNo: z.string().max(64),
  amountFen: z.int(),
  /** `query`: a charge that may not be posted any more. */
  send,
  bodySm3: z.string().regex(/^[0-9a-f]{64}$/),
  body: z.string(),
})
export type OutRecord = z.infer<typeof outRecord>

/** The platform's answer byte for byte, with the headers that carry its signature. */
export const backRecord = z.strictObject({
  outboxId: z.string().max(64),
  businessNo: z.string().max(64),
  send,
  status: z.int().min(100).max(599),
  headers: z.record(z.string().max(64), z.string().max(2_048)),
  body: base64,
})
export type BackRecord = z.infer<typeof backRecord>

/** Throws TRANSFER-01 with the number of the first line that does not fit the shape. */
export const linesAs = <T>(shape: z.ZodType<T>, lines: readonly string[], file: string): T[] =>
  lines.map((line, at) => {
    const found = shape.safeParse(parsed(line))
    if (found.success) return found.data
    const note = found.error.issues[0]?.path.join('/') ?? ''
    throw new LaneFault('TRANSFER-01', { file, field: `line ${at + 1}`, note })
  })
