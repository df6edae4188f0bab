// The parts of a support file that are read from the folder: rows, the cars of these rows with the reasons of their page,
// and what lanes and antennas did for the newest of them.
import { whyOf } from '../explain/why.ts'
import type { BilingualText } from '#base/pure/words/fault-text.ts'
import { isoOf, type InstantMs } from '#base/pure/values/instant.ts'
import { isObject } from '#base/pure/data/json.ts'
import type { LedgerRow } from '#base/pure/rows/ledger-row.ts'
import type { PartText, SupportCar, SupportPartName } from '#base/pure/values/support-file.ts'
import { Redactor, type RedactorState } from './redactor.ts'
import { isKnownRow, redactedRow } from './row-rules.ts'
import { kept, redacted, type Rule } from './rules.ts'

/** The newest rows that one file holds, and the newest cars whose traces it holds. */
export const supportRowsMax = 20_000
export const supportTracesOf = 20
const supportEventsMax = 500

export interface SupportAsk {
  readonly fromMs: InstantMs
  readonly toMs: InstantMs
  /** What lanes are called in the file: what people call them may name anybody. */
  readonly lanes: readonly (readonly [string, BilingualText])[]
  readonly people: RedactorState['people']
  /** Texts of the acts in rows (runtime/api/act-words.ts). */
  readonly actWords: Readonly<Record<string, BilingualText>>
}

interface Trace {
  readonly stayId: string
  readonly kind: 'event' | 'frame' | 'turn'
  readonly value: unknown
}

interface FoundInFolder {
  readonly rows: readonly LedgerRow[]
  /** The span has older rows than these. */
  readonly isCut: boolean
  /** Every row of each stay of these rows, older ones too, by the stay whose last row is newest. */
  readonly stays: readonly (readonly LedgerRow[])[]
  readonly traces: readonly Trace[]
  /** Newest last. */
  readonly events: readonly unknown[]
}

/** The parts, and the redactor as it was behind them. */
export interface LedgerParts {
  readonly parts: readonly PartText[]
  readonly state: RedactorState
}

const eventRule = kept('atIso|laneId|stayId|type')
/** Of the fields of a frame those that say how a device is and what it answered. */
const fields = kept(
  'status|error|deviceType|cardPresent|obuStatus|cardReadStatus|blacklist|channel|psamAuthorisation|antennaSwitch|workMode|runState|authState|powerStep|softwareVersion|hardwareVersion|protocolVersion|statusWord|switch|result|laneMode|transactionMode|bstIntervalMs|algorithm',
)
const frameRule: Rule = { ...kept('atIso|laneId|direction|type'), fields }
const turnRule: Rule = { ...kept('atIso|laneId|no|after'), event: kept('type') }

function eventOf(value: unknown, redactor: Redactor): unknown {
  const detail = isObject(value) && value['type'] === 'fault' ? { detail: 'word' as const } : {}
  return redacted({ ...eventRule, ...detail }, value, redactor)
}

function traceOf({ stayId, kind, value }: Trace, redactor: Redactor): unknown {
  if (kind === 'event') return { kind, ...(eventOf(value, redactor) as object) }
  const plain = redacted(kind === 'frame' ? frameRule : turnRule, value, redactor) as object
  const hex = isObject(value) && typeof value['hex'] === 'string' ? value['hex'] : ''
  const size = kind === 'frame' ? { bytes: Math.floor(hex.length / 2) } : {}
  return { kind, stayId, ...plain, ...size }
}

export function partOf(
  name: SupportPartName,
  value: unknown,
  redactor: Redactor,
  isCut = false,
): PartText {
  const items = Array.isArray(value) ? value.length : 1
  return {
    name,
    text: JSON.stringify(value),
    items,
    hidden: redactor.takeHidden(),
    isCut,
    code: null,
  }
}

function carOf(rows: readonly LedgerRow[], { lanes, actWords }: SupportAsk): SupportCar {
  const names = new Map(lanes)
  const laneName = (laneId: string): BilingualText =>
    names.get(laneId) ?? { zh: laneId, en: laneId }
  const opened = rows.find((row) => row.kind === 'stayOpened')
  const read = rows.find((row) => row.kind === 'plateRead')
  const order = rows.findLast((row) => row.kind === 'orderMade')
  const closed = rows.findLast((row) => row.kind === 'stayClosed')
  return {
    stayId: rows[0]?.stayId ?? '',
    car: order?.body.plate ?? opened?.body.plate ?? read?.body.plate ?? null,
    enteredAtIso:
      opened === undefined || opened.body.noEntry ? null : isoOf(opened.body.enteredAtMs),
    leftAtIso: closed === undefined ? null : isoOf(closed.body.leftAtMs),
    amountFen: order?.amountFen ?? null,
    end: closed?.body.end ?? null,
    why: whyOf(rows, laneName, actWords),
  }
}

/** Who acted, by the role that the row itself names. */
const peopleIn = (rows: readonly LedgerRow[]): RedactorState['people'] =>
  rows.flatMap((row) =>
    row.kind === 'audit' && row.body.by !== ''
      ? [[row.body.by, row.body.role] as RedactorState['people'][number]]
      : [],
  )

export function ledgerParts(ask: SupportAsk, found: FoundInFolder): LedgerParts {
  const { isCut } = found
  const rows = found.rows.filter(isKnownRow)
  const stays = found.stays.map((own) => own.filter(isKnownRow))
  const known = [...peopleIn(rows), ...stays.flatMap(peopleIn), ...ask.people]
  const redactor = new Redactor({ names: [], people: known })
  const ledger = partOf(
    'rows',
    rows.map((row) => redactedRow(row, redactor)),
    redactor,
    isCut,
  )
  const plain = stays.map((own) => own.map((row) => redactedRow(row, redactor)))
  const cars = partOf(
    'cars',
    plain.map((own) => carOf(own, ask)),
    redactor,
    isCut,
  )
  const traces = partOf(
    'traces',
    found.traces.map((one) => traceOf(one, redactor)),
    redactor,
    stays.length > supportTracesOf,
  )
  const newest = found.events.slice(-supportEventsMax)
  const events = partOf(
    'events',
    newest.map((one) => eventOf(one, redactor)),
    redactor,
    newest.length < found.events.length,
  )
  return { parts: [events, cars, ledger, traces], state: redactor.state }
}
