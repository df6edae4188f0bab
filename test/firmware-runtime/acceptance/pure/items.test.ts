// Each item of appendices E to I passes on a correct lot, and one planted fault makes it fail with its own sentence:
// a pass that cannot fail proves nothing.
import { baseRules } from '#base/pure/rules/packs.ts'
import { describe, expect, it, test } from 'vitest'
import { acceptanceItems } from '#acceptance/pure/items/index.ts'
import { clauseOf } from '#acceptance/pure/item.ts'
import { byAssertion, nextOf } from '#acceptance/pure/next-steps.ts'
import { isPlant } from '#acceptance/pure/plant.ts'
import { noFacts, type AcceptanceFacts } from '#ledger/pure/facts.ts'
import { isStopRow } from '#base/pure/rows/stop-row.ts'
import type { LedgerRow } from '#base/pure/rows/ledger-row.ts'
import { present } from '#base/pure/values/must.ts'
import { readTree } from '../../../tidy/tree.ts'
import { declared, startMs } from './lot-scene.ts'
import { planted } from './planted.ts'
import { anotherDay, exceptionNoOf, ofKind, row } from './plants.ts'
import { cardFacts, onlineFacts, rules, itemOf } from './scene.ts'
import { sentFacts } from './sent-facts.ts'

/** Card mode makes no online charge, so these pass only in online mode. */
const onlineOnly = ['F4', 'F5']
const named = acceptanceItems.map((item) => [item.id, item] as const)
/** Only the items with a fault planted here; the others plant their own. */
const here = named.filter(([id]) => planted[id] !== undefined)

describe.each(here)('%s', (id, item) => {
  it('passes where it was done right, if it can', () => {
    const facts = onlineOnly.includes(id) ? onlineFacts() : id === 'E2' ? sentFacts() : cardFacts()
    const { verdict, words, evidence } = item.judge(facts)
    expect({ verdict, words }).toEqual({ verdict: 'pass', words })
    expect(evidence.length).toBeGreaterThan(0)
  })

  it.each((planted[id] ?? []).map((one) => [one.what, one] as const))('fails: %s', (_what, one) => {
    const { verdict, words, failed, warned } = item.judge(one.plant(one.facts()))
    expect(failed).not.toEqual([])
    expect({ verdict, en: words.en }).toEqual({
      verdict: failed.length > warned.length ? 'fail' : 'pass',
      en: expect.stringContaining(one.says),
    })
    if (one.fails !== undefined) expect(failed).toContain(one.fails)
    const must = failed.find((name) => !warned.includes(name))
    const next = must === undefined ? null : byAssertion.get(must)
    expect(nextOf(item, { verdict, failed, warned }, true), must).toBe(next)
  })
})

test('the interface passes by nothing that stayed inside one program', () => {
  const { verdict, words } = itemOf('E2').judge(cardFacts())
  expect(verdict).toBe('incomplete')
  expect(words.en).toContain('no charge had its order by the published interface')
})

it.each(named)('%s is incomplete with a reason where nothing was seen', (_id, item) => {
  const { lanes } = cardFacts()
  const finding = item.judge({ ...noFacts, ...declared, lanes, rules, chargeMode: 'online' })
  const { verdict, words } = finding
  expect(verdict).toBe('incomplete')
  expect(words.zh).not.toBe('')
  const [step] = item.steps
  expect(nextOf(item, finding, true)?.zh).toContain(step?.zh ?? '运行本项')
  expect(nextOf(item, finding, false)?.zh).toBe('运行本项')
})

test('each assertion that has a step is one of an item', () => {
  const names = [...byAssertion.keys()]
  const own = [...readTree()].filter(([path]) =>
    /^firmware-runtime\/acceptance\/(?!next)/.test(path),
  )
  const sources = own.map(([, text]) => text).join('\n')
  expect(names.filter((name) => !sources.includes(`'${name}'`))).toEqual([])
  expect(new Set(names).size).toBe(names.length)
})

