// What a stay in a space rests on, from its rows alone: who saw the car come, what was read there, who saw it leave, and
// who charged it; and what of this is missing, in words (8.1.2.2, 8.1.2.4). Pure.
import { confirmedOf, plateConfirmed } from '#money/pure/lot/card-bar.ts'
import { fenText } from '#base/pure/values/fen.ts'
import { t, type BilingualText } from '#base/pure/words/fault-text.ts'
import { isoOf } from '#base/pure/values/instant.ts'
import { meansWords } from '#base/pure/values/payment-means.ts'
import { plateShown } from '#base/pure/plates/plate.ts'
import { colourOfPlate } from '#base/pure/plates/plate-kinds.ts'
import type { LedgerRow, ReadPosition, RowKind } from '#base/pure/rows/ledger-row.ts'
import { ownWord } from '#base/pure/words/word-lookup.ts'
import type { EvidenceDevices } from './evidence-devices.ts'
import { arrived, leftHow, lacks, readAt } from './evidence-words.ts'

interface EvidenceItem {
  readonly what: 'arrived' | 'plate' | 'reading' | 'left' | 'charged' | 'paid'
  readonly atIso: string
  /** The device or the person. */
  readonly by: BilingualText
  readonly photo: string | null
  /** Of the device that read it. */
  readonly position: ReadPosition | null
  readonly text: BilingualText
}

type MissingWhat =
  | 'arrivalPicture'
  | 'plate'
  | 'secondLook'
  | 'reading'
  | 'zeroDebit'
  | 'position'
  | 'departure'
  | 'departurePicture'
  | 'charge'

interface MissingEvidence {
  readonly what: MissingWhat
  readonly text: BilingualText
}

export interface StayEvidence {
  readonly items: readonly EvidenceItem[]
  readonly missing: readonly MissingEvidence[]
}

type RowOf<K extends RowKind> = Extract<LedgerRow, { kind: K }>
const rowsOf = <K extends RowKind>(rows: readonly LedgerRow[], kind: K): readonly RowOf<K>[] =>
  rows.filter((row): row is RowOf<K> => row.kind === kind)

/** Null: the stay is not one of a space. */
export function evidenceOf(
  rows: readonly LedgerRow[],
  devices: EvidenceDevices | null,
): StayEvidence | null {
  const [opened] = rowsOf(rows, 'stayOpened')
  if (devices === null || opened?.body.spaceId === undefined) return null
  const facts = { rows, opened, devices, spaceId: opened.body.spaceId }
  return { items: itemsOf(facts), missing: missingOf(facts) }
}

interface Facts {
  readonly rows: readonly LedgerRow[]
  readonly opened: RowOf<'stayOpened'>
  readonly devices: EvidenceDevices
  readonly spaceId: string
}

const plateOf = (plate: string | null): string => (plate === null ? '' : plateShown(plate))

function itemsOf({ rows, devices, spaceId }: Facts): readonly EvidenceItem[] {
  const all = rows.flatMap((row): readonly EvidenceItem[] => {
    const none = { photo: null, position: null }
    const by = devices.nameOf(row.laneId ?? '')
    const at = { ...none, by, atIso: isoOf(row.atMs) }
    if (row.kind === 'stayOpened') {
      const { enteredAtMs, photo, plate } = row.body
      const text = arrived(spaceId, plateOf(plate))
      return [{ ...at, what: 'arrived', atIso: isoOf(enteredAtMs), photo, text }]
    }
    if (row.kind === 'plateRead') {
      const { plate, photo, said } = row.body
      return [{ ...at, what: 'plate', photo, text: readAt.plate(plateOf(plate), said?.by) }]
    }
    if (row.kind === 'zeroRecord') return [readingOf(row, at)]
    if (row.kind === 'event' && row.body.type === plateConfirmed) {
      const { plate, by: how } = confirmedOf(row.body.detail) ?? { plate: '', by: 'watcher' }
      return [{ ...at, what: 'plate', text: readAt.again(plateOf(plate), how) }]
    }
    if (row.kind === 'spaceLeft') {
      const { leftAtMs, seenAtMs, photo = null, by: how } = row.body
      const text = leftHow(how, spaceId, isoOf(seenAtMs))
      return [{ ...at, what: 'left', atIso: isoOf(leftAtMs), photo, text }]
    }
    return moneyOf(row, rows, { ...none, by, atIso: isoOf(row.atMs) }, devices)
  })
  return all.toSorted((a, b) => a.atIso.localeCompare(b.atIso))
}

type At = Omit<EvidenceItem, 'what' | 'text'>

