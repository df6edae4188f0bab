// Records of cars beside money that a lot reports (P19; table G.1, rows 5, 7, 10 and 12): selects the rows of a transaction
// that yield a record of an entry, a plate, or an exit for the operator. Pure: the app encodes the records.
import type { DebitProof, DestinationName, RowDraft } from '#base/pure/rows/ledger-row.ts'
import type { ComplaintKind } from '#base/pure/values/feedback.ts'
import type { Fen } from '#base/pure/values/fen.ts'
import type { InstantMs } from '#base/pure/values/instant.ts'
import type { PlateColour } from '#base/pure/plates/plate.ts'
import type { PlateSaid } from '#base/pure/plates/plate-said.ts'
import type { LaneConfig } from '#base/pure/lot/config.ts'
import { destinationsOf, takersOf, takesCharges } from './destinations.ts'
import type { LotState } from './lot-state.ts'

export interface EntryFacts {
  readonly entryNo: string
  readonly laneId: string
  /** Null: admitted without a reading. */
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

/** A shift that ended with a count of its drawer (P21). */
export interface ShiftFacts {
  readonly shiftNo: string
  readonly staffId: string
  /** Number of the matching planned shift; null: not planned. */
  readonly planNo: string | null
  readonly onMs: InstantMs
  readonly offMs: InstantMs
  readonly cashFen: Fen
  readonly etcCount: number
  readonly etcFen: Fen
}

/** Driver feedback that was recorded at this lot (P36). */
export interface FeedbackFacts {
  readonly feedbackNo: string
  /** Trade number of its charge; null: no charge, and the stay identifies it. */
  readonly outTradeNo: string | null
  readonly stayId: string
  readonly kind: ComplaintKind
  readonly text: string
  readonly contact: string | null
}

/** The result of driver feedback that was recorded here or by the platform. */
export interface FeedbackEnd {
  readonly feedbackNo: string
  readonly answer: string
  /** Null: no refund. */
  readonly outRefundNo: string | null
  /** It is open again: the refund by which it ended was refused. */
  readonly isOpen?: true
  /** How many states of it were told before. */
  readonly told?: number
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
  /** Its body is that of the charge: `upload` is in the same transaction; null: the charge was sent earlier. */
  | (Of & {
      readonly op: 'exitRecord'
      readonly deductionId: string
      readonly orderId: string | null
      readonly atMs: InstantMs
      readonly upload: Extract<RowDraft, { kind: 'outbox' }> | null
      /** Proof of the outcome; null where the outcome was written earlier. */
      readonly proof: DebitProof | null
    })

interface RecordTargets {
  readonly entry: readonly DestinationName[]
  readonly plateIn: readonly DestinationName[]
  /** Destinations that do not receive the charge. */
  readonly exit: readonly DestinationName[]
  readonly plateOut: readonly DestinationName[]
  readonly shift: readonly DestinationName[]
  /** Of driver feedback: the destination of the charge, else the operator of the lot. */
  readonly feedback: readonly DestinationName[]
}

/** Destinations of the records of a lot; empty where it names none. */
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
  const stay = lot.stays.get(stayId)
  if (stay === undefined || stay.plate !== null) return []
  const { plate, colour, said = {} } = body
  const read = { plate, colour, said }
  // A person gives the plate at the exit, to a car that came in long before.
  const cameMs = said.by === 'person' ? stay.enteredAtMs : atMs
  return ofPlate({ stayId, laneId, destinations, atMs: cameMs, direction: 'in' }, read, null)
}

/** A stay closed by a person has no lane: no car was seen leaving, so there is no record. */
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
  // A card debit without an upload has no transaction to report; a debit at the platform is known to it already.
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

/** An upload written later than its outcome: at a start, or when a TAC came late. */
function ofUpload(
  row: Rows<'outbox'>,
  drafts: readonly RowDraft[],
  destinations: readonly DestinationName[],
): LotRecord[] {
  const { deductionId, stayId, laneId, orderId, atMs } = row
  const { op, replaces, resends } = row.body
  // The operator received the record of that exit with the first upload.
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

/** Shift record of a count, and of a planned shift without a count. Counts from older versions lack the ETC sums: no record. */
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

/** Words for the driver, as the platform asks for an answer with each state. */
const openAgain = '退费没有成功,反馈重新处理'

function ofFeedback(
  lot: Pick<LotState, 'feedbacks'>,
  { body, atMs }: Rows<'book'>,
  destinations: readonly DestinationName[],
): LotRecord[] {
  const of = { laneId: '', atMs, destinations }
  if (body.row === 'end' || body.row === 'reopened') {
    const { feedbackNo } = body
    if (feedbackNo === undefined) return []
    const { told = 0 } = lot.feedbacks.get(feedbackNo) ?? {}
    const { answer = '', outRefundNo = null } =
      body.row === 'end' ? body : { answer: openAgain, outRefundNo: null }
    const isOpen = body.row === 'reopened' ? ({ isOpen: true } as const) : {}
    const facts = { feedbackNo, answer, outRefundNo, ...isOpen, told }
    return [{ ...of, stayId: '', op: 'feedbackState', facts }]
  }
  // Feedback that came from the platform is known to it already.
  if (body.row !== 'item' || body.feedback?.seq !== 0) return []
  const { complaint, no, outTradeNo, text } = body.feedback
  const { stayId } = body
  if (complaint === undefined || stayId === undefined) return []
  const { kind, contact = null } = complaint
  const facts = { feedbackNo: no, outTradeNo, stayId, kind, text, contact }
  return [{ ...of, stayId, op: 'feedback', facts }]
}

/** The records of these rows, given the state before them. */
export function recordsOf(
  lot: LotState,
  drafts: readonly RowDraft[],
  to: RecordTargets,
  isExit: (laneId: string) => boolean,
): readonly LotRecord[] {
  const found = drafts.flatMap((row): readonly LotRecord[] => {
    if (row.kind === 'book')
      return [...ofCount(row, to.shift), ...ofFeedback(lot, row, to.feedback)]
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
