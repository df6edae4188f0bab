// Steps that several items share: what a person does at the lane. A demo does them by itself. Texts only; each item
// judges the results.
import { t, type BilingualText } from '#base/pure/words/fault-text.ts'

export const combinationSteps: readonly BilingualText[] = [
  t(
    '准备 16 种测试 OBU/卡:单片和双片、储值和记账、3DES 和 SM4、旧和新 0019',
    'Prepare 16 test OBUs with cards: one-piece and two-piece, stored-value and credit, 3DES and SM4, old and new 0019',
  ),
  t(
    '每车入场,停到要收费,再从出口驶离',
    'Each car enters, stays until a fee is due, and leaves by the exit',
  ),
  t(
    '运行本项,看还差哪些组合;天线不说单片或双片时,在本页“规则和设定”里申报测试 OBU',
    'Run this item and see which combinations are missing; if the antenna does not say one-piece or two-piece, declare the test OBUs under "Rules and settings" on this page',
  ),
]

export const chargedCar = t(
  '一辆带测试 OBU 的车入场后从出口驶离',
  'A car with a test OBU enters and leaves by the exit',
)

export const nextBill = t(
  '有 ETC 扣费的一天过后,等到次日账单时间',
  'After a day with ETC charges, wait until the bill time on the next day',
)
