// What is printed on a strip of paper, line by line, whoever prints it; and what a printer says came of it.
// A printer that has trouble never prints by itself later: a person asks for the paper again.
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

/** Why it cannot print; nothing is known of one that is silent. `notKnown`: it takes what is printed and never answers. */
export type PrinterTrouble = 'silent' | 'offline' | 'coverOpen' | 'paperOut' | 'error' | 'notKnown'

export type PrinterCommand =
  | { readonly do: 'print'; readonly jobId: number; readonly lines: readonly PaperLine[] }
  /** The pulse that opens a cash drawer. Nothing is answered: a person sees it. */
  | { readonly do: 'openDrawer'; readonly pin: DrawerPin }

export type PrinterEvent =
  | {
      readonly type: 'printerState'
      readonly trouble: PrinterTrouble | null
      readonly isNearEnd: boolean
    }
  | { readonly type: 'printed'; readonly jobId: number }
  /** `isSent`: its bytes had left, so a part of the paper may be out, or all of it. */
  | {
      readonly type: 'notPrinted'
      readonly jobId: number
      readonly why: PrinterTrouble | 'unanswered'
      readonly isSent: boolean
    }