test('each item has a planted fault that turns it red, here or its own', () => {
  const ids: readonly string[] = acceptanceItems.map(({ id }) => id)
  expect(Object.keys(planted).filter((id) => !ids.includes(id))).toEqual([])
  const without = acceptanceItems.filter(({ id, plant }) => !isPlant(plant) && !planted[id]?.length)
  expect(without.map(({ id }) => id)).toEqual([])
})

test('the fault that a simulator is told turns its item red by an assertion that it can fail', () => {
  for (const { id, plant, judge } of acceptanceItems) {
    if (!isPlant(plant)) {
      expect(plant.why.en).not.toBe('')
      continue
    }
    if (planted[id] === undefined) continue
    const failed = planted[id].flatMap((one) => judge(one.plant(one.facts())).failed)
    expect([id, failed]).toEqual([id, expect.arrayContaining([plant.turns])])
  }
})

test('the tables of seed 001 have 4, 6, 14, 2 and 8 rows at the least', () => {
  const counts = Map.groupBy(acceptanceItems, ({ id }) => id.slice(0, 1))
  const least = { E: 4, F: 6, G: 14, H: 2, I: 8, R: 4 }
  for (const [letter, rows] of Object.entries(least))
    expect(counts.get(letter)?.length).toBeGreaterThanOrEqual(rows)
  expect(acceptanceItems.map(({ id }) => clauseOf(id, baseRules)).slice(0, 2)).toEqual([
    'E.1-1',
    'E.1-2',
  ])
})

test('a combination that no charge was made with is named', () => {
  const facts = cardFacts()
  const [first] = facts.rows.filter(ofKind('intent'))
  const rows = facts.rows.filter(({ stayId }) => stayId !== first?.stayId)
  for (const id of ['E1', 'E3']) {
    const item = present(
      acceptanceItems.find((one) => one.id === id),
      id,
    )
    const { verdict, words } = item.judge({ ...facts, rows })
    expect(verdict).toBe('incomplete')
    expect(words.en).toContain('1 of 16 combinations')
    expect(words.en).toContain('two-piece, stored value, 3DES, old 0019')
  }
})

test('response times are judged on a hundred samples and never on three', () => {
  for (const id of ['R1', 'R2']) {
    const item = present(
      acceptanceItems.find((one) => one.id === id),
      id,
    )
    const facts = cardFacts()
    const few = facts.accesses.filter(({ tookMs }) => tookMs !== undefined)
    const three = (name: string) => few.filter((one) => one.interfaceId === name).slice(0, 3)
    const accesses = [...three('signIn'), ...three('list')]
    const { verdict, words } = item.judge({ ...facts, accesses })
    expect(verdict).toBe('incomplete')
    expect(words.en).toContain('only 3 samples, at least 100 are needed')
  }
})

test('throughput is that of the busiest minute, and of a lot that never asked so fast nothing is said', () => {
  const item = present(
    acceptanceItems.find(({ id }) => id === 'R4'),
    'R4',
  )
  const facts = cardFacts()
  const atMs = Date.parse('2026-11-20T12:00:00+08:00')
  const each = (count: number, everyMs: number) =>
    Array.from({ length: count }, (_, i) => ({
      atIso: new Date(atMs + i * everyMs).toISOString(),
      interfaceId: 'charge',
      status: 200,
      respCode: '100000',
      requestId: `A${i}`,
    }))
  const verdictOf = (accesses: typeof facts.accesses) => item.judge({ ...facts, accesses })
  // 1.5 a second, the usual pace of a backlog, does not exceed the limit of 1.5.
  expect(verdictOf(each(600, 667))).toMatchObject({ verdict: 'incomplete' })
  expect(verdictOf(each(600, 667)).words.en).toContain('90 requests and 90 answers in 60 s')
  expect(verdictOf(each(600, 650))).toMatchObject({ verdict: 'pass' })
  // A slow day before or after does not count against the fast minute.
  expect(verdictOf([...each(5_000, 10_000), ...each(91, 600)])).toMatchObject({ verdict: 'pass' })
})

/** What was missing on a day with cars, or while the lot ran, is a fault. */
const failing: readonly string[] = ['G2', 'G3', 'G9', 'G14']

