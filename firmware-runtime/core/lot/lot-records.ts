// What a lot tells others of its cars beside money (P19; table G.1, rows 5, 7, 10 and 12): which rows of a transaction
// make a record of an entry, of a plate, or of an exit for the operator. Pure: what is written of it is made by the app.
import type { DebitProof, DestinationName, RowDraft } from '../values/rows/ledger-row.ts'
import type { ComplaintKind } from '../values/feedback.ts'
import type { Fen } from '../values/fen.ts'
import type { InstantMs } from '../values/instant.ts'
import type { PlateColour } from '../values/plates/plate.ts'
import type { PlateSaid } from '../values/plates/plate-said.ts'
import type { LaneConfig } from './config.ts'
import { destinationsOf, takersOf, takesCharges } from './destinations.ts'
import type { LotState } from './lot-state.ts'

export interface EntryFacts {
  readonly entryNo: string
  readonly laneId: string
  /** Null: it was let in unread. */
  readonly plate: string | null
  readonly colour: PlateColour
  readonly said: PlateSaid
  readonly enteredAtMs: InstantMs
}

export interface PlateFacts {
  readonly plateRecNo: string
  readonly laneId: string
  readonly direction: 'in' | 'out'
  readonly atMs: InstantMs
  readonly plate: string
  readonly colour: PlateColour
  readonly said: PlateSaid
  /** Number of the charge that the car left with; null where it left without one. */
  readonly matchedTradeNo: string | null
}

/** A shift that ended: its drawer was counted (P21). */
export interface ShiftFacts {
  readonly shiftNo: string
  readonly staffId: string
  /** The planned shift that it was; null where no plan has it. */
  readonly planNo: string | null
  readonly onMs: InstantMs
  readonly offMs: InstantMs
  readonly cashFen: Fen
  readonly etcCount: number
  readonly etcFen: Fen
}

/** A driver's word that was taken here (P36). */
export interface FeedbackFacts {
  readonly feedbackNo: string
  /** Of its charge; null where none was made: then its stay stands for it. */
  readonly outTradeNo: string | null
  readonly stayId: string
  readonly kind: ComplaintKind
  readonly text: string
  readonly contact: string | null
}

/** What came of a driver's word, taken here or by the platform. */
export interface FeedbackEnd {
  readonly feedbackNo: string
  readonly answer: string
  /** Null: nothing went back. */
  readonly outRefundNo: string | null
}

interface Of {
  readonly stayId: string
  readonly laneId: string
  readonly destinations: readonly DestinationName[]
}

export type LotRecord =
  | (Of & { readonly op: 'entryRecord'; readonly facts: EntryFacts })
  | (Of & { readonly op: 'plateRecord'; readonly facts: Omit<PlateFacts, 'plateRecNo'> })
  | (Of & { readonly op: 'shiftRecord'; readonly facts: Omit<ShiftFacts, 'shiftNo'> })
  | (Of & { readonly op: 'feedback'; readonly atMs: InstantMs; readonly facts: FeedbackFacts })
  | (Of & { readonly op: 'feedbackState'; readonly atMs: InstantMs; readonly facts: FeedbackEnd })
  /** Its body is that of the charge: `upload` is in the same transaction, else the charge was sent before. */
  | (Of & {
      readonly op: 'exitRecord'
      readonly deductionId: string
      readonly orderId: string | null
      readonly atMs: InstantMs
      readonly upload: Extract<RowDraft, { kind: 'outbox' }> | null
      /** As its outcome says; null where that was written before. */
      readonly proof: DebitProof | null
    })

interface RecordTargets {
  readonly entry: readonly DestinationName[]
  readonly plateIn: readonly DestinationName[]
  /** Who has no charge of it. */
  readonly exit: readonly DestinationName[]
  readonly plateOut: readonly DestinationName[]
  readonly shift: readonly DestinationName[]
  /** Of a driver's word: who has the charge, else who runs the lot. */
  readonly feedback: readonly DestinationName[]
}

