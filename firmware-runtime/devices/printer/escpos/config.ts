// How one receipt printer is built and how patient its driver is: every limit with its unit.
// What differs from model to model stands in its profile (device-profiles/printer).

export interface EscposConfig {
  /** `maybe`: one on USB may never answer, and prints all the same; `never`: it cannot. */
  readonly asks: 'always' | 'maybe' | 'never'
  /** Half-width characters of a line: 48 on paper of 80 mm, 32 on 58 mm. */
  readonly columnsMax: number
  /** Dots a side of a module of the QR code, 1 to 16. */
  readonly moduleDotsMax: number
  /** It cuts by itself; one that does not only feeds. */
  readonly cuts: boolean
  /** Lines fed in front of the cut, so that the last one is outside of the cutter. */
  readonly feedLines: number
  /** For one byte of status while nothing is printed. */
  readonly answerTimeoutMs: number
  /** The same behind a receipt of 2 kB, which takes 2 s over a serial line of 9600 baud. */
  readonly busyTimeoutMs: number
  /** From the last byte of a receipt to the answer that it is printed. */
  readonly printTimeoutMs: number
  /** Between two looks at its status. */
  readonly careMs: number
  /** The same while it prints. */
  readonly printLookMs: number
}

/** A printer for paper of 80 mm with a cutter, 203 dpi; waits are our own choice. */
export const standardPrinter: EscposConfig = {
  asks: 'always',
  columnsMax: 48,
  moduleDotsMax: 4,
  cuts: true,
  feedLines: 3,
  answerTimeoutMs: 3_000,
  busyTimeoutMs: 6_000,
  printTimeoutMs: 20_000,
  careMs: 5_000,
  printLookMs: 500,
}

/** Serial printers mostly leave the factory at this speed. */
export const printerBaud = '9600'
