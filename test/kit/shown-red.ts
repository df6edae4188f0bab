// Acceptance items that are shown red by their planted fault and green without it, over real links, for a lot in each
// charge mode: test/wire/acceptance-red-*.test.ts run them, and test/firmware-runtime/acceptance/pure/shown.test.ts counts
// them.
import type { ItemId } from '#acceptance/pure/items/ids.ts'
import type { ChargeMode } from '#base/pure/rows/ledger-row.ts'

interface Shown {
  /** Shown by a car, a refund or a drawer. */
  readonly acts: readonly ItemId[]
  /** Need minutes, an hour, a night or a morning; in this order, because a day is made only once. */
  readonly hours: readonly ItemId[]
}

const hours = [
  'G2',
  'G3',
  'G9',
  'G14',
  'I2',
  'G6',
  'G8',
  'G11',
  'G13',
  'R2',
  'R1',
  'F1',
  'F3',
  'H1',
  'H2',
  'I7',
] as const

const acts: readonly ItemId[] = [
  'E3',
  'E4',
  'F2',
  'F4',
  'F5',
  'F6',
  'G1',
  'G4',
  'G5',
  'G7',
  'G10',
  'G12',
  'I1',
  'I3',
  'I4',
  'I5',
  'I6',
  'I8',
]
/** Card mode makes no online charge. */
const onlineOnly: readonly ItemId[] = ['F4', 'F5']

export const shownRed: Readonly<Record<ChargeMode, Shown>> = {
  card: { acts: acts.filter((id) => !onlineOnly.includes(id)), hours },
  online: { acts, hours },
}