/** Where the records of a lot go: of a lot that names nobody, nowhere. */
export function recordTargets(config: Parameters<typeof destinationsOf>[0]): RecordTargets {
  const named = destinationsOf(config)
  const [charges, runs] = [named.filter((one) => one.charges), named.filter((one) => one.shifts)]
  return {
    entry: takersOf(config, 'entry'),
    plateIn: takersOf(config, 'entry-plate'),
    exit: takersOf(config, 'exit').filter((id) => !takesCharges(id)),
    plateOut: takersOf(config, 'exit-plate'),
    shift: takersOf(config, 'shift'),
    feedback: (charges.length > 0 ? charges : runs).map(({ id }) => id as DestinationName),
  }
}

const paidTradeNo = (lot: LotState, stayId: string): string | null => {
  const deductions = (lot.stays.get(stayId)?.orders ?? []).flatMap((order) => order.deductions)
  return deductions.find(({ state }) => state === 'paid')?.outTradeNo ?? null
}

type Rows<K extends RowDraft['kind']> = Extract<RowDraft, { kind: K }>

function ofEntry(
  row: Rows<'stayOpened'>,
  destinations: readonly DestinationName[],
  plateIn: readonly DestinationName[],
): LotRecord[] {
  const { stayId, laneId, body } = row
  if (body.noEntry || body.imported === true || stayId === undefined || laneId === undefined)
    return []
  const { plate, colour, said = {}, enteredAtMs } = body
  const of = { stayId, laneId, destinations }
  const facts = { entryNo: stayId, laneId, plate, colour, said, enteredAtMs }
  const entry: LotRecord = { ...of, op: 'entryRecord', facts }
  const atEntry = { ...of, destinations: plateIn, atMs: enteredAtMs, direction: 'in' } as const
  return [entry, ...ofPlate(atEntry, { plate, colour, said }, null)]
}

function ofPlate(
  { atMs, direction, ...of }: Of & Pick<PlateFacts, 'atMs' | 'direction'>,
  { plate, colour, said }: Pick<EntryFacts, 'plate' | 'colour' | 'said'>,
  matchedTradeNo: string | null,
): LotRecord[] {
  if (plate === null) return []
  const { laneId } = of
  const facts = { laneId, direction, atMs, plate, colour, said, matchedTradeNo }
  return [{ ...of, op: 'plateRecord', facts }]
}

function ofLatePlate(
  lot: LotState,
  row: Rows<'plateRead'>,
  destinations: readonly DestinationName[],
): LotRecord[] {
  const { stayId, laneId, body, atMs } = row
  if (stayId === undefined || laneId === undefined) return []
  if (lot.stays.get(stayId)?.plate !== null) return []
  const { plate, colour, said = {} } = body
  const read = { plate, colour, said }
  return ofPlate({ stayId, laneId, destinations, atMs, direction: 'in' }, read, null)
}

/** A person who closes a stay names no lane: no car was seen leaving. */
function ofExit(
  lot: LotState,
  row: Rows<'stayClosed'>,
  destinations: readonly DestinationName[],
): LotRecord[] {
  const { stayId, laneId, body } = row
  const stay = lot.stays.get(stayId ?? '')
  if (stay === undefined || laneId === undefined) return []
  const of = { stayId: stay.stayId, laneId, destinations, atMs: body.leftAtMs }
  const { plate, colour } = stay
  const read = { plate, colour, said: body.said ?? {} }
  return ofPlate({ ...of, direction: 'out' }, read, paidTradeNo(lot, stay.stayId))
}

function ofCharge(
  row: Rows<'outcome'>,
  drafts: readonly RowDraft[],
  destinations: readonly DestinationName[],
): LotRecord[] {
  const { deductionId, stayId, laneId, orderId } = row
  if (row.body.state !== 'paid' || deductionId === undefined || destinations.length === 0) return []
  const upload = uploadIn(drafts, deductionId)
  // A card's debit without an upload has no transaction to tell of; the platform's own answer has its charge.
  if (upload === null && row.body.source !== 'platform') return []
  const of = { stayId: stayId ?? '', laneId: laneId ?? '', destinations }
  const { proof } = row.body
  const facts = { deductionId, orderId: orderId ?? null, atMs: row.atMs, upload, proof }
  return [{ ...of, op: 'exitRecord', ...facts }]
}

const uploadIn = (drafts: readonly RowDraft[], deductionId: string): Rows<'outbox'> | null =>
  drafts.find(
    (one): one is Rows<'outbox'> =>
      one.kind === 'outbox' && one.body.op === 'exitUpload' && one.deductionId === deductionId,
  ) ?? null