function readingOf({ body }: RowOf<'zeroRecord'>, at: At): EvidenceItem {
  const { by, obu, proof, at: position = null } = body
  const who = by === null ? at.by : t(`${at.by.zh},${by}`, `${at.by.en}, ${by}`)
  const text = readAt.obu(plateOf(obu.obuPlate), proof !== null, position !== null)
  return { ...at, what: 'reading', by: who, position, text }
}

const [zhMeans, enMeans] = [meansWords('zh'), meansWords('en')]

function moneyOf(
  row: LedgerRow,
  rows: readonly LedgerRow[],
  at: At,
  { collects }: EvidenceDevices,
): readonly EvidenceItem[] {
  if (row.kind === 'outcome' && row.body.state === 'paid') {
    const intent = rowsOf(rows, 'intent').find((one) => one.deductionId === row.deductionId)
    const fen = fenText(row.amountFen ?? intent?.amountFen ?? 0)
    const platform = t('平台', 'Platform')
    const by = collects === 'platform' ? platform : at.by
    return [{ ...at, by, what: 'charged', text: t(`ETC 扣费 ${fen}`, `charged ${fen} by ETC`) }]
  }
  if (row.kind !== 'payment' || row.body.means === 'etc') return []
  const { means, by: person } = row.body
  const fen = fenText(row.amountFen ?? 0)
  const text = t(
    `${ownWord(zhMeans, means) ?? means} ${fen}`,
    `${ownWord(enMeans, means) ?? means} ${fen}`,
  )
  const by = person === null ? t('支付网关', 'Payment gateway') : t(person, person)
  return [{ ...at, by, what: 'paid', text }]
}

function missingOf({ rows, opened, devices }: Facts): readonly MissingEvidence[] {
  const missing: MissingEvidence[] = []
  const lack = (what: MissingWhat, text: BilingualText | undefined): void => {
    if (text !== undefined) missing.push({ what, text })
  }
  const { reader, collects } = devices
  const [reading] = rowsOf(rows, 'zeroRecord')
  const [left] = rowsOf(rows, 'spaceLeft')
  const reads = rowsOf(rows, 'plateRead')
  const hasPicture = opened.body.photo !== null || reads.some(({ body }) => body.photo !== null)
  if (!hasPicture)
    lack('arrivalPicture', lacks.arrivalPicture[devices.watchOf(opened.laneId ?? '')])
  const plates = [opened.body.plate, reading?.body.obu.obuPlate ?? null]
  if (plates.every((plate) => plate === null) && reads.length === 0) lack('plate', lacks.plate)
  const isPaid = left !== undefined && dueOf(rows) === 0
  const look = reading !== undefined || isPaid ? null : lacksLook(rows, opened)
  if (look !== null) lack('secondLook', lacks.secondLook[look])
  if (reader !== null && reading === undefined) lack('reading', lacks.reading[reader])
  if (reading !== undefined && reading.body.proof === null) lack('zeroDebit', lacks.zeroDebit)
  if (reading !== undefined && reading.body.at === undefined) lack('position', lacks.position)
  if (left === undefined) return missing
  const { by, photo } = left.body
  lack('departure', lacks.departure[by])
  const seenBy = by === 'space' ? devices.watchOf(left.laneId ?? '') : by
  if (photo === undefined) lack('departurePicture', lacks.departurePicture[seenBy])
  if (dueOf(rows) > 0) lack('charge', lacks.charge[collects])
  return missing
}

/** What the plate lacks before a card may be charged by it, where no OBU was read at the space. */
function lacksLook(
  rows: readonly LedgerRow[],
  opened: RowOf<'stayOpened'>,
): keyof typeof lacks.secondLook | null {
  const [first] = opened.body.plate === null ? rowsOf(rows, 'plateRead') : [opened]
  const { plate = null, colour = 'unknown', said } = first?.body ?? {}
  const isConfirmed = rowsOf(rows, 'event').some(({ body }) => body.type === plateConfirmed)
  if (plate === null || isConfirmed) return null
  if (said?.by === 'person') return 'typed'
  return colourOfPlate(plate, colour) === 'unknown' ? 'colourUnknown' : null
}

/** What is still due of the last order. */
function dueOf(rows: readonly LedgerRow[]): number {
  const order = rowsOf(rows, 'orderMade').at(-1)
  const own = rowsOf(rows, 'payment').filter(({ orderId }) => orderId === order?.orderId)
  const isWaived = own.some(({ body: { means } }) => means === 'free' || means === 'waived')
  if (order === undefined || isWaived) return 0
  return own.reduce((due, { amountFen = 0 }) => due - amountFen, order.amountFen ?? 0)
}
