// What a file of this folder says of one kind of matter that waits for a person: the call whose answer has it, the call
// by which a person ends it, and its sentences.
import { attentionRows, type AttentionRow } from '#base/pure/words/attention.ts'
import type { AnswerOf, ApiName, ArgsOf } from '../api/table.ts'
import type { BilingualText } from '#base/pure/words/fault-text.ts'
import type { EvidenceDevices } from '#lane/pure/open/evidence-devices.ts'
import { isoOf, type InstantMs } from '#base/pure/values/instant.ts'
import { ofFile, type MatterPage, type MatterThing } from '#base/pure/values/matter-thing.ts'

export interface MatterRow {
  /** Unique among the matters of this kind; the same as long as the matter lasts. */
  readonly key: string
  readonly what: BilingualText
  /** Null: not known. */
  readonly sinceIso: string | null
  /** Cars or money are held up by it now. */
  readonly isUrgent?: boolean
  /** Names of those who may end it; absent or null: all who may make the call. */
  readonly people?: readonly string[] | null
  /** The lane, device, stay or file that it is about: the page shows exactly that. */
  readonly thing: MatterThing
  /** Where it differs from the kind. */
  readonly by?: ApiName
  readonly to?: MatterPage
}

export interface Matter<N extends ApiName = ApiName> {
  readonly reads: N
  readonly args?: ArgsOf<N>
  /** The call by which a person ends it. */
  readonly by: ApiName
  readonly why: BilingualText | ((here: MatterPlace) => BilingualText)
  readonly button: BilingualText
  /** Page where a person ends it; the thing of a row is added to its address (addressOf). */
  readonly to: MatterPage
  /** Not in a demo. */
  readonly ownLot?: true
  rowsOf(answer: AnswerOf<N>, here: MatterPlace): readonly MatterRow[]
}

/** What a matter knows of the lot beside the answer. */
export interface MatterPlace {
  laneName(laneId: string): BilingualText
  /** Null: the lot is no open lot. */
  readonly street: Pick<EvidenceDevices, 'collects' | 'reader'> | null
  readonly nowMs: InstantMs
  /** Ms since the start of the program: a device that was never heard is silent for that long. */
  readonly upMs: number
}

/** Matters of one kind of the line above every page, for every lane of the board. */
export const onBoard =
  (
    kind: AttentionRow['kind'],
    whatOf: (row: AttentionRow, lane: BilingualText) => BilingualText,
  ): Matter<'board.get'>['rowsOf'] =>
  ({ lanes, raised }, { laneName, nowMs, upMs }) =>
    attentionRows(
      lanes,
      { businessMs: nowMs, silentMs: ({ heardMsAgo }) => heardMsAgo, lostMs: () => upMs },
      raised,
    )
      .filter((row) => row.kind === kind)
      .map((row) => ({
        key: row.key,
        what: whatOf(row, laneName(row.laneId)),
        sinceIso: row.sinceSec === null ? null : isoOf(nowMs - row.sinceSec * 1_000),
        isUrgent: true,
        to: row.page,
        thing: row.thing,
      }))

type SpaceRow = AnswerOf<'spaces.list'>['rows'][number]
/** Spaces that a row names; the others are counted. */
const namedMax = 5

/** Cars in spaces that wait for one reason, one row a street: since when the first of them waits, and which spaces. */
export function onStreets(
  rows: readonly SpaceRow[],
  sinceOf: (row: SpaceRow) => string | null,
  whatOf: (street: string, spaces: string, count: number) => BilingualText,
): readonly MatterRow[] {
  const streets = Map.groupBy(
    rows.filter((row) => sinceOf(row) !== null),
    ({ street }) => street,
  )
  return [...streets].flatMap(([street, own]) => {
    const [first] = own.toSorted((a, b) => (sinceOf(a) ?? '').localeCompare(sinceOf(b) ?? ''))
    if (first === undefined) return []
    const names = own.slice(0, namedMax).map(({ spaceId }) => spaceId)
    const spaces = `${names.join(' ')}${own.length > namedMax ? ' …' : ''}`
    const what = whatOf(street, spaces, own.length)
    const thing = ofFile(first.spaceId)
    return [{ key: `street ${street}`, what, sinceIso: sinceOf(first), thing }]
  })
}

export const defineMatter = <N extends ApiName>(matter: Matter<N>): Matter<N> => matter
