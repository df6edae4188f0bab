// Examples of a tester's file: its bytes decoded by the column map of its profile, every row. They cannot be encoded
// again, so a digest fixes the bytes.
import { createHash } from 'node:crypto'
import { bothOf, joinedWhy } from '#base/pure/words/fault-text.ts'
import { readFieldCsv } from '../pure/field/field-csv.ts'
import { testerMapOf } from '../pure/field/tester-rows.ts'
import { isoOf } from '#base/pure/values/instant.ts'
import { differs, refused, type ExampleTurn, type Of } from './example-turn.ts'
import { testerText } from './tester-text.ts'
import { findingWords as words } from './finding-words.ts'

export type TesterData = Readonly<Record<string, unknown>>

/** Height for an example that does not state one, mm. */
const heightMm = 1_000

export function testerTurn(
  bytes: Uint8Array,
  want: Of<'tester-rows'>,
  data: TesterData,
): ExampleTurn {
  if (createHash('sha256').update(bytes).digest('hex') !== want.sha256)
    return refused(words.digestOther())
  const read = testerMapOf(data)
  if (!read.ok) return refused(words.mapNotWhole())
  const text = testerText(bytes, read.map.encoding)
  if (text === null) return refused(words.notEncoded(read.map.encoding))
  const rows = readFieldCsv(text, { ...read.map.plan, heightMm })
  if (!rows.ok) {
    const { line, column, value, note } = rows.fault
    return refused(bothOf(joinedWhy([`line ${line} ${column} ${value}`, note])))
  }
  const said = rows.readings.map(({ xMm, yMm, zMm, levelsDbm, atMs, channel }) => ({
    xMm,
    yMm,
    levelDbm: levelsDbm[0] ?? null,
    ...(zMm === heightMm ? {} : { zMm }),
    ...(channel === undefined ? {} : { channel }),
    ...(atMs === null ? {} : { atIso: isoOf(atMs) }),
  }))
  return { decoded: differs(said, want.readings), again: null }
}
