// What leaves the lot with an acceptance: of an access only the members named here; of evidence the row or frame, with
// plates, cards and OBUs masked before it is cut; no text with a key, a secret of the folder, a plate or a card number.
import type { AcceptanceFacts, AccessFact, FrameFact } from '#ledger/pure/facts.ts'
import { frameEvidence, rowEvidence, type Evidence } from '../../pure/item.ts'
import { cardIn, gone, masked, numberMask, plateIn, plateMask } from '#base/pure/words/mask.ts'
import type { LedgerRow } from '#base/pure/rows/ledger-row.ts'
import { gbkHex, utf8Hex } from '#lane/explain/text-hex.ts'
import type { AcceptRecord } from './record.ts'

type Facts = Pick<AcceptanceFacts, 'rows' | 'frames'>

/** Copies the known members; unknown members of a log line are dropped. */
const plainAccess = (access: AccessFact): AccessFact => {
  const { atIso, interfaceId, status, respCode, requestId } = access
  const { tookMs, destination, laneId, isRefused } = access
  return {
    atIso,
    interfaceId,
    status,
    respCode,
    requestId,
    ...(isRefused === undefined ? {} : { isRefused }),
    ...(tookMs === undefined ? {} : { tookMs }),
    ...(destination === undefined ? {} : { destination }),
    ...(laneId === undefined ? {} : { laneId }),
  }
}

const pem = /-----BEGIN [^-]*-----[\s\S]*?(?:-----END [^-]*-----|$)/g

function cleaner(secrets: readonly string[]): (text: string) => string {
  const longest = secrets.toSorted((a, b) => b.length - a.length)
  return (text) =>
    longest
      .reduce((left, secret) => left.replaceAll(secret, gone), text)
      .replaceAll(pem, gone)
      .replaceAll(plateIn, plateMask)
      .replaceAll(cardIn, (no) => numberMask(no, 4, 'X'))
}

/** References by which a reader finds a row, frame, answer or file; kept unmasked, because they identify no driver. */
const names: ReadonlySet<string> = new Set([
  'ref',
  'businessNo',
  'requestId',
  'digest',
  'lotFile',
  'hash',
  'token',
])

function cleaned(value: unknown, name: string, clean: (text: string) => string): unknown {
  if (typeof value === 'string') return names.has(name) ? value : clean(value)
  if (Array.isArray(value)) return value.map((one: unknown) => cleaned(one, name, clean))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([member, one]) => [member, cleaned(one, member, clean)]),
  )
}

/** Only the rows and frames named by the evidence: a year of a lot has too many plates to search for. */
function cited({ rows, frames }: Facts, evidence: readonly Evidence[]): Facts {
  const refs = new Set(evidence.map(({ ref }) => ref))
  const ofStay = ({ stayId, type }: FrameFact): boolean => refs.has(`${stayId} ${type}`)
  const shown = frames.filter(ofStay)
  const stays = new Set(shown.map(({ stayId }) => stayId))
  const isCited = ({ seq, stayId }: LedgerRow): boolean =>
    refs.has(String(seq)) || stays.has(stayId ?? '')
  return { rows: rows.filter(isCited), frames: shown }
}

/** `secrets`: texts of the folder that must not leave it. */
export function redacted(
  record: AcceptRecord,
  facts: Facts,
  secrets: readonly string[],
): AcceptRecord {
  const { rows, frames } = cited(
    facts,
    record.items.flatMap(({ evidence }) => evidence),
  )
  const { items, words, head } = record
  const accesses = record.accesses.map(plainAccess)
  const { inputs, lock } = head
  const open = { rows, frames, items, words, accesses, inputs, lock }
  const hidden = masked(open, [gbkHex, utf8Hex], [], 'X')
  const texts = new Map([
    ...rows.map(
      (row, i) => [rowEvidence(row).text, rowEvidence(hidden.rows[i] ?? row).text] as const,
    ),
    ...frames.map(
      (one, i) => [frameEvidence(one).text, frameEvidence(hidden.frames[i] ?? one).text] as const,
    ),
  ])
  const shown: AcceptRecord = {
    ...record,
    head: { ...head, inputs: hidden.inputs, lock: hidden.lock },
    accesses: hidden.accesses,
    words: hidden.words,
    items: hidden.items.map((item, i) => ({
      ...item,
      evidence: item.evidence.map((one, n) => {
        const { text = '', ref = '' } = items[i]?.evidence[n] ?? {}
        return { ...one, ref, text: texts.get(text) ?? one.text }
      }),
    })),
  }
  return cleaned(shown, '', cleaner(secrets)) as AcceptRecord
}
