// Table F.1 row 4: the exit requests a charge online, and the barrier follows the answer: it opens only when paid.
// Judged by the order of rows and by the platform's own answer: the ledger alone cannot prove a payment.
import { t } from '../../core/values/fault-text.ts'
import { askedWords, isVouched } from '../asked-words.ts'
import { defineAcceptanceItem, judged, rowEvidence, wordEvidence, type Wrong } from '../item.ts'
import { chargedCar } from '../steps.ts'
import { carOf, chargesOf, isPaid, type Charge } from '../transactions.ts'
import { spoilt } from '../plant.ts'

const wrong = (charge: Charge, assertion: string, zh: string, en: string): Wrong => ({
  assertion,
  words: t(`${carOf(charge)}:${zh}`, `${carOf(charge)}: ${en}`),
  evidence: [
    ...[charge.intent, charge.outcome].filter((row) => row !== null).map(rowEvidence),
    ...charge.passes.map(rowEvidence),
    ...(charge.word === null ? [] : [wordEvidence(charge.word)]),
  ],
})

/** Compares the barrier with the outcome. */
function barrierFaults(charge: Charge): readonly Wrong[] {
  const { passes, barriers, outcome } = charge
  const etc = passes.find(({ body }) => body.cause === 'etc')
  if (!isPaid(charge) || outcome === null)
    return etc === undefined
      ? []
      : [
          wrong(
            charge,
            'openedUnpaid',
            '没有扣费成功,却按 ETC 抬杆',
            'it was not charged, but the barrier opened as ETC',
          ),
        ]
  if (etc === undefined) {
    const isSettled = passes.length > 0
    return isSettled
      ? []
      : [
          wrong(
            charge,
            'stayedDown',
            '扣费成功,没有抬杆',
            'it was charged, but the barrier stayed down',
          ),
        ]
  }
  const early = barriers.find(
    ({ body, seq }) => body.passId === etc.body.passId && seq < outcome.seq,
  )
  return early === undefined
    ? []
    : [
        wrong(
          charge,
          'openedEarly',
          '抬杆先于扣费结果',
          'the barrier opened before the charge result',
        ),
      ]
}

function wordFaults(charge: Charge): readonly Wrong[] {
  const { word, intent } = charge
  if (word === null || word.says === 'unasked') return []
  const took = word.says === 'has' && word.amountFen !== null
  if (isPaid(charge) && !took)
    return [
      wrong(
        charge,
        'platformNotPaid',
        `账本记成功,平台为 ${word.state}`,
        `the ledger calls it paid, but the platform says ${word.state}`,
      ),
    ]
  if (isPaid(charge) && word.amountFen !== intent.amountFen)
    return [
      wrong(
        charge,
        'platformAmount',
        `账本 ${intent.amountFen} 分,平台 ${word.amountFen} 分`,
        `the ledger has ${intent.amountFen} fen, but the platform has ${word.amountFen} fen`,
      ),
    ]
  const isRefunded = word.state === 'REFUNDED' || charge.refunds.length > 0
  if (charge.outcome?.body.state === 'refused' && took && !isRefunded)
    return [
      wrong(
        charge,
        'chargedRefused',
        '账本记拒绝,平台已扣款',
        'the ledger calls it refused, but the platform charged it',
      ),
    ]
  return []
}

export const onlineCharge = defineAcceptanceItem({
  id: 'F4',
  title: t('联机扣款', 'Online charge'),
  rule: { clause: 'F.1-4', evidence: ['ledger', 'platform'] },
  printed: '按标准协议发起联机扣款，根据响应结果抬杆或者不抬杆',
  needs: ['online', 'platform'],
  steps: [
    chargedCar,
    t(
      '一个余额不足的账户离场:平台拒绝',
      'A car whose account has too little balance leaves: the platform refuses',
    ),
  ],
  expected: t(
    '成功才抬杆,拒绝不按 ETC 抬杆;平台记录与账本一致',
    'The barrier opens only after a successful charge, and not as ETC after a refusal; platform and ledger agree',
  ),
  assumed: t('成功和拒绝各至少一次', 'At least one charge succeeds and at least one is refused'),
  plant: spoilt('charges', { drive: 'refusedCar', turns: 'platformNotPaid' }),
  judge(facts) {
    const charges = chargesOf(facts).filter(({ outcome }) => outcome !== null)
    const asked = askedWords(charges, facts)
    const vouched = charges.filter(isVouched)
    const missing = [
      ...(charges.some(isPaid) ? [] : [t('还没有成功的扣款', 'there is no successful charge yet')]),
      ...(charges.some(({ outcome }) => outcome?.body.state === 'refused')
        ? []
        : [t('还没有被拒绝的扣款', 'there is no refused charge yet')]),
      ...asked.missing,
    ]
    return judged(
      charges.flatMap((charge) => [...barrierFaults(charge), ...wordFaults(charge)]),
      missing,
      t(
        `${vouched.length} 次联机扣款与平台一致:${asked.words.zh}`,
        `${vouched.length} online charges agree with the platform: ${asked.words.en}`,
      ),
      // Charges confirmed by the platform come first.
      [...vouched, ...charges.filter((one) => !isVouched(one))].flatMap(({ outcome, word }) => [
        ...(outcome === null ? [] : [rowEvidence(outcome)]),
        ...(word === null ? [] : [wordEvidence(word)]),
      ]),
    )
  },
})
