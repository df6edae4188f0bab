// Where the members of a HID-POS report are: from the descriptor of a device, or by its model. A type and the usual
// layout; nothing is decoded here.
export interface HidPosLayout {
  /** Report id in the first byte; null: reports have no id. */
  readonly reportId: number | null
  /** Position of the byte count; null: no count. */
  readonly lenAt: number | null
  readonly dataAt: number
  readonly dataMax: number
  /** Position of the bit that means that the code continues in the next report; null: no such bit. */
  readonly moreAt: number | null
  readonly moreMask: number
}

/** The layout of most scanners: report id, count, three bytes of symbology, text, symbology, reserved, continued. */
export const standardReport: HidPosLayout = {
  reportId: 2,
  lenAt: 1,
  dataAt: 5,
  dataMax: 56,
  moreAt: 63,
  moreMask: 1,
}
