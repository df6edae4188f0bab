// The printed strip: width in dots, lines in order, codes and cuts.
// It does not know the product's receipt layout.

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
  /** Size of a module in dots. */
  readonly dots: number
  readonly level: 'L' | 'M' | 'Q' | 'H'
}

export type Printed = PrintedLine | PrintedCode

export interface Strip {
  readonly parts: readonly Printed[]
  readonly isCut: boolean
}

export const halfDots = 12
/** Height of a normal line with its gap, dots. */
export const lineDots = 30

const isWide = (char: string): boolean => (char.codePointAt(0) ?? 0) > 0x7f

export const dotsOf = (char: string, wide: number): number =>
  (isWide(char) ? 2 : 1) * halfDots * wide

/** The text as a person reads it. */
export const textOf = (parts: readonly Printed[]): string =>
  parts.map((part) => (part.kind === 'qr' ? '[QR]' : part.text)).join('\n')

export const codesOf = (parts: readonly Printed[]): readonly PrintedCode[] =>
  parts.flatMap((part) => (part.kind === 'qr' ? [part] : []))
