// Properties of one receipt printer and limits of its driver, each with its unit. What differs between models is in the
// profile (device-profiles/printer).

export interface EscposConfig {
  /**
   * Whether it answers status queries. `maybe`: one on USB may never answer, and prints all the same; `never`: it
   * cannot.
   */
  readonly asks: 'always' | 'maybe' | 'never'
  /** Half-width characters of a line: 48 on paper of 80 mm, 32 on 58 mm. */
  readonly columnsMax: number
  /** Dots for one side of a module of the QR code, 1 to 16. */
  readonly moduleDotsMax: number
  /** It has a cutter; without one it only feeds. */
  readonly cuts: boolean
  /** Lines fed before the cut, so that the last line is outside of the cutter. */
  readonly feedLines: number
  /** Time limit for one status byte while nothing is printed. */
  readonly answerTimeoutMs: number
  /** The same after a receipt of 2 kB, which takes 2 s over a serial line of 9600 baud. */
  readonly busyTimeoutMs: number
  /** Time limit from the last byte of a receipt to the answer that it is printed. */
  readonly printTimeoutMs: number
  /** Interval of status queries. */
  readonly careMs: number
  /** The same while it prints. */
  readonly printLookMs: number
}

/** A printer for 80 mm paper with a cutter, 203 dpi; time limits are our own choice. */
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

/** Usual factory speed of serial printers. */
export const printerBaud = '9600'