test.each([
  ['G2', 'shiftDownload', ['operator']],
  ['G3', 'configDownload', ['etcOperator']],
  ['G4', 'shiftUpload', ['operator']],
  ['G9', 'monitor', ['platform', 'operator']],
  ['G14', 'monitor', ['platform', 'operator']],
  ['H2', 'splitBill', ['platform']],
] as const)(
  '%s passes only with an answer of each platform it names',
  (id, interfaceId, parties) => {
    const facts = cardFacts()
    for (const party of parties) {
      const other = party === 'etcOperator' ? 'platform' : 'etcOperator'
      for (const to of [{ destination: other }, {}] as const) {
        const accesses = facts.accesses.map(({ destination, ...one }) =>
          one.interfaceId === interfaceId && destination === party
            ? { ...one, ...to }
            : { ...one, ...(destination === undefined ? {} : { destination }) },
        )
        const { verdict } = itemOf(id).judge({ ...facts, accesses })
        // Lines of older versions name no platform: they prove nothing, and accuse no one.
        const isNamed = 'destination' in to
        expect(verdict).toBe(isNamed && failing.includes(id) ? 'fail' : 'incomplete')
      }
    }
  },
)

test('heartbeats of an exit show nothing of an entry', () => {
  const facts = cardFacts()
  for (const [id, laneId] of [
    ['G9', 'entry'],
    ['G14', 'exit'],
  ] as const) {
    const accesses = facts.accesses.filter((one) => one.laneId !== laneId)
    expect(itemOf(id).judge({ ...facts, accesses }).failed).toEqual(['laneSilent'])
  }
})

test('a receipt that only the operator gave is none of the expansion platform', () => {
  const facts = cardFacts()
  const accesses = facts.accesses.map((one) =>
    one.interfaceId === 'charge' ? { ...one, destination: 'operator' as const } : one,
  )
  expect(itemOf('G1').judge({ ...facts, accesses }).verdict).toBe('fail')
})

test('a start without a row of the stop is not judged after a quiet night, and is no stop after a minute', () => {
  const facts = cardFacts()
  const rows = facts.rows.filter((one) => !isStopRow(one))
  const quiet = itemOf('R3').judge({ ...facts, rows })
  expect(quiet.verdict).toBe('incomplete')
  expect(quiet.words.en).toContain('no row tells of the stop')
  const event = { type: 'clock', detail: '' }
  const busy = facts.rows.map((one) => (isStopRow(one) ? { ...one, body: event } : one))
  expect(itemOf('R3').judge({ ...facts, rows: busy as typeof facts.rows }).verdict).toBe('pass')
})

const withoutPieces = (facts: AcceptanceFacts): AcceptanceFacts => ({
  ...facts,
  frames: facts.frames.map(({ fields, ...one }) => ({
    ...one,
    fields: Object.fromEntries(Object.entries(fields).filter(([name]) => name !== 'deviceType')),
  })),
})

test('where no frame tells the pieces of an OBU its declaration does, and frames are believed before it', () => {
  // One OBU per kind: the first eight combinations have two-piece OBUs.
  const facts = cardFacts()
  const stays = facts.rows.filter(ofKind('armed')).map(({ stayId }) => stayId)
  const obuOf = (stayId: string | undefined) => `1A2B3C4${stays.indexOf(stayId) < 8 ? 2 : 1}`
  const own = <T extends object>(value: T, stayId: string | undefined): T =>
    'obuId' in value && value.obuId !== null ? { ...value, obuId: obuOf(stayId) } : value
  const told = {
    ...facts,
    rows: facts.rows.map((one) => ({ ...one, body: own(one.body, one.stayId) }) as LedgerRow),
    frames: facts.frames.map((one) => ({ ...one, fields: own(one.fields, one.stayId) })),
  }
  const silent = withoutPieces(told)
  const testObus = ([1, 2] as const).map((pieces) => ({ obuId: `1a2b3c4${pieces}`, pieces }))
  const swapped = testObus.map(
    ({ obuId, pieces }) => ({ obuId, pieces: pieces === 1 ? 2 : 1 }) as const,
  )
  for (const id of ['E1', 'E3']) {
    const undeclared = itemOf(id).judge(silent)
    expect(undeclared.verdict).toBe('incomplete')
    expect(undeclared.words.en).toContain('declare the test OBU 1A2B3C42')
    expect(itemOf(id).judge({ ...silent, testObus: testObus.slice(1) }).words.en).toContain(
      '8 of 16',
    )
    const passed = itemOf(id).judge({ ...silent, testObus })
    expect(passed.verdict).toBe('pass')
    const framed = passed.evidence.filter(({ source }) => source === 'frame')
    expect(new Set(framed.map(({ ref }) => ref.split(' ')[0])).size).toBe(16)
    expect(itemOf(id).judge({ ...told, testObus: swapped }).verdict).toBe('pass')
  }
})

