// The strip of paper as the printer makes it: dots across, lines as they stand, codes, and where it was cut.
// Nothing here knows how the product lays a receipt out.

interface PrintedLine {
  readonly kind: 'line'
  readonly text: string
  readonly align: number
  readonly bold: boolean
  /** 1 or 2. */
  readonly wide: number
  readonly high: number
}

export interface PrintedCode {
  readonly kind: 'qr'
  readonly text: string
  readonly align: number
  /** Dots a side of a module. */
  readonly dots: number
  readonly level: 'L' | 'M' | 'Q' | 'H'
}

export type Printed = PrintedLine | PrintedCode

export interface Strip {
  readonly parts: readonly Printed[]
  readonly isCut: boolean
}

export const halfDots = 12
/** Of a line of normal height, with its gap. */
export const lineDots = 30

const isWide = (char: string): boolean => (char.codePointAt(0) ?? 0) > 0x7f

export const dotsOf = (char: string, wide: number): number =>
  (isWide(char) ? 2 : 1) * halfDots * wide

/** What a person reads on it. */
export const textOf = (parts: readonly Printed[]): string =>
  parts.map((part) => (part.kind === 'qr' ? '[QR]' : part.text)).join('\n')

export const codesOf = (parts: readonly Printed[]): readonly PrintedCode[] =>
  parts.flatMap((part) => (part.kind === 'qr' ? [part] : []))
