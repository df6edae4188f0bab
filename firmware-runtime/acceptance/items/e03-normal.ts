// Table E.1 row 3: a normal charge works with each typical OBU and card, and its key fields are written correctly.
// Judged by the proof of the card, the record that a later passage reads back, and the platform's own answer about the
// number.
import { t } from '../../core/values/fault-text.ts'
import { askedWords } from '../asked-words.ts'
import { firstOfEach, matrixOf, missingCombinations } from '../combinations.ts'
import {
  defineAcceptanceItem,
  frameEvidence,
  judged,
  rowEvidence,
  wordEvidence,
  type Wrong,
} from '../item.ts'
import { combinationSteps } from '../steps.ts'
import { carOf, chargesOf, framesShown, isPaid, type Charge } from '../transactions.ts'
import { spoilt } from '../plant.ts'

const wrong = (charge: Charge, assertion: string, zh: string, en: string): Wrong => ({
  assertion,
  words: t(`${carOf(charge)}:${zh}`, `${carOf(charge)}: ${en}`),
  evidence: [
    ...[charge.armed, charge.outcome].filter((row) => row !== null).map(rowEvidence),
    ...(charge.word === null ? [] : [wordEvidence(charge.word)]),
  ],
})

/** Faults of balance, time and numbers in the proof of the card. */
function proofFaults(charge: Charge): readonly Wrong[] {
  const { armed, outcome, intent } = charge
  const proof = outcome?.body.proof ?? null
  if (armed === null || proof === null)
    return [wrong(charge, 'noProof', '没有卡的证明', 'there is no proof from the card')]
  const { cardType, balanceBeforeFen, timeBcd } = armed.body
  const left = balanceBeforeFen - (intent.amountFen ?? 0)
  if (cardType === 22 && proof.balanceAfterFen !== null && proof.balanceAfterFen !== left)
    return [
      wrong(
        charge,
        'balance',
        `余额应为 ${left} 分,卡为 ${proof.balanceAfterFen} 分`,
        `the balance should be ${left} fen, but the card says ${proof.balanceAfterFen} fen`,
      ),
    ]
  if (proof.timeBcd !== null && proof.timeBcd !== timeBcd)
    return [
      wrong(
        charge,
        'cardTime',
        `交易时间 ${proof.timeBcd},应为 ${timeBcd}`,
        `its time is ${proof.timeBcd}, not ${timeBcd}`,
      ),
    ]
  const fields = { tac: proof.tac, terminal: proof.psamTerminal, serial: proof.psamSerial }
  const empty = Object.entries(fields).find(([, value]) => value === null)
  if (empty !== undefined && outcome?.body.source === 'b5')
    return [wrong(charge, 'proofEmpty', `B5 缺 ${empty[0]}`, `B5 has no ${empty[0]}`)]
  return []
}

/** Faults of file 0019 as the same card shows it at its next charge. */
function recordFaults(charge: Charge, later: readonly Charge[]): readonly Wrong[] {
  const { armed } = charge
  const next = later.find((one) => one.armed?.body.cardNo === armed?.body.cardNo)?.armed
  if (armed === null || next === undefined || next === null) return []
  const [wrote, read] = [armed.body.writeHex, next.body.station0019Hex]
  if (wrote === read) return []
  return [
    wrong(
      charge,
      'recordReadBack',
      `写入 0019 ${wrote},再读为 ${read}`,
      `0019 was written ${wrote} and reads ${read}`,
    ),
  ]
}

function platformFaults(charge: Charge): readonly Wrong[] {
  const { word, intent } = charge
  if (word === null || word.says === 'unasked') return []
  if (word.says === 'hasNot')
    return [
      wrong(charge, 'platformHasNot', '平台没有这笔扣费', 'the platform does not have this charge'),
    ]
  if (word.amountFen === intent.amountFen) return []
  return [
    wrong(
      charge,
      'platformAmount',
      `平台记 ${word.amountFen ?? word.state},账本 ${intent.amountFen} 分`,
      `the platform has ${word.amountFen ?? word.state}, but the ledger has ${intent.amountFen} fen`,
    ),
  ]
}

function faultsOf(charges: readonly Charge[]): readonly Wrong[] {
  return charges.flatMap((charge, i) => [
    ...(charge.intent.body.chargeMode === 'card' ? proofFaults(charge) : []),
    ...recordFaults(charge, charges.slice(i + 1)),
    ...platformFaults(charge),
  ])
}

export const normal = defineAcceptanceItem({
  id: 'E3',
  title: t('正常交易测试', 'Normal transactions'),
  rule: { clause: 'E.1-3', evidence: ['ledger', 'platform', 'frame'] },
  printed:
    '停车场计费系统和配套天线组合交易时，与各发行方发行在用的典型 OBU/用户卡组合交易流程正确完成，关键字段写入正确。',
  needs: ['exitAntenna', 'platform'],
  steps: combinationSteps,
  expected: t(
    '扣费成功;余额、时间、终端号、TAC 正确;同一张卡再读的 0019 等于写入;平台有同额记录',
    'The charge succeeds; balance, time, terminal number and TAC are correct; 0019 of the same card reads as it was written; the platform has a record with the same amount',
  ),
  assumed: t(
    '联机扣费不写卡,组合按读出判定;发行方由卡号可见,不逐一要求',
    'An online charge does not write the card, so combinations are judged as read; issuers are visible from the card number and are not required one by one',
  ),
  plant: spoilt('charges', { drive: 'car', turns: 'platformHasNot', isPart: true }),
  judge(facts) {
    const paid = chargesOf(facts).filter(isPaid)
    const first = firstOfEach(paid, facts.testObus)
    const asked = askedWords(paid, facts)
    // Without a known combination the last charge is shown.
    const shown = first.length > 0 ? first : paid.slice(-1)
    const finding = judged(
      faultsOf(paid),
      [...missingCombinations(paid, facts.testObus), ...asked.missing],
      t(
        `${paid.length} 次扣费正确:${asked.words.zh}`,
        `${paid.length} charges are correct: ${asked.words.en}`,
      ),
      shown.flatMap((charge) => [
        ...(charge.outcome === null ? [] : [rowEvidence(charge.outcome)]),
        ...framesShown(charge).map(frameEvidence),
        ...(charge.word === null ? [] : [wordEvidence(charge.word)]),
      ]),
    )
    return { ...finding, matrix: matrixOf(paid, facts.testObus) }
  },
})
