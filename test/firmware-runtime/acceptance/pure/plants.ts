// Plants one fault in correct acceptance facts: a row, a frame, an access or a platform message gets other members.
// Each helper fails when no row, frame or message matches, because a fault that was not planted proves nothing.
import { expect } from 'vitest'
import type { AcceptanceFacts } from '#ledger/pure/facts.ts'
import { dayMs, minuteMs } from '#base/pure/values/instant.ts'
import type { LedgerRow } from '#base/pure/rows/ledger-row.ts'
import { present } from '#base/pure/values/must.ts'
import { startMs } from './lot-scene.ts'
import { cardFacts } from './scene.ts'

type Plant = (facts: AcceptanceFacts) => AcceptanceFacts
export interface Planted {
  readonly what: string
  readonly facts: () => AcceptanceFacts
  readonly plant: Plant
  readonly says: string
  /** The assertion that fails. */
  readonly fails?: string
}

/** Overwrites members of the body of the first matching row; a null body removes the row. */
export const row =
  (fits: (row: LedgerRow) => boolean, body: object | null): Plant =>
  (facts) => {
    const at = facts.rows.findIndex(fits)
    expect(at).toBeGreaterThanOrEqual(0)
    const rows = facts.rows.flatMap((one, i) =>
      i !== at
        ? [one]
        : body === null
          ? []
          : [{ ...one, body: { ...one.body, ...body } } as LedgerRow],
    )
    return { ...facts, rows }
  }
export const ofKind = (kind: LedgerRow['kind']) => (one: LedgerRow) => one.kind === kind
export const isBill = (means: 'etc' | 'split') => (one: LedgerRow) =>
  one.kind === 'book' && one.body.row === 'reconciled' && one.body.means === means
/** Hourly batches are named by their kind: `batch:entry`. */
const operationOf = ({ op, batch }: Body<'outbox'>): string =>
  batch === undefined ? op : `${op}:${batch.kind}`
export const upload =
  (op: string, destination: string, state: string, note: string, direction?: string): Plant =>
  (facts) => {
    const sent = present(
      facts.rows.find(
        (one) =>
          one.kind === 'outbox' &&
          operationOf(one.body) === op &&
          one.body.destination === destination &&
          one.laneId === direction,
      ),
      `${op} went to ${destination}`,
    )
    const id = sent.kind === 'outbox' ? sent.body.outboxId : ''
    return row((one) => one.kind === 'outboxState' && one.body.outboxId === id, { state, note })(
      facts,
    )
  }
/** Turns the matching accesses into 403 answers; give `laneId` for an access that belongs to one lane. */
export const access =
  (
    interfaceId: string,
    destination: string,
    laneId?: string,
    refused: Partial<AcceptanceFacts['accesses'][number]> = { status: 403, respCode: '400001' },
  ): Plant =>
  (facts) => {
    const isOwn = (one: AcceptanceFacts['accesses'][number]): boolean =>
      one.interfaceId === interfaceId && one.destination === destination && one.laneId === laneId
    expect(facts.accesses.some(isOwn)).toBe(true)
    const accesses = facts.accesses.map((one) => (isOwn(one) ? { ...one, ...refused } : one))
    return { ...facts, accesses }
  }
export const word =
  (kind: 'charge' | 'refund', over: object): Plant =>
  (facts) => {
    const at = facts.words.findIndex((one) => one.kind === kind)
    return { ...facts, words: facts.words.map((one, i) => (i === at ? { ...one, ...over } : one)) }
  }
const exceptionRow = (fits: (body: Body<'exception'>) => boolean) => (one: LedgerRow) =>
  one.kind === 'exception' && fits(one.body)
type Body<K extends LedgerRow['kind']> = Extract<LedgerRow, { kind: K }>['body']
export const isUnread = exceptionRow(({ reason }) => reason === 'plateNotRead')
export function exceptionNoOf({ rows }: AcceptanceFacts, type: string): string {
  const found = rows.find(exceptionRow(({ exceptionType }) => exceptionType === type))
  const { report } = present(found?.kind === 'exception' ? found.body : undefined, type)
  return present(report, type).exceptionNo
}
/** The platform refuses the message of an exception. */
export const refusedMessage = upload('exception', 'platform', 'rejected', 'format', 'exit')
export const frame =
  (type: string, fields: object | null): Plant =>
  (facts) => {
    const at = facts.frames.findIndex((one) => one.type === type)
    const frames = facts.frames.flatMap((one, i) =>
      i !== at ? [one] : fields === null ? [] : [{ ...one, fields: { ...one.fields, ...fields } }],
    )
    return { ...facts, frames }
  }
