// Table F.1 row 4: the exit requests a charge online, and the barrier follows the answer: it opens only when paid.
// Judged by the order of rows and by the platform's own answer: the ledger alone cannot prove a payment.
import { t, type BilingualText } from '#base/pure/words/fault-text.ts'
import { isSuccess } from '../uploads.ts'
import type { InstantMs } from '#base/pure/values/instant.ts'
import { askedWords, isTakenAt, isVouched } from '../asked-words.ts'
import { defineAcceptanceItem, judged, rowEvidence, wordEvidence, type Wrong } from '../item.ts'
import { chargedCar } from '../steps.ts'
import { passFaults } from '../leaving.ts'
import { carOf, chargedFen, chargesOf, isAsOrdered, isPaid, type Charge } from '../transactions.ts'
import { spoilt } from '../plant.ts'
import type { Assertion } from '../next-steps.ts'

const wrong = (charge: Charge, assertion: Assertion, zh: string, en: string): readonly Wrong[] => [
  {
    assertion,
    words: t(`${carOf(charge)}:${zh}`, `${carOf(charge)}: ${en}`),
    evidence: [
      ...[charge.intent, charge.outcome].filter((row) => row !== null).map(rowEvidence),
      ...charge.passes.map(rowEvidence),
      ...(charge.word === null ? [] : [wordEvidence(charge.word)]),
    ],
  },
]

/** The command is written right behind its pass; the facts may be read between both. */
const commandMs = 5_000

/** The boom of a pass: told to open after the result, and not failed. */
function boomFault(charge: Charge, passId: string, resultSeq: number): readonly Wrong[] {
  const own = charge.barriers.filter(({ body }) => body.passId === passId)
  if (own.some(({ seq }) => seq < resultSeq))
    return wrong(
      charge,
      'openedEarly',
      '抬杆先于扣费结果',
      'the barrier opened before the charge result',
    )
  if (own.some(({ body }) => body.result !== 'failed')) return []
  return own.length === 0
    ? wrong(
        charge,
        'noCommand',
        '已放行,没有抬杆命令',
        'the car was let out, but no command opened the barrier',
      )
    : wrong(
        charge,
        'boomFailed',
        '扣费成功,道闸没有抬起',
        'it was charged, but the boom failed to open',
      )
}

/** Compares the barrier with the outcome. */
function barrierFaults(charge: Charge, nowMs: InstantMs): readonly Wrong[] {
  const { passes, outcomes } = charge
  const etc = passes.find(({ body }) => body.cause === 'etc')
  const result = outcomes.find(({ body }) => body.state === 'paid')
  if (!isPaid(charge) || result === undefined)
    return etc === undefined
      ? []
      : wrong(
          charge,
          'openedUnpaid',
          '没有扣费成功,却按 ETC 抬杆',
          'it was not charged, but the barrier opened as ETC',
        )
  if (etc !== undefined)
    return nowMs - etc.atMs < commandMs ? [] : boomFault(charge, etc.body.passId, result.seq)
  if (passes.length > 0) return []
  return wrong(
    charge,
    'stayedDown',
    '扣费成功,没有抬杆',
    'it was charged, but the barrier stayed down',
  )
}

/** The charge was requested at the expansion platform, with the amount of its intent, and its answer was no error. */
function requestFaults(charge: Charge): readonly Wrong[] {
  const { intent, uploads, uploadStates, outcome } = charge
  // A charge that the lane gave up before it was sent has no request.
  if (!isPaid(charge) && outcome?.body.source !== 'platform') return []
  const own = uploads.filter(({ body }) => body.op === 'charge' && body.destination === 'platform')
  const [request] = own
  if (request === undefined)
    return wrong(
      charge,
      'neverQueued',
      '没有向拓展平台发起扣款',
      'no charge was requested from the expansion platform',
    )
  if (own.some(({ amountFen }) => amountFen !== intent.amountFen))
    return wrong(
      charge,
      'requestAmount',
      `扣款请求 ${request.amountFen} 分,应为 ${intent.amountFen} 分`,
      `the request is ${request.amountFen} fen, but the charge is ${intent.amountFen} fen`,
    )
  const failed = uploadStates.find(
    ({ body }) => body.state === 'confirmed' && !isSuccess(body.httpStatus ?? 200),
  )
  if (failed === undefined) return []
  const status = failed.body.httpStatus
  return wrong(
    charge,
    'notSuccess',
    `记为已确认,答复却是 ${status}`,
    `it is called confirmed, but the answer was ${status}`,
  )
}

