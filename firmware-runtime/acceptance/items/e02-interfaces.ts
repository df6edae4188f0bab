// Table E.1 row 2: billing and access system exchange what an ETC charge needs, from order to result. Judged by the
// ledger: each charge has its order, with the same amount, and its result reached the order. It never passes: billing
// and access are one program here, without a published interface between them that could be tested.
import { t } from '../../core/values/fault-text.ts'
import { defineAcceptanceItem, judged, rowEvidence, type Wrong } from '../item.ts'
import { chargedCar } from '../steps.ts'
import { carOf, chargedFen, chargesOf, isAsOrdered, isPaid, type Charge } from '../transactions.ts'

const wrong = (charge: Charge, assertion: string, zh: string, en: string): readonly Wrong[] => [
  {
    assertion,
    words: t(`${carOf(charge)}:${zh}`, `${carOf(charge)}: ${en}`),
    evidence: [charge.intent, charge.order, charge.outcome]
      .filter((row) => row !== null)
      .map(rowEvidence),
  },
]

/** A paid charge took what was ordered, and is one payment of that amount behind its result. */
function paidFaults(charge: Charge, etc: Charge['payments']): readonly Wrong[] {
  const { intent, outcomes } = charge
  const takenFen = chargedFen(charge)
  if (!isAsOrdered(charge))
    return wrong(
      charge,
      'outcomeAmount',
      `扣费 ${intent.amountFen} 分,结果 ${takenFen} 分`,
      `the charge is ${intent.amountFen} fen, but its result is ${takenFen} fen`,
    )
  const [payment] = etc
  if (payment === undefined || etc.length > 1 || payment.amountFen !== takenFen)
    return wrong(
      charge,
      'paymentMissing',
      `扣费成功,计费系统有 ${etc.length} 笔 ETC 缴费`,
      `it was charged, but billing has ${etc.length} ETC payments for it`,
    )
  if (outcomes.some(({ body, seq }) => body.state === 'paid' && seq < payment.seq)) return []
  return wrong(
    charge,
    'paymentEarly',
    '缴费先于扣费结果',
    'billing called it paid before the charge had its result',
  )
}

function faultsOf(charge: Charge): readonly Wrong[] {
  const { intent, order, payments } = charge
  if (order === null) return wrong(charge, 'noOrder', '扣费没有订单', 'the charge has no order')
  if (order.seq > intent.seq)
    return wrong(charge, 'orderLate', '扣费先于订单', 'the charge started before its order')
  if (order.amountFen !== intent.amountFen)
    return wrong(
      charge,
      'orderAmount',
      `订单 ${order.amountFen} 分,扣费 ${intent.amountFen} 分`,
      `the order is ${order.amountFen} fen, but the charge is ${intent.amountFen} fen`,
    )
  const etc = payments.filter(
    (row) => row.body.means === 'etc' && row.deductionId === intent.deductionId,
  )
  if (isPaid(charge)) return paidFaults(charge, etc)
  if (!isPaid(charge) && charge.outcome !== null && etc.length > 0)
    return wrong(
      charge,
      'paymentWithoutCharge',
      '扣费未成功,却记为已缴',
      'it was not charged, but billing calls it paid',
    )
  return []
}

const noInterface = t('没有公开的接口', 'there is no published interface')

export const interfaces = defineAcceptanceItem({
  id: 'E2',
  title: t('接口测试', 'Interfaces'),
  rule: { clause: 'E.1-2', evidence: ['ledger'] },
  printed: '停车场计费系统与 ETC 接入系统之间，通过标准接口完成数据交互，具备 ETC 交易的条件。',
  needs: ['exitAntenna', 'platform'],
  steps: [chargedCar],
  expected: t(
    '每次扣费有一张同额订单在先,结果回到计费系统,一次扣费一笔缴费',
    'Each charge follows an order of the same amount, its result reaches the billing system, and each charge is one payment',
  ),
  assumed: t(
    '计费和接入是同一程序,两者之间没有公开的接口:账本行能判出错误,不能判通过',
    'Billing and access are one program without a published interface: ledger rows can show a failure but cannot prove a pass',
  ),
  plant: {
    why: t(
      '计费和接入是同一程序:没有可以出错的接口',
      'Billing and access are one program: there is no interface in which a simulator could cause an error',
    ),
  },
  judge(facts) {
    const charges = chargesOf(facts).filter(({ outcome }) => outcome !== null)
    return judged(
      charges.flatMap(faultsOf),
      [
        noInterface,
        ...(charges.some(isPaid)
          ? []
          : [t('还没有成功的扣费', 'there is no successful charge yet')]),
      ],
      noInterface,
      charges.map(({ intent }) => rowEvidence(intent)),
    )
  },
})
