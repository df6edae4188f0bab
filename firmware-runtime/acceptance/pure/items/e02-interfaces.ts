// Table E.1 row 2: billing and access system exchange what an ETC charge needs, from order to result. Judged by the
// ledger: each charge has its order, with the same amount, and its result reached the order. It passes by charges whose orders
// came over the published interface and whose results were fetched there: inside one program no interface is seen at work.
import { t } from '#base/pure/words/fault-text.ts'
import { defineAcceptanceItem, judged, rowEvidence, type Wrong } from '../item.ts'
import type { AcceptanceFacts } from '#ledger/pure/facts.ts'
import { chargedCar } from '../steps.ts'
import {
  carOf,
  chargedFen,
  chargesOf,
  isAsOrdered,
  isPaid,
  ofKind,
  type Charge,
} from '../transactions.ts'
import { heardNo } from '#base/pure/lot/partner-heard.ts'
import type { Assertion } from '../next-steps.ts'

const wrong = (charge: Charge, assertion: Assertion, zh: string, en: string): readonly Wrong[] => [
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

const noInterface = t(
  '没有一次扣费的订单经公开的接口送来',
  'no charge had its order by the published interface',
)

/** A billing system asks for events every 25 s; within this time it has fetched the result of a charge. Ours. */
const heardWithinMs = 300_000

type Heard = (charge: Charge) => 'heard' | 'late' | 'waits' | null

/** Whether the billing system fetched the result; null: its order did not come over the interface. */
function hearing({ rows }: AcceptanceFacts): Heard {
  const heard = ofKind(rows, 'event').flatMap(({ body, atMs }) => heardNo(body, atMs) ?? [])
  const untilMs = rows.at(-1)?.atMs ?? 0
  return ({ order, payments }) => {
    const sent = order?.body.sent
    const payment = payments.find(({ body }) => body.means === 'etc')
    if (sent === undefined || payment === undefined) return null
    const isHeard = heard.some(
      ({ partnerId, no, atMs }) =>
        partnerId === sent.partnerId && no >= payment.seq && atMs - payment.atMs <= heardWithinMs,
    )
    if (isHeard) return 'heard'
    return untilMs - payment.atMs > heardWithinMs ? 'late' : 'waits'
  }
}

export const interfaces = defineAcceptanceItem({
  id: 'E2',
  title: t('接口测试', 'Interfaces'),
  rule: { clause: 'E.1-2', evidence: ['ledger'] },
  printed: '停车场计费系统与 ETC 接入系统之间，通过标准接口完成数据交互，具备 ETC 交易的条件。',
  needs: ['exitAntenna', 'platform'],
  steps: [chargedCar],
  expected: t(
    '每次扣费有一张同额订单在先,订单经接口送来,计费系统在 5 分钟内取走结果,一次扣费一笔缴费',
    'Each charge follows an order of the same amount that came over the interface, the billing system fetches the result within 5 minutes, and each charge is one payment',
  ),
  assumed: t(
    '计费和接入是同一程序时看不到接口:账本行能判出错误,不能判通过。5 分钟是自定的',
    'Where billing and access are one program no interface is seen: ledger rows can show a failure but cannot prove a pass. The 5 minutes are ours',
  ),
  plant: {
    why: t(
      '接口的另一端是别家的计费系统,模拟平台不能使它出错',
      'The other end of the interface is a billing system, in which no simulator of ours could cause an error',
    ),
  },
  judge(facts) {
    const charges = chargesOf(facts).filter(({ outcome }) => outcome !== null)
    const heard = hearing(facts)
    const late = charges.filter((charge) => heard(charge) === 'late')
    const missing = [
      ...(charges.some((charge) => heard(charge) !== null) ? [] : [noInterface]),
      ...(charges.some((charge) => heard(charge) === 'waits')
        ? [t('计费系统还没有取走结果', 'the billing system has not fetched a result yet')]
        : []),
      ...(charges.some(isPaid) ? [] : [t('还没有成功的扣费', 'there is no successful charge yet')]),
    ]
    return judged(
      [
        ...charges.flatMap(faultsOf),
        ...late.flatMap((charge) =>
          wrong(
            charge,
            'resultUnheard',
            '5 分钟内计费系统没有取走结果',
            'the billing system did not fetch the result within 5 minutes',
          ),
        ),
      ],
      missing,
      t('订单和结果都经公开的接口往返', 'orders and results went over the published interface'),
      charges.map(({ intent }) => rowEvidence(intent)),
    )
  },
})
