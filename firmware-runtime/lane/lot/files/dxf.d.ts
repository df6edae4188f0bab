// The part of the package `dxf` that is used: its parser (ADR 402). Its other parts draw, and need further packages.

declare module 'dxf/lib/parseString.js' {
  export interface DxfPoint {
    readonly x?: number
    readonly y?: number
  }
  export interface DxfText extends DxfPoint {
    readonly string?: string
    /** Alignment point: that of a text that is not aligned to the left of its base line. */
    readonly x2?: number
    readonly y2?: number
    readonly hAlign?: number
    readonly vAlign?: number
  }
  export interface DxfEntity extends Omit<DxfText, 'string'> {
    readonly type: string
    readonly handle?: string
    readonly layer?: string
    readonly paperSpace?: number
    readonly closed?: boolean
    readonly vertices?: readonly DxfPoint[]
    readonly string?: string
    /** Of an attribute. */
    readonly text?: DxfText
    /** Of a block that is inserted: its name, and its copies in rows and columns. */
    readonly block?: string
    readonly scaleX?: number
    readonly scaleY?: number
    /** Degrees. */
    readonly rotation?: number
    readonly rowCount?: number
    readonly columnCount?: number
    readonly rowSpacing?: number
    readonly columnSpacing?: number
  }
  /** Its base point is `x`, `y`. */
  export interface DxfBlock extends DxfPoint {
    readonly name?: string
    readonly entities?: readonly DxfEntity[]
  }
  const given: unknown
  export default given
}
