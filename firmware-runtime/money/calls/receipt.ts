// Calls that issue the receipt of a stay, and the head that binds the receipts of a day. A receipt moves no money: a
// repeated request gets the same one again.
import { t } from '#base/pure/words/fault-text.ts'
import { z } from 'zod'
import type { PaperLine, PrinterTrouble } from '#base/pure/data/paper.ts'
import { paperEnds } from '#base/pure/values/paper-ends.ts'
import { change, laneId, plainAct, read, reply, said } from '#base/calls/rows.ts'

export interface ReceiptView {
  readonly stayId: string
  /** Empty: the car has no plate. */
  readonly plate: string
  readonly enteredAtIso: string
  readonly leftAtIso: string
  readonly amountFen: number
  readonly means: string
  /** Refunded since; the receipt itself keeps the amount paid. */
  readonly refundedFen: number
  /** Day as the number yyyymmdd; `receiptNo` counts within that day. */
  readonly day: number
  readonly receiptNo: number
  /** Issued before, as a text or on paper. */
  readonly isCopy: boolean
  /** A paper or a file of it may exist: the next one is marked as a copy. */
  readonly isOnPaper: boolean
  /** Number of the invoice that counts for its stay, by the service that issued it; null: none. */
  readonly invoiceNo: string | null
  /** The lines as on paper. */
  readonly lines: readonly PaperLine[]
  /** At most 1 kB, for a QR code in alphanumeric mode (docs/receipt-format.md). */
  readonly qrText: string
}

interface PrintedView extends ReceiptView {
  readonly printer: string
}

interface PdfView extends ReceiptView {
  readonly fileName: string
  readonly pdfBase64: string
}

/** Receipt printers, and receipts that did not print. */
export interface PrintersView {
  readonly printers: readonly {
    readonly id: string
    /** Empty: it prints for the whole lot. */
    readonly lanes: readonly string[]
    readonly prints: 'asked' | 'always'
    /** Null: ready. */
    readonly trouble: PrinterTrouble | null
    readonly code: string | null
    /** Its paper is almost used up. */
    readonly isNearEnd: boolean
  }[]
  /** Requested within a day and not printed, oldest first. */
  readonly waiting: readonly {
    readonly stayId: string
    readonly printer: string
    readonly sinceIso: string
    readonly code: string
    /** Bytes were sent: a part of the paper, or all of it, may have come out. */
    readonly isSent: boolean
  }[]
}

export const noPrinters: PrintersView = { printers: [], waiting: [] }

/** Upper-case hex. Hashes of leaves identify no car. */
interface ReceiptDayView {
  readonly day: number
  readonly size: number
  readonly amountFen: number
  /** Places that a lost machine may have issued; included in `size`. */
  readonly lost: number
  readonly atSec: number
  readonly rootHex: string
  readonly signatureHex: string
  readonly leafHashes: readonly string[]
  /** Public key that verifies the signature: with this head a receipt can be checked. */
  readonly publicKeyPem: string
}

/**
 * `unreadable`: not a receipt, or cut; `noKey`: no key was given to check it; `otherKey`: signed by another lot;
 * `forged`: the signature is wrong; `dayForged`: the head of the day is wrong; `notInDay`: the day does not have this
 * receipt, or not the same receipts before it; `lost`: its own signature is right, and the day says that its place was
 * lost with a machine.
 */
export type ReceiptReason =
  | 'unreadable'
  | 'noKey'
  | 'otherKey'
  | 'forged'
  | 'dayForged'
  | 'notInDay'
  | 'lost'

/** The text of a receipt, checked by the key and the day of this lot. */
export interface CheckedReceiptView {
  readonly ok: boolean
  /** Null: it is valid. */
  readonly reason: ReceiptReason | null
  /** Its content; null: unreadable. Reliable only with `ok`. */
  readonly says: {
    readonly stayId: string
    readonly plate: string
    readonly amountFen: number
    readonly leftAtIso: string
  } | null
}

export const receiptCalls = {
  'receipt.give': change(
    'till',
    () => z.strictObject({ stayId: z.string().min(1).max(40) }),
    reply<ReceiptView>(),
  ),
  /** One print for each call; without `printer` the lot's only one. */
  'receipt.print': change(
    'till',
    () => z.strictObject({ stayId: z.string().min(1).max(40), printer: laneId.optional() }),
    reply<PrintedView>(),
    { command: 'receipt print' },
  ),
  'receipt.pdf': change(
    'till',
    /** `toSave`: a person saves the file, and `receipt.saved` says how that ended; else it counts as given at once. */
    () => z.strictObject({ stayId: z.string().min(1).max(40), toSave: z.literal(true).optional() }),
    reply<PdfView>(),
    { document: true },
  ),
  'receipt.saved': change(
    'till',
    () => z.strictObject({ stayId: z.string().min(1).max(40), isSaved: z.boolean() }),
    reply<object>(),
  ),
  /** A person ends a receipt that did not print: it was seen on paper, its code was scanned, or it is not wanted. */
  'receipt.end': plainAct(
    'till',
    () => ({ stayId: z.string().min(1).max(40), how: z.enum(paperEnds) }),
    { words: t('停止待补的收据', 'Waiting receipt ended') },
  ),
  'receipt.check': read(
    'till',
    () => z.strictObject({ text: said(2_000) }),
    reply<CheckedReceiptView>(),
    { rest: 'folder' },
  ),
  'receipt.printers': read('desk', () => z.strictObject({}), reply<PrintersView>(), {
    rest: 'lanes',
    command: 'receipt printers',
  }),
  'receipt.day': read(
    'books',
    () => z.strictObject({ day: z.int().min(2020_01_01).max(2099_12_31) }),
    reply<ReceiptDayView>(),
    { rest: 'folder', command: 'receipt day' },
  ),
} as const
