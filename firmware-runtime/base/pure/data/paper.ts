// The content of a printed strip, line by line and independent of the printer, and the results that a printer reports.
// A printer with a fault does not print later automatically: a person requests the print again.
import type { DrawerPin } from '../lot/config.ts'

interface PaperText {
  readonly kind: 'text'
  readonly text: string
  readonly align: 'left' | 'center'
  /** `large`: twice as wide and high where it fits. */
  readonly size: 'normal' | 'large'
}

export type PaperLine =
  | PaperText
  /** A name on the left, its value on the right; `isBig`: bold and twice as high. */
  | {
      readonly kind: 'pair'
      readonly name: string
      readonly value: string
      readonly isBig: boolean
    }
  | { readonly kind: 'rule' }
  | { readonly kind: 'qr'; readonly text: string }

/** Why it cannot print. `silent`: it does not answer. `notKnown`: it accepts data and never answers. */
export type PrinterTrouble = 'silent' | 'offline' | 'coverOpen' | 'paperOut' | 'error' | 'notKnown'

export type PrinterCommand =
  | { readonly do: 'print'; readonly jobId: number; readonly lines: readonly PaperLine[] }
  /** Sends the pulse that opens a cash drawer. There is no feedback: a person sees it. */
  | { readonly do: 'openDrawer'; readonly pin: DrawerPin }

export type PrinterEvent =
  | {
      readonly type: 'printerState'
      readonly trouble: PrinterTrouble | null
      readonly isNearEnd: boolean
    }
  | { readonly type: 'printed'; readonly jobId: number }
  /** `isSent`: its bytes were sent, so part or all of the paper may be printed. */
  | {
      readonly type: 'notPrinted'
      readonly jobId: number
      readonly why: PrinterTrouble | 'unanswered'
      readonly isSent: boolean
    }
