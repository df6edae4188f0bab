// What leaves a lot in an acceptance: no plate, card, OBU, key or token in any encoding used by frames, rows and texts, and
// of a log line only the named members.
import { isoOf } from '#base/pure/values/instant.ts'
import { expect, it } from 'vitest'
import { redacted } from '#acceptance/desk/record/redact.ts'
import type { AccessFact } from '#ledger/pure/facts.ts'
import { hexOf } from '#base/pure/data/bytes.ts'
import { gbkHex, utf8Hex } from '#lane/explain/text-hex.ts'
import { present } from '#base/pure/values/must.ts'
import { t } from '#base/pure/words/fault-text.ts'
import { cardFacts } from '../../pure/scene.ts'
import { recordOf } from './record-kit.ts'

const frame = (word: string): string => `-----${word} PRIVATE KEY-----`
const pem = `${frame('BEGIN')}\nMIGHAgEAMBMGByqGSM49AgEGCCqBHM9VAYItBG0w\n${frame('END')}`
const bareKey = 'c2VjcmV0IG9mIHRoZSBmb2xkZXIgaW4gb25lIGxpbmU='
const token = 'tok_8f14e45fceea167a5a36dedd4bea2543'
const facts = cardFacts()
const cards = [
  ...new Set(
    facts.rows.flatMap(({ body }) =>
      'cardNo' in body && typeof body.cardNo === 'string' ? [body.cardNo] : [],
    ),
  ),
]

function planted() {
  const record = recordOf(facts)
  const [paper] = record.papers
  const [first, ...accesses] = record.accesses
  const own = { ...present(first, 'an access'), isRefused: true }
  const foreign = { ...own, account: 'LIVE0001', body: pem, sign: token }
  const line = {
    id: 'head',
    ask: t('谁', 'Who'),
    known: null,
    isKnown: false,
    text: `桂A·88888 ${bareKey} ${pem} ${token} 卡 45012299000000012345`,
    by: '甲',
    atIso: 'x',
  }
  return redacted(
    {
      ...record,
      accesses: [foreign as AccessFact, ...accesses],
      papers: [{ ...present(paper, 'a paper'), lines: [line] }],
    },
    facts,
    [bareKey, token],
  )
}

it('has no plate, card or OBU in any encoding, and no secret of the folder', () => {
  const text = JSON.stringify(planted()).toUpperCase()
  expect(cards.length).toBeGreaterThan(1)
  const plate = '测A12345'
  const base64 = Buffer.from(gbkHex(plate), 'hex').toString('base64').slice(0, 8)
  for (const secret of [
    ...[plate, '测A·12345', gbkHex(plate), utf8Hex(plate), base64, '桂A·88888', '桂A88888'],
    ...cards,
    ...cards.map((no) => hexOf(new TextEncoder().encode(no))),
    '1A2B3C4D',
    '45012299000000012345',
    ...[bareKey, token, 'BEGIN PRIVATE', 'MIGHAgEAMBMG', 'LIVE0001'],
  ])
    expect(text, secret).not.toContain(secret.toUpperCase())
})

it('keeps verdicts, references, and what a line of the log is', () => {
  const { items, accesses, words, head } = planted()
  const open = recordOf(facts)
  expect(items.map(({ verdict }) => verdict)).toEqual(open.items.map(({ verdict }) => verdict))
  const refs = (of: typeof items) => of.flatMap(({ evidence }) => evidence.map(({ ref }) => ref))
  expect(refs(items)).toEqual(refs(open.items))
  expect(Object.keys(present(accesses[0], 'one')).toSorted()).toEqual(
    expect.arrayContaining([
      'atIso',
      'interfaceId',
      'isRefused',
      'requestId',
      'respCode',
      'status',
    ]),
  )
  expect(accesses[0]).not.toHaveProperty('account')
  expect(words.map(({ businessNo }) => businessNo)).toEqual(
    open.words.map(({ businessNo }) => businessNo),
  )
  expect(head.pack).toEqual(open.head.pack)
})

it('hides what evidence cut off in the middle', () => {
  const [row] = facts.rows.filter(({ body }) => 'cardNo' in body && body.cardNo === cards[0])
  const own = present(row, 'a row with a card')
  const [card = ''] = cards
  const before = JSON.stringify({ note: '', ...own.body }).indexOf(card)
  const long = { ...own, body: { note: 'x'.repeat(188 - before), ...own.body } } as typeof own
  const text = `${long.kind} ${isoOf(long.atMs)} ${JSON.stringify(long.body).slice(0, 200)}`
  expect(text).toContain(card.slice(0, 12))
  expect(text).not.toContain(card)
  const record = recordOf(facts)
  const [item, ...items] = record.items
  const evidence = [{ source: 'ledger' as const, ref: String(long.seq), text }]
  const shown = redacted(
    { ...record, items: [{ ...present(item, 'an item'), evidence }, ...items] },
    { rows: [long], frames: [] },
    [],
  )
  expect(shown.items[0]?.evidence[0]?.text).not.toContain(card.slice(0, 8))
})