/** An upload that is made later than its outcome: at a start, or when a TAC came late. */
function ofUpload(
  row: Rows<'outbox'>,
  drafts: readonly RowDraft[],
  destinations: readonly DestinationName[],
): LotRecord[] {
  const { deductionId, stayId, laneId, orderId, atMs } = row
  const { op, replaces, resends } = row.body
  // The operator had the record of that exit when it was first made.
  if (op !== 'exitUpload' || replaces !== undefined || resends !== undefined) return []
  if (deductionId === undefined || destinations.length === 0) return []
  const paidHere = drafts.some(
    (one) => one.kind === 'outcome' && one.deductionId === deductionId && one.body.state === 'paid',
  )
  if (paidHere) return []
  const of = { stayId: stayId ?? '', laneId: laneId ?? '', destinations }
  const facts = { deductionId, orderId: orderId ?? null, atMs, upload: row, proof: null }
  return [{ ...of, op: 'exitRecord', ...facts }]
}

/** Of a count that says what ETC took: those of before do not. And of a planned shift without one. */
function ofCount(row: Rows<'book'>, destinations: readonly DestinationName[]): LotRecord[] {
  const { body, atMs } = row
  if (body.row === 'planEnded') {
    const { shiftNo: planNo, staffId, onMs, offMs } = body.shift
    const sums = { cashFen: 0, etcCount: body.etc.count, etcFen: body.etc.fen }
    const facts = { staffId, planNo, onMs, offMs, ...sums }
    return [{ op: 'shiftRecord', stayId: '', laneId: '', destinations, facts }]
  }
  if (body.row !== 'counted' || body.etc === undefined) return []
  const { by, planNo = null, fromMs, takenFen, backFen = 0, etc } = body
  const cashFen = takenFen - backFen
  const sums = { cashFen, etcCount: etc.count, etcFen: etc.fen }
  const facts = { staffId: by, planNo, onMs: fromMs, offMs: atMs, ...sums }
  return [{ op: 'shiftRecord', stayId: '', laneId: '', destinations, facts }]
}

function ofFeedback(
  { body, atMs }: Rows<'book'>,
  destinations: readonly DestinationName[],
): LotRecord[] {
  const of = { laneId: '', atMs, destinations }
  if (body.row === 'end') {
    const { feedbackNo, answer = '', outRefundNo = null } = body
    if (feedbackNo === undefined) return []
    return [{ ...of, stayId: '', op: 'feedbackState', facts: { feedbackNo, answer, outRefundNo } }]
  }
  // What the platform has told it knows.
  if (body.row !== 'item' || body.feedback?.seq !== 0) return []
  const { complaint, no, outTradeNo, text } = body.feedback
  const { stayId } = body
  if (complaint === undefined || stayId === undefined) return []
  const { kind, contact = null } = complaint
  const facts = { feedbackNo: no, outTradeNo, stayId, kind, text, contact }
  return [{ ...of, stayId, op: 'feedback', facts }]
}

/** The records that these rows make, by the state before them. */
export function recordsOf(
  lot: LotState,
  drafts: readonly RowDraft[],
  to: RecordTargets,
  isExit: (laneId: string) => boolean,
): readonly LotRecord[] {
  const found = drafts.flatMap((row): readonly LotRecord[] => {
    if (row.kind === 'book') return [...ofCount(row, to.shift), ...ofFeedback(row, to.feedback)]
    if (row.kind === 'stayOpened') return ofEntry(row, to.entry, to.plateIn)
    if (row.kind === 'plateRead') return ofLatePlate(lot, row, to.plateIn)
    if (row.kind === 'outcome') return ofCharge(row, drafts, to.exit)
    if (row.kind === 'outbox') return ofUpload(row, drafts, to.exit)
    if (row.kind === 'stayClosed' && isExit(row.laneId ?? '')) return ofExit(lot, row, to.plateOut)
    return []
  })
  return found.filter(({ destinations }) => destinations.length > 0)
}

/** Lanes by which cars leave. */
export const exitLanes = (lanes: readonly Pick<LaneConfig, 'id' | 'direction'>[]) => {
  const ids = new Set(lanes.flatMap(({ id, direction }) => (direction === 'exit' ? [id] : [])))
  return (laneId: string): boolean => ids.has(laneId)
}
