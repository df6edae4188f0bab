// What an admin may make wrong in the bills of the simulated platform: each is a thing that a reader of bills has to find.
// A fault hits the line of one charge, or invents one.
/** What an admin made wrong in the bills, so that the other side has something to find. */
export const billFaults = [
  'drop',
  'foreign',
  'fee',
  'refund',
  'gone',
  'noRefund',
  'twice',
  'otherDay',
  'uncleared',
  'splitDrop',
  'splitForeign',
  'splitSum',
  'splitShare',
] as const
export interface BillFault {
  readonly do: (typeof billFaults)[number]
  /** The charge that it hits; of a foreign line the number that it invents. */
  readonly outTradeNo: string
}

export const clearingStatuses = ['UNCLEARED', 'DISPUTED', 'CLEARED'] as const

/** How the money of a charge goes on between banks. */
export interface Clearing {
  readonly status: (typeof clearingStatuses)[number]
  /** Null: on no day yet. */
  readonly accountDate: string | null
}
