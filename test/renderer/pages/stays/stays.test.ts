// The list of stays to check: old ones and pairs, and closing one with name and reason.
// Joining sends both ids, closing only that of the stay.
import { beforeEach, describe, expect, it } from 'vitest'
import { present } from '#base/pure/values/must.ts'
import {
  all,
  named as test,
  one,
  openPage,
  submit,
  wordOf,
  sayWho,
  sign,
  click,
  press,
} from '../../kit/page.ts'
import { ScriptedLot } from '../../kit/scripted-lot.ts'
import { staysToCheck } from './stays-view.ts'

let lot: ScriptedLot

beforeEach(async () => {
  lot = new ScriptedLot()
  await openPage(lot, '/ledger')
})

describe('stays to check', () => {
  it('are reached from the ledger, which says how many there are', async () => {
    expect(one(test('to-check')).textContent.trim()).toBe('待核对 7 条')
    await press('to-check')
    expect(all(`${test('old')} tbody tr`)).toHaveLength(2)
    expect(one(`${test('pairs')} tbody tr`).textContent).toContain('测A·11117')
  })

  it.each([
    ['close', 'S-DEMO01-17', undefined],
    ['join', 'S-DEMO01-190', 'S-DEMO01-201'],
  ])('%s sends what a person says, with name and reason', async (button, stayId, exitStayId) => {
    await press('to-check')
    await click(all(test(button))[0] ?? document.body)
    await sign('测试员', 1)
    const sent = lot.argsOf('stays.close')
    expect(sent).toMatchObject([{ stayId, by: '测试员' }])
    expect(sent[0]?.['exitStayId']).toBe(exitStayId)
  })

  it('send what was found of a charge, and nothing before a person chose', async () => {
    await press('to-check')
    await press('settle-charge')
    await sign('测试员')
    const sent = () => lot.sent('charges.settle')
    expect(sent()).toEqual([])
    expect(one('[role="alert"]').textContent).toContain(wordOf('stays.found.need'))
    await click(one('input[value="paid"]'))
    expect(one(test('do')).textContent.trim()).toBe(
      wordOf('stays.settleDo.paid', { amount: '¥ 15.00' }),
    )
    await submit()
    const args = { deductionId: 'O-DEMO01-7.D1', found: 'paid', by: '测试员' }
    expect(sent()).toMatchObject([{ args }])
  })

  it('send that the driver has the money of a refund', async () => {
    await press('to-check')
    await press('give-back')
    await sayWho('测试员')
    expect(one(test('do')).textContent.trim()).toBe(
      wordOf('stays.giveBackDo', { amount: '¥ 12.00' }),
    )
    await submit()
    expect(lot.sent('refunds.given')).toEqual([])
    await click(one('[name="refund-means"][value="cash"]'))
    await submit()
    const args = { refundId: 'R-DEMO01-31', refundMeans: 'cash', by: '测试员' }
    expect(lot.sent('refunds.given')).toMatchObject([{ args }])
  })

  it('name why a refund is held, and give it back as any other', async () => {
    await press('to-check')
    const row = present(all(`${test('refunds')} tbody tr`)[1], 'the second refund')
    const { textContent } = row
    for (const part of [
      wordOf('stays.refundWhy.held'),
      'GX00012',
      '¥ 3.00',
      wordOf('stays.refundTodo'),
    ])
      expect(textContent).toContain(part)
    await click(present(all(test('give-back'))[1], 'its button'))
    await sayWho('测试员')
    await click(one('[name="refund-means"][value="transfer"]'))
    await submit()
    const args = { refundId: 'R-DEMO01-32', refundMeans: 'transfer', by: '测试员' }
    expect(lot.sent('refunds.given')).toMatchObject([{ args }])
  })

  it('name what was paid and not uploaded: how much, why, what to do; and end it by a finding', async () => {
    await press('to-check')
    const section = one(test('not-uploaded')).closest('section')?.textContent ?? ''
    for (const word of ['1 笔，共 ¥ 8.00', '4501000000000009', '没有交易认证码', '向清分方申报'])
      expect(section).toContain(word)
    await press('book')
    await sayWho('测试员')
    expect(one(test('do')).textContent.trim()).toBe(wordOf('stays.bookDo', { amount: '¥ 8.00' }))
    await submit()
    const args = { deductionId: 'O-DEMO01-9.D1', found: 'booked', by: '测试员' }
    expect(lot.sent('charges.settle')).toMatchObject([{ args }])
  })

  it('alone are no empty list', async () => {
    const only = { ...staysToCheck, count: 0, rows: [], pairs: [], charges: [], refunds: [] }
    lot.answers('stays.toCheck', only)
    await press('to-check')
    expect(one('.screen').textContent).not.toContain(wordOf('stays.empty'))
    expect(all(test('not-uploaded'))).toHaveLength(1)
  })

  it('counts charges that the platform has not answered', async () => {
    expect(all(test('asked'))).toEqual([])
    const asked = { count: 2, amountFen: 1500, sinceIso: '2026-03-14T09:12:31+08:00' }
    lot.answers('stays.toCheck', { ...staysToCheck, asked })
    await press('to-check')
    expect(one(test('asked')).textContent).toContain('15.00')
  })

  it('says so where there is none', async () => {
    const empty = {
      afterDays: 3,
      inside: 0,
      count: 0,
      rows: [],
      pairs: [],
      charges: [],
      asked: { count: 0, amountFen: 0, sinceIso: null, stayIds: [] },
      notUploaded: [],
      refunds: [],
    }
    lot.answers('stays.toCheck', empty)
    await press('to-check')
    expect(one('.screen').textContent).toContain(wordOf('stays.empty'))
  })
})
