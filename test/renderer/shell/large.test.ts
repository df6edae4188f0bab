// A large amount on the board: the evidence in one dialog, released with exactly the shown amount,
// or another plate or payment one press away.
import { beforeEach, expect, it } from 'vitest'
import { boards, car, lane } from '../pages/lane/lane-views.ts'
import { all, named as test, one, openPage, wordOf, sign, press } from '../kit/page.ts'
import { ScriptedLot } from '../kit/scripted-lot.ts'

let lot: ScriptedLot

beforeEach(async () => {
  lot = new ScriptedLot()
  const large = car({ manual: 'largeAmount' })
  lot.board = { ...boards.normal, lanes: [lane({ state: 'manual', car: large })] }
  await openPage(lot, '/lane')
  await press('large')
})

it('shows both photos, plate, entry and the lines of the price', () => {
  const shown = one(test('evidence')).textContent
  for (const word of ['入口照片', '出口照片', '测A·12345', '¥ 5.00', '停留 2 小时 13 分'])
    expect(shown).toContain(word)
})

it('is released with the order and the amount that were seen', async () => {
  expect(one(test('do')).textContent.trim()).toBe(wordOf('large.do', { amount: '¥ 12.00' }))
  await sign('测试员')
  const sent = lot.sent('lane.release')
  expect(sent).toMatchObject([{ args: { amountFen: 1200, orderId: car().orderId, by: '测试员' } }])
})

it.each([
  ['correct', '[name="plate"]'],
  ['reject', '[name="means"]'],
])('%s leads to its own dialog', async (button, field) => {
  await press(button)
  expect(all(field).length).toBeGreaterThan(0)
})