function wordFaults(charge: Charge): readonly Wrong[] {
  const { word, refunds } = charge
  if (word === null || word.says === 'unasked') return []
  const fen = chargedFen(charge)
  const took = word.amountFen !== null && isTakenAt(word, refunds.length > 0)
  if (isPaid(charge) && !took)
    return wrong(
      charge,
      'platformNotPaid',
      `账本记成功,平台为 ${word.state}`,
      `the ledger calls it paid, but the platform says ${word.state}`,
    )
  if (isPaid(charge) && word.amountFen !== fen)
    return wrong(
      charge,
      'platformAmount',
      `账本 ${fen} 分,平台 ${word.amountFen} 分`,
      `the ledger has ${fen} fen, but the platform has ${word.amountFen} fen`,
    )
  if (charge.outcome?.body.state === 'refused' && took && refunds.length === 0)
    return wrong(
      charge,
      'chargedRefused',
      '账本记拒绝,平台已扣款',
      'the ledger calls it refused, but the platform charged it',
    )
  return []
}

/** Order, charge, result and payment have one amount. */
function amountFaults(charge: Charge): readonly Wrong[] {
  if (!isPaid(charge)) return []
  const { intent, order, payments } = charge
  const [fen, takenFen] = [intent.amountFen, chargedFen(charge)]
  const payment = payments.find((row) => row.deductionId === intent.deductionId)
  if (order !== null && order.amountFen !== fen)
    return wrong(
      charge,
      'orderAmount',
      `订单 ${order.amountFen} 分,扣款 ${fen} 分`,
      `the order is ${order.amountFen} fen, but the charge is ${fen} fen`,
    )
  if (!isAsOrdered(charge))
    return wrong(
      charge,
      'outcomeAmount',
      `扣款 ${fen} 分,结果 ${takenFen} 分`,
      `the charge is ${fen} fen, but its result is ${takenFen} fen`,
    )
  if (payment === undefined || payment.amountFen === takenFen) return []
  return wrong(
    charge,
    'paymentAmount',
    `扣款 ${takenFen} 分,记为缴费 ${payment.amountFen} 分`,
    `${takenFen} fen were charged, but ${payment.amountFen} fen are called paid`,
  )
}

/** The platform is said to have paid or refused it, but no request for it has an answer. */
const isOpen = ({ outcome, uploads, uploadStates }: Charge): boolean =>
  outcome?.body.source === 'platform' &&
  outcome.body.state !== 'unknown' &&
  uploads
    .filter(({ body }) => body.op === 'charge')
    .some(({ body }) => !uploadStates.some((state) => state.body.outboxId === body.outboxId))

/** A charge that the platform never had, or that the lane took back, was not refused. */
const notRefused: readonly string[] = ['notFound', 'cancelled']
const isRefused = ({ outcome }: Charge): boolean =>
  outcome?.body.state === 'refused' && !notRefused.includes(outcome.body.reason)

function missingOf(charges: readonly Charge[]): readonly BilingualText[] {
  const open = charges.filter(isOpen)
  return [
    ...(charges.some(isPaid) ? [] : [t('还没有成功的扣款', 'there is no successful charge yet')]),
    ...(charges.some(isRefused) ? [] : [t('还没有被拒绝的扣款', 'there is no refused charge yet')]),
    ...open
      .slice(0, 1)
      .map((one) =>
        t(
          `${open.length} 次扣款没有答复的记录,例如 ${carOf(one)}`,
          `${open.length} charges have no answer on record, for example ${carOf(one)}`,
        ),
      ),
  ]
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
    const charges = chargesOf(facts).filter(
      ({ outcome, intent }) => outcome !== null && intent.body.chargeMode === 'online',
    )
    const asked = askedWords(charges, facts)
    const vouched = charges.filter(isVouched)
    const missing = [...missingOf(charges), ...asked.missing]
    return judged(
      [
        ...charges.flatMap((charge) => [
          // An open lot has no boom that could follow the answer (8.1.2).
          ...(facts.watch === null ? barrierFaults(charge, facts.nowMs) : []),
          ...requestFaults(charge),
          ...amountFaults(charge),
          ...wordFaults(charge),
        ]),
        ...passFaults(facts).filter(({ assertion }) => assertion !== 'openedUnpaid'),
      ],
      missing,
      t(
        `${vouched.length} 次联机扣款与平台一致:${asked.words.zh}${facts.watch === null ? '' : ';没有道闸,抬杆不适用'}`,
        `${vouched.length} online charges agree with the platform: ${asked.words.en}${facts.watch === null ? '' : '; no boom, so that its part does not apply'}`,
      ),
      // Charges confirmed by the platform come first.
      [...vouched, ...charges.filter((one) => !isVouched(one))].flatMap(({ outcome, word }) => [
        ...(outcome === null ? [] : [rowEvidence(outcome)]),
        ...(word === null ? [] : [wordEvidence(word)]),
      ]),
    )
  },
})