test.each([
  ['a', 'card', 'refused'],
  ['a', 'online', 'refused'],
  ['b', 'online', 'noAnswerTwice'],
  ['c', 'card', 'obuNotRead'],
  ['c', 'online', 'obuNotRead'],
  ['d', 'card', 'plateNotRead'],
  ['d', 'online', 'plateNotRead'],
] as const)('8.3.1 %s is asked for by charges of mode %s', (letter, mode, reason) => {
  const facts = mode === 'card' ? cardFacts() : onlineFacts()
  const rows = facts.rows.filter((one) => one.kind !== 'exception' || one.body.reason !== reason)
  const { verdict, words } = itemOf('E4').judge({ ...facts, rows })
  expect(verdict).toBe('incomplete')
  expect(words.en.match(/8\.3\.1 [a-d]/g)).toEqual([`8.3.1 ${letter}`])
})

test('a message that has not reached the platform yet shows nothing of 8.3.1 b', () => {
  const facts = onlineFacts()
  const no = exceptionNoOf(facts, 'noAnswerTwice')
  const sent = facts.rows.find((one) => one.kind === 'outbox' && one.body.businessNo === no)
  const id = sent?.kind === 'outbox' ? sent.body.outboxId : ''
  const rows = facts.rows.filter((one) => one.kind !== 'outboxState' || one.body.outboxId !== id)
  const { verdict, words } = itemOf('E4').judge({ ...facts, rows })
  expect([verdict, words.en.includes('8.3.1 b')]).toEqual(['incomplete', true])
  // A car that was let out without a payment is a fault.
  const unpaid = facts.rows.filter((one) => one.kind !== 'payment' || one.stayId !== sent?.stayId)
  expect(itemOf('E4').judge({ ...facts, rows: unpaid }).failed).toEqual(['unpaid'])
})

test('a refund that was settled at once shows no question for its progress', () => {
  const facts = cardFacts()
  const rows = facts.rows.filter(
    (one) => one.kind !== 'refundState' || one.body.state === 'success',
  )
  const accesses = facts.accesses.filter(({ interfaceId }) => interfaceId !== 'refundQuery')
  const { verdict, words, failed } = itemOf('F6').judge({ ...facts, rows, accesses })
  expect({ verdict, failed }).toEqual({ verdict: 'incomplete', failed: [] })
  expect(words.en).toContain('8.3.2 f')
})

test('what a card lost too much, and what the platform refused, goes back by hand', () => {
  const facts = cardFacts()
  const isRefund = (one: LedgerRow): boolean => one.kind === 'outbox' && one.body.op === 'refund'
  const byHand = facts.rows.flatMap((one): readonly LedgerRow[] => {
    if (one.kind !== 'refundState' || one.body.state !== 'success') return [one]
    return [
      { ...one, body: { ...one.body, state: 'rejected' } },
      { ...one, body: { ...one.body, means: 'cash' } },
    ]
  })
  expect(itemOf('F6').judge({ ...facts, rows: byHand }).failed).toEqual([])
  const overcharged = byHand
    .filter((one) => !isRefund(one))
    .map((one) =>
      one.kind === 'refund' ? { ...one, body: { ...one.body, reason: 'overcharged' } } : one,
    )
  expect(itemOf('F6').judge({ ...facts, rows: overcharged }).failed).toEqual([])
  // Refunded by the issuer to the card's account.
  const byIssuer = byHand
    .filter((one) => !isRefund(one))
    .map((one) =>
      one.kind === 'refundState' && one.body.means !== undefined
        ? ({ ...one, body: { ...one.body, means: 'issuer' } } as const)
        : one,
    )
  expect(itemOf('F6').judge({ ...facts, rows: byIssuer }).failed).toEqual([])
})

