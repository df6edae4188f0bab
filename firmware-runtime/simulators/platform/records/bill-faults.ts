// Faults of the simulated platform's bills, set by the administration: each must be found by the reader of a bill.
// A fault changes the line of one charge, or adds one.
/** One fault of a bill. */
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
  /** The charge that it changes; for a foreign line the added number. */
  readonly outTradeNo: string
}

export const clearingStatuses = ['UNCLEARED', 'DISPUTED', 'CLEARED'] as const

/** Clearing of a charge between banks. */
export interface Clearing {
  readonly status: (typeof clearingStatuses)[number]
  /** Null: no accounting day yet. */
  readonly accountDate: string | null
}
