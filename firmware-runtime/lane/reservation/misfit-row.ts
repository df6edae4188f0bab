// The item of the books for a command of the reservation platform that does not fit: a person asks the platform what it meant.
// One for each type and number: a platform that repeats it adds none.
import { isoOf, type InstantMs } from '#base/pure/values/instant.ts'
import type { RowDraft } from '#base/pure/rows/ledger-row.ts'
import type { Misfit } from './receiver.ts'

export function misfitRow({ type, no, cmdId, answer }: Misfit, atMs: InstantMs): RowDraft {
  const body = {
    row: 'item',
    itemId: `reservation ${type} ${no}`,
    day: isoOf(atMs).slice(0, 10),
    means: 'operator',
    kind: 'commandMisfit',
    ref: `${type} ${no} (${cmdId}, ${answer})`,
    expectedFen: 0,
    foundFen: 0,
    owner: '',
  } as const
  return { kind: 'book', atMs, body }
}
