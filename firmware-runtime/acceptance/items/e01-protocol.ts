// Table E.1 row 1: the messages between antenna, OBU and card follow the standards in every combination. Judged by the
// antenna frames of each passage, against the order and the outcome of its charge.
import { t } from '../../core/values/fault-text.ts'
import { firstOfEach, matrixOf, missingCombinations } from '../combinations.ts'
import { defineAcceptanceItem, frameEvidence, judged, rowEvidence, type Wrong } from '../item.ts'
import { carOf, chargesOf, framesShown, isPaid, type Charge } from '../transactions.ts'
import { combinationSteps } from '../steps.ts'

const wrong = (
  charge: Charge,
  assertion: string,
  zh: string,
  en: string,
  frames = charge.frames,
): Wrong => ({
  assertion,
  words: t(`${carOf(charge)}:${zh}`, `${carOf(charge)}: ${en}`),
  evidence: [rowEvidence(charge.intent), ...frames.map(frameEvidence)],
})

/** For a charge on the card: C6 has the amount and the OBU of the order, and B5 answers that C6. */
function cardFaults(charge: Charge): readonly Wrong[] {
  const { intent, frames, outcome } = charge
  const debit = frames.findLast(({ direction, type }) => direction === 'out' && type === 'C6')
  if (debit === undefined)
    return [
      wrong(charge, 'noDebitFrame', '已扣费,但没有 C6 帧', 'it was charged without a C6 frame'),
    ]
  const { amount, obuId } = debit.fields
  if (typeof amount === 'number' && amount !== intent.amountFen)
    return [
      wrong(
        charge,
        'debitAmount',
        `C6 金额 ${amount} 分,订单 ${intent.amountFen} 分`,
        `C6 names ${amount} fen, but the order is ${intent.amountFen} fen`,
        [debit],
      ),
    ]
  const result = frames.find(
    (one) =>
      one.direction === 'in' &&
      (one.type === 'B5' || one.type === 'B8') &&
      one.atIso >= debit.atIso,
  )
  if (result === undefined)
    return outcome?.body.source === 'b5'
      ? [
          wrong(
            charge,
            'noResultFrame',
            '记为 B5 成功,但没有 B5 帧',
            'the ledger records a B5 success, but there is no B5 frame',
            [debit],
          ),
        ]
      : []
  if (result.fields['obuId'] !== obuId)
    return [
      wrong(charge, 'resultObu', 'B5 与 C6 的 OBU 不一致', 'B5 is of another OBU than its C6', [
        debit,
        result,
      ]),
    ]
  const tac = outcome?.body.proof?.tac ?? null
  const told = result.fields['tac']
  if (tac !== null && typeof told === 'string' && told !== tac)
    return [
      wrong(
        charge,
        'resultTac',
        `B5 的 TAC ${told} 与账本 ${tac} 不一致`,
        `TAC ${told} in B5 differs from ${tac} in the ledger`,
        [result],
      ),
    ]
  return []
}

function faultsOf(charge: Charge): readonly Wrong[] {
  const read = charge.frames.find(({ direction, type }) => direction === 'in' && type === 'B4')
  if (read === undefined)
    return [
      wrong(charge, 'noReadFrame', '没有读卡帧 B4', 'there is no B4 frame that read the card'),
    ]
  const { obuId } = charge.outcome?.body ?? charge.intent.body
  if (obuId !== null && read.fields['obuId'] !== obuId)
    return [
      wrong(charge, 'readObu', `B4 的 OBU 不是 ${obuId}`, `B4 is of another OBU than ${obuId}`, [
        read,
      ]),
    ]
  const { error } = read.fields
  if (error !== 'ok')
    return [
      wrong(charge, 'readError', `B4 的错误码是 ${error}`, `B4 has the error ${error}`, [read]),
    ]
  return charge.intent.body.chargeMode === 'card' ? cardFaults(charge) : []
}

export const protocol = defineAcceptanceItem({
  id: 'E1',
  title: t('协议符合性测试', 'Protocol conformity'),
  rule: { clause: 'E.1-1', evidence: ['ledger', 'frame'] },
  printed: '停车场计费系统和配套天线组合交易时，DSRC 交易数据符合国标、行业规范要求。',
  needs: ['exitAntenna', 'platform'],
  steps: combinationSteps,
  expected: t(
    '每次扣费:B4 读出同一 OBU;C6 金额等于订单;B5 回答这一 C6,TAC 与账本一致',
    'For each charge, B4 reads the same OBU, C6 has the amount of the order, and B5 answers that C6 with the TAC in the ledger',
  ),
  assumed: t(
    '组合由帧判定;帧不说算法时按卡版本(5x 起为 SM4),帧不说单片或双片时按 test-obus.json 的申报',
    'Combinations are judged by the frames; if they do not name the algorithm, card version 5x and above counts as SM4; if they do not say one-piece or two-piece, test-obus.json applies',
  ),
  plant: {
    why: t(
      '车道在记账前就核对每一帧:模拟天线的错帧不会成为扣费',
      'The lane checks each frame before it records a charge: a wrong frame of the simulated antenna never becomes a charge',
    ),
  },
  judge(facts) {
    const paid = chargesOf(facts).filter(isPaid)
    const seen = paid.filter(({ frames }) => frames.length > 0)
    const missing =
      seen.length === 0
        ? [t('还没有带天线帧的扣费', 'there is no charge with antenna frames yet')]
        : missingCombinations(seen, facts.testObus)
    const finding = judged(
      seen.flatMap(faultsOf),
      missing,
      t(`${seen.length} 次扣费的帧符合`, `the frames of ${seen.length} charges conform`),
      firstOfEach(seen, facts.testObus).flatMap((charge) => [
        rowEvidence(charge.intent),
        ...framesShown(charge).map(frameEvidence),
      ]),
    )
    return { ...finding, matrix: matrixOf(seen, facts.testObus) }
  },
})
