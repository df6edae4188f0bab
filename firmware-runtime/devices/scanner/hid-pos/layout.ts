// Where the members of a HID-POS report lie: as the descriptor of a device says, or as its model has them.
// A shape and the usual places; nothing is read here.
export interface HidPosLayout {
  /** Of its first byte; null where reports have no number. */
  readonly reportId: number | null
  /** Where the count of its bytes stands; null: it has none. */
  readonly lenAt: number | null
  readonly dataAt: number
  readonly dataMax: number
  /** A bit that says that the code goes on in the next report; null: it never does. */
  readonly moreAt: number | null
  readonly moreMask: number
}

/** As most readers have it: number, count, three bytes of symbology, text, symbology, reserved, continued. */
export const standardReport: HidPosLayout = {
  reportId: 2,
  lenAt: 1,
  dataAt: 5,
  dataMax: 56,
  moreAt: 63,
  moreMask: 1,
}