test('a combination is tried by a charge whose frames show it, and each is cited with them', () => {
  const facts = cardFacts()
  const [first] = facts.rows.filter(ofKind('intent'))
  const ofFirst = ({ stayId, type }: AcceptanceFacts['frames'][number], ...types: string[]) =>
    stayId === first?.stayId && types.includes(type)
  for (const id of ['E1', 'E3']) {
    const { matrix = [] } = itemOf(id).judge(facts)
    expect(matrix.map(({ businessNo, frames }) => [businessNo !== null, frames.length])).toEqual(
      Array.from({ length: 16 }, () => [true, 2]),
    )
  }
  // Ledger rows alone do not prove what antenna and card reported.
  for (const types of [['C6', 'B5'], ['C6'], ['B5']]) {
    const frames = facts.frames.filter((one) => !ofFirst(one, ...types))
    const { verdict, words, matrix = [] } = itemOf('E3').judge({ ...facts, frames })
    expect([verdict, words.en.includes('1 of 16 combinations')]).toEqual(['incomplete', true])
    expect(matrix.filter(({ businessNo }) => businessNo === null)).toHaveLength(1)
  }
})

test('table L.1 is asked of a platform of many lots: one lot is judged where a pack names their number', () => {
  const facts = cardFacts()
  expect(itemOf('R4').judge({ ...facts, rules: baseRules })).toMatchObject({
    verdict: 'notApplicable',
    failed: [],
  })
  expect(itemOf('R4').judge(facts).verdict).toBe('pass')
})

test('what was granted and owed before the time that is judged holds in it', () => {
  const facts = cardFacts()
  const fromMs = startMs + 1
  const rows = facts.rows.filter(({ atMs }) => atMs >= fromMs)
  const before = facts.rows.filter((one) => one.kind === 'signIn' && one.atMs < fromMs)
  const since = { ...facts, rows, before, fromMs }
  for (const id of ['F1', 'F3']) expect(itemOf(id).judge(since).verdict).toBe('pass')
  expect(itemOf('F3').judge({ ...since, before: [] }).failed).toEqual(['noGrant'])
  // A sign-in that has expired, or that granted nothing.
  for (const body of [{ validUntilMs: startMs }, { status: 2 }]) {
    const isOwn = (one: LedgerRow): boolean => one.kind === 'signIn' && one.laneId === 'exit'
    const { rows: other } = row(isOwn, body)({ ...since, rows: before })
    expect(itemOf('F3').judge({ ...since, before: other }).failed).toEqual(['noGrant'])
  }
  const order = rows.find(ofKind('orderMade'))
  const later = { ...since, rows: rows.filter((one) => one !== order) }
  expect(itemOf('E2').judge(later).failed).toEqual(['noOrder'])
  expect(
    itemOf('E2').judge({ ...later, before: [...before, present(order, 'an order')] }),
  ).toMatchObject({ verdict: 'incomplete', failed: [] })
})

test('a day that is not judged whole asks for no download', () => {
  const facts = anotherDay('').plant(cardFacts())
  expect(itemOf('G2').judge(facts).failed).toEqual(['dayMissing'])
  const dawn = Date.parse('2026-03-03T00:00:00+08:00')
  expect(itemOf('G2').judge({ ...facts, fromMs: dawn }).failed).toEqual(['dayMissing'])
  expect(itemOf('G2').judge({ ...facts, fromMs: dawn + 1 }).failed).toEqual([])
})