export const issuer =
  (kind: string): Plant =>
  (facts) => ({
    ...facts,
    issuer: (facts.issuer ?? []).map((one) =>
      one.kind === kind ? { ...one, ok: false, ref: kind, text: '500' } : one,
    ),
  })
export const lastBalance = {
  tac: null,
  cardSerial: 8,
  psamTerminal: null,
  psamSerial: 1,
  transType: '09',
  timeBcd: null,
}

/** The platform refuses one upload, and the ledger records the refusal. */
export const refusedUpload = (op: string, to: string, lane?: string): Planted => ({
  what: `${op} is refused by ${to}`,
  facts: cardFacts,
  plant: upload(op, to, 'rejected', 'format', lane),
  says: `was refused by ${to}: format`,
})
/** One record has no answer, while others of its kind were confirmed before and after it. */
export const unanswered = (op: string, to: string, lane?: string): Planted => ({
  what: `one ${op} is not answered by ${to}`,
  facts: () => {
    const facts = cardFacts()
    // Half an hour behind the second batches.
    const nowMs = startMs + 156 * minuteMs
    return { ...facts, nowMs, rows: facts.rows.filter(({ atMs }) => atMs <= nowMs) }
  },
  plant: upload(op, to, 'unknown', '', lane),
  says: 'have no answer after more than 60 s',
})
/** Refused in its body, with a status that says nothing of it. */
const refusedInBody: Partial<AcceptanceFacts['accesses'][number]> = {
  status: 200,
  respCode: '400001',
  isRefused: true,
}
export const refusedAccess = (id: string, at: string, laneId?: string): Planted => ({
  what: `${id} is answered 403 by ${at}`,
  facts: cardFacts,
  plant: access(id, at, laneId),
  says: 'answered 403 400001',
})

export const refusedSignIn = (laneId: string): readonly Planted[] => [
  {
    what: `the sign-in of ${laneId} is answered 403`,
    facts: cardFacts,
    plant: access('signIn', 'platform', laneId),
    says: `sign-in of ${laneId} was answered 403 400001`,
    fails: 'refused',
  },
  {
    what: `the sign-in of ${laneId} is refused in an answer with status 200`,
    facts: cardFacts,
    plant: access('signIn', 'platform', laneId, refusedInBody),
    says: `sign-in of ${laneId} was answered 200 400001`,
    fails: 'refused',
  },
]

/** One answer in ten is late. */
export const slow = (interfaceId: string, tookMs: number, says: string): Planted => ({
  what: `one ${interfaceId} in ten is late`,
  facts: cardFacts,
  plant: (facts) => ({
    ...facts,
    accesses: facts.accesses.map((one, i) =>
      one.interfaceId === interfaceId && i % 10 === 0 ? { ...one, tookMs } : one,
    ),
  }),
  says,
})

/** One access in ten gets no answer, and the lane abandons it long before the time limit. */
export const silent = (interfaceId: string, says: string): Planted => ({
  what: `one ${interfaceId} in ten is not answered`,
  facts: cardFacts,
  plant: (facts) => ({
    ...facts,
    accesses: facts.accesses.map((one, i) =>
      one.interfaceId === interfaceId && i % 10 === 0
        ? { ...one, status: null, respCode: null, requestId: null }
        : one,
    ),
  }),
  says,
})

/** Cars pass on the next day too, on which nothing was downloaded. */
export const anotherDay = (says: string): Planted => ({
  what: 'a day with cars had no download',
  facts: cardFacts,
  plant: (facts) => ({
    ...facts,
    rows: facts.rows.map((one) =>
      one.kind === 'barrier' && one.seq > 100 ? { ...one, atMs: one.atMs + dayMs } : one,
    ),
  }),
  says,
})
