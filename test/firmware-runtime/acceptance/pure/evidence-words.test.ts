// Evidence in words: members of a row by the table, an unknown kind as "name value", no plate, card or OBU in either, and
// one time by the clock of the lot.
import { describe, expect, it } from 'vitest'
import { accessSaid, answerSaid, frameSaid, rowSaid } from '#acceptance/pure/evidence-words.ts'
import { acceptanceItems } from '#acceptance/pure/items/index.ts'
import { rowEvidence } from '#acceptance/pure/item.ts'
import type { LedgerRow } from '#base/pure/rows/ledger-row.ts'
import { cardFacts, onlineFacts } from './scene.ts'

describe('a row', () => {
  it.each([
    [
      'intent',
      { outTradeNo: 'P17', chargeMode: 'card', plate: '桂A12345', cardNo: '4501', obuId: 'AB' },
      1_250,
      ['扣费前已记账：金额 ¥ 12.50，单号 P17，方式 按卡扣费', 'number P17'],
    ],
    ['refundState', { refundId: 'R1', state: 'pending' }, undefined, ['状态 已申请', 'Requested']],
    [
      'outboxState',
      { outboxId: 'O1', state: 'rejected', httpStatus: 503, respCode: null, note: '' },
      undefined,
      ['状态 平台没有接受，HTTP 状态 503', 'the platform refused it'],
    ],
    [
      'signIn',
      { validUntilMs: Date.parse('2026-03-03T04:00:00Z') },
      undefined,
      ['有效到 2026-03-03 12:00:00', 'valid until'],
    ],
    [
      'unheardOf',
      { weight: 3, of: { deep: 1 }, plate: '桂A12345' },
      undefined,
      ['unheardOf：weight 3', 'unheardOf: weight 3'],
    ],
    ['constructor', { toString: 'x' }, undefined, ['constructor：toString x', 'constructor']],
    ['barrier', {}, undefined, ['道闸', 'Barrier']],
    ['event', { type: 'invoice', detail: '桂A12345' }, undefined, ['发票', 'Invoice']],
    ['event', { type: 'ofOld', detail: '' }, undefined, ['ofOld', 'ofOld']],
    ['event', { type: 'toString', detail: '' }, undefined, ['toString', 'toString']],
  ] as const)('%s', (kind, body, amountFen, [zh, en]) => {
    const said = rowSaid({ kind, body, amountFen })
    expect(said.zh).toContain(zh)
    expect(said.en).toContain(en)
    for (const secret of ['桂A12345', '4501', 'AB', 'deep', 'null'])
      expect(`${said.zh} ${said.en}`).not.toContain(secret)
  })
})

it('has one time, by the clock of the lot', () => {
  const atMs = Date.parse('2026-03-02T00:01:01.000Z')
  const row = { seq: 4, kind: 'barrier', atMs, body: { result: 'told' } } as unknown as LedgerRow
  const { said, text } = rowEvidence(row)
  expect(said?.atIso).toBe('2026-03-02T08:01:01.000+08:00')
  expect(text).toContain('2026-03-02T08:01:01')
})

it.each([
  ['in', 'b5', '天线发来 b5 帧'],
  ['out', 'c6', '车道发出 c6 帧'],
] as const)('a frame %s', (direction, type, zh) => {
  expect(frameSaid(direction, type).zh).toBe(zh)
})

it.each([
  ['has', 'SUCCESS', 300, '平台有这一笔:SUCCESS, ¥ 3.00'],
  ['hasNot', 'notFound', null, '平台没有这一笔:查无此单'],
  ['unasked', 'silence', null, '平台没有答复:无应答'],
] as const)('an answer: %s', (says, state, amountFen, zh) => {
  expect(answerSaid(says, state, amountFen).zh).toBe(zh)
})

const access = {
  atIso: '2026-03-02T08:00:00+08:00',
  interfaceId: 'charge',
  respCode: null,
  requestId: null,
}
it.each([
  [{ status: 200, respCode: '0000' }, 'charge:应答 200 0000', 'charge: answer 200 0000'],
  [{ status: null }, 'charge:没有应答', 'charge: no answer'],
  [
    { status: 503, destination: 'operator', name: { zh: '出口扣费', en: 'Exit charge' } },
    ',出口扣费:应答 503',
    'Exit charge at the ',
  ],
] as const)('an access %j', (over, zh, en) => {
  const said = accessSaid({ ...access, ...over })
  expect(said.zh).toContain(zh)
  expect(said.en).toContain(en)
})

it('each line of evidence of a lot without faults is in words, but those of the issuer, which speaks for itself', () => {
  for (const facts of [cardFacts(), onlineFacts()])
    for (const item of acceptanceItems)
      for (const { said, text } of item.judge(facts).evidence) {
        if (item.id.startsWith('I')) continue
        expect(said, `${item.id} ${text}`).toBeDefined()
        expect(said?.words.zh, item.id).not.toMatch(/[{}"]/)
      }
})
