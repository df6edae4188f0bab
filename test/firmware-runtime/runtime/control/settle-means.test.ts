// Every row of the table of payment means is accepted by the control call, recorded under its means, and has words in both
// languages. A new row of the table is tested automatically.
import { expect, it } from 'vitest'
import { meansWords, settleMeans, settleWays } from '#base/pure/values/payment-means.ts'
import { messages } from '#renderer/i18n/catalogue.ts'
import { carAtExit, makeLot } from './control-kit.ts'

const who = { commandId: 'command-0001', by: '测试员', reason: '现金' }
const dueFen = 500

const paid = { amount: [dueFen], nothing: [0], arrears: [] }

it.each(settleMeans)('%s is settled as the table says', async (means) => {
  const lot = makeLot()
  carAtExit(lot)
  const reply = await lot.control.call('lane.settle', { laneId: 'exit', means, ...who }, 'owner')
  expect(reply).toMatchObject({ ok: true })
  const payments = lot.ledger.list.filter((row) => row.kind === 'payment')
  expect(payments.map((row) => row.amountFen)).toEqual(paid[settleWays[means].takes])
  expect(payments.every((row) => row.body.means === means)).toBe(true)
})

it('words of the window are those of the table', () => {
  expect(messages.zh).toHaveProperty('act.meansOf', {
    ...meansWords('zh'),
    code: '付款码',
    split: '拆分',
    operator: '运营服务商平台',
  })
  expect(messages.en).toHaveProperty('act.meansOf', {
    ...meansWords('en'),
    code: 'Payment code',
    split: 'Split bill',
    operator: "Operator's platform",
  })
  const [inChinese, inEnglish] = [meansWords('zh'), meansWords('en')]
  for (const means of settleMeans) expect(inChinese[means]).not.toBe(inEnglish[means])
})
