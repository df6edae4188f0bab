// Calls that give out the receipt of a stay, and the head that joins the receipts of a day.
// A receipt moves no money: who asks twice gets the same one again.
import { t } from '../../core/values/fault-text.ts'
import { z } from 'zod'
import type { PaperLine, PrinterTrouble } from '../../core/print/paper.ts'
import { paperEnds } from '../../core/values/paper-ends.ts'
import { act, change, laneId, read, reply, said, who, type ActAnswer } from '../rows.ts'

interface ReceiptView {
  readonly stayId: string
  /** Empty where the car has none. */
  readonly plate: string
  readonly enteredAtIso: string
  readonly leftAtIso: string
  readonly amountFen: number
  readonly means: string
  /** What went back since; the receipt itself keeps what was paid. */
  readonly refundedFen: number
  /** yyyymmdd, as a number; with the number of the receipt in that day. */
  readonly day: number
  readonly receiptNo: number
  /** Given before, as a text or on paper. */
  readonly isCopy: boolean
  /** A paper of it was asked for before: the next one is marked as a copy. */
  readonly isOnPaper: boolean
  /** As its words stand on paper. */
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

/** What prints, and what did not. */
export interface PrintersView {
  readonly printers: readonly {
    readonly id: string
    /** None: it prints for the whole lot. */
    readonly lanes: readonly string[]
    readonly prints: 'asked' | 'always'
    /** Null: ready. */
    readonly trouble: PrinterTrouble | null
    readonly code: string | null
    /** It will be out of paper soon. */
    readonly isNearEnd: boolean
  }[]
  /** Asked for within a day and not printed, oldest first. */
  readonly waiting: readonly {
    readonly stayId: string
    readonly printer: string
    readonly sinceIso: string
    readonly code: string
    /** Bytes of it had left: a part of the paper may be out, or all of it. */
    readonly isSent: boolean
  }[]
}

export const noPrinters: PrintersView = { printers: [], waiting: [] }

/** Hex in capitals. Hashes of leaves name no car. */
interface ReceiptDayView {
  readonly day: number
  readonly size: number
  readonly amountFen: number
  /** Places that a lost machine may have given out; `size` counts them. */
  readonly lost: number
  readonly atSec: number
  readonly rootHex: string
  readonly signatureHex: string
  readonly leafHashes: readonly string[]
  /** Of the key that signed it: a receipt is checked with this head alone. */
  readonly publicKeyPem: string
}

/**
 * `unreadable`: no receipt, or cut; `noKey`: nothing was given to judge it by; `otherKey`: signed by another lot; `forged`: the signature does not fit;
 * `dayForged`: the head of the day does not fit; `notInDay`: the day has no such receipt, or another before it.
 * `lost`: it holds by its own signature, and the day says that its place was lost with a machine.
 */
export type ReceiptReason =
  | 'unreadable'
  | 'noKey'
  | 'otherKey'
  | 'forged'
  | 'dayForged'
  | 'notInDay'
  | 'lost'

/** A code that somebody holds, judged by the key and the day of this lot. */
export interface CheckedReceiptView {
  readonly ok: boolean
  /** Null: it holds. */
  readonly reason: ReceiptReason | null
  /** What it says; null where it cannot be read. It is believed only with `ok`. */
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
  /** Once a call; without `printer` the one that the lot has. */
  'receipt.print': change(
    'till',
    () => z.strictObject({ stayId: z.string().min(1).max(40), printer: laneId.optional() }),
    reply<PrintedView>(),
    { command: 'receipt print' },
  ),
  'receipt.pdf': change(
    'till',
    () => z.strictObject({ stayId: z.string().min(1).max(40) }),
    reply<PdfView>(),
    { document: true },
  ),
  /** One that did not print ends by a person: it was seen on paper, its code was scanned, nobody wants it. */
  'receipt.end': act(
    'till',
    () => z.strictObject({ stayId: z.string().min(1).max(40), how: z.enum(paperEnds), ...who }),
    reply<ActAnswer>(),
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
