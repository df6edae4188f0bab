// Sandbox charges with a fixed outcome, by the amount, or by the plate for a lot that does not choose amounts.
// Production channels have none. docs/platform-sim.md has this table.
import type { RespCode } from './answers.ts'
import { numberOf, textOf, type Members } from './records/members.ts'

interface MagicRow {
  readonly amountFen: number
  readonly plate: string
  /** Description for the page. */
  readonly what: string
  /** Decided with this outcome at once. */
  readonly refuse?: RespCode
  /** Undecided (100002); decided with this outcome at its first query. */
  readonly late?: 'SUCCESS' | 'FAILED'
  /** Fault at its first request. */
  readonly once?: 'busy' | 'down' | 'forged' | 'lost'
}

const rows: readonly Omit<MagicRow, 'amountFen' | 'plate'>[] = [
  { what: 'refused with 300010, balance', refuse: '300010' },
  { what: 'refused with 300003, status list', refuse: '300003' },
  { what: 'refused with 300002, expired', refuse: '300002' },
  { what: 'refused with 300005, large amount', refuse: '300005' },
  { what: '100002; `SUCCESS` when its result is first asked for', late: 'SUCCESS' },
  { what: '100002; `FAILED` when its result is first asked for', late: 'FAILED' },
  { what: 'first answered 500002', once: 'busy' },
  { what: 'first answered by a page of a proxy, 503; not charged by that', once: 'down' },
  {
    what: 'first answered by somebody else, without a signature; not charged by that',
    once: 'forged',
  },
  { what: 'charged, and the first answer is lost', once: 'lost' },
]

export const magicRows: readonly MagicRow[] = rows.map((row, at) => ({
  amountFen: 9101 + at,
  plate: `测A9${String(at + 1).padStart(4, '0')}`,
  ...row,
}))

export const magicOf = (members: Members): MagicRow | null =>
  magicRows.find(({ plate }) => plate === textOf(members, 'vehiclePlate')) ??
  magicRows.find(({ amountFen }) => amountFen === numberOf(members, 'realFee')) ??
  null
