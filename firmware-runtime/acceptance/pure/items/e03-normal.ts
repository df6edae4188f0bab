// Table E.1 row 3: a normal charge works with each typical OBU and card, and its key fields are written correctly.
// Judged by the proof of the card, the record that a later passage reads back, and the platform's own answer about the
// number.
import { t, type BilingualText } from '#base/pure/words/fault-text.ts'
import { askedWords, isTakenAt } from '../asked-words.ts'
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
import {
  bcdOf,
  carOf,
  chargedFen,
  chargesOf,
  framesShown,
  instantOfBcd,
  isAsOrdered,
  isNear,
  isPaid,
  ofKind,
  type Charge,
  type RowOf,
} from '../transactions.ts'
import { spoilt } from '../plant.ts'
import type { Assertion } from '../next-steps.ts'

const wrong = (charge: Charge, assertion: Assertion, zh: string, en: string): readonly Wrong[] => [
  {
    assertion,
    words: t(`${carOf(charge)}:${zh}`, `${carOf(charge)}: ${en}`),
    evidence: [
      ...[charge.armed, charge.outcome].filter((row) => row !== null).map(rowEvidence),
      ...(charge.word === null ? [] : [wordEvidence(charge.word)]),
    ],
  },
]

type Proof = NonNullable<NonNullable<Charge['outcome']>['body']['proof']>

/** Digits that are all zero stand for no value. */
const isShape = (value: string | null, shape: RegExp): boolean =>
  value !== null && shape.test(value) && !/^0*$/.test(value)
const isCount = (value: number | null): boolean => value !== null && value >= 0

/** Composite transaction of the card: debit with a record (rsu-interface.md 4.7). */
const composite = '09'

/** Members that B5 must have brought, and their form. */
function emptyMember(proof: Proof): string | null {
  const { tac, psamTerminal, psamSerial, transType, timeBcd } = proof
  const members: Readonly<Record<string, boolean>> = {
    tac: isShape(tac, /^[0-9A-F]{8}$/i),
    terminal: isShape(psamTerminal, /^[0-9A-F]{12}$/i),
    serial: isCount(psamSerial),
    type: transType === null || transType === composite,
    time: timeBcd !== null,
  }
  return Object.entries(members).find(([, isThere]) => !isThere)?.[0] ?? null
}

/** Faults of balance, time and numbers in the proof of the card. */
function proofFaults(charge: Charge): readonly Wrong[] {
  const { armed, outcome } = charge
  const proof = outcome?.body.proof ?? null
  if (armed === null || proof === null)
    return wrong(charge, 'noProof', '没有卡的证明', 'there is no proof from the card')
  const { cardType, balanceBeforeFen, timeBcd, cardNo } = armed.body
  const left = balanceBeforeFen - chargedFen(charge)
  if (outcome !== null && outcome.body.cardNo !== null && outcome.body.cardNo !== cardNo)
    return wrong(charge, 'card', '扣的不是读到的卡', 'another card was debited than was read')
  if (cardType === 22 && proof.balanceAfterFen !== left)
    return wrong(
      charge,
      'balance',
      `余额应为 ${left} 分,卡为 ${proof.balanceAfterFen ?? '-'} 分`,
      `the balance should be ${left} fen, but the card says ${proof.balanceAfterFen ?? '-'} fen`,
    )
  if (!isNear(instantOfBcd(timeBcd) ?? 0, charge))
    return wrong(
      charge,
      'cardYear',
      `卡上的交易时间 ${timeBcd},账本记于 ${bcdOf(charge.intent.atMs)}`,
      `the card was debited at ${timeBcd}, and the row is of ${bcdOf(charge.intent.atMs)}`,
    )
  if (proof.timeBcd !== null && proof.timeBcd !== timeBcd)
    return wrong(
      charge,
      'cardTime',
      `交易时间 ${proof.timeBcd},应为 ${timeBcd}`,
      `its time is ${proof.timeBcd}, not ${timeBcd}`,
    )
  const empty = emptyMember(proof)
  if (empty !== null && outcome?.body.source === 'b5')
    return wrong(charge, 'proofEmpty', `B5 缺 ${empty}`, `B5 has no ${empty}`)
  return []
}

type SignIn = RowOf<'signIn'>

/** The terminal of the proof is a PSAM that signed in at the lane of the charge. */
function terminalFaults(charge: Charge, signIns: readonly SignIn[]): readonly Wrong[] {
  const terminal = charge.outcome?.body.proof?.psamTerminal ?? null
  const own = psamsOf(signIns, charge.intent.laneId)
  if (terminal === null || own.length === 0) return []
  if (own.some((one) => one.toUpperCase() === terminal.toUpperCase())) return []
  return wrong(
    charge,
    'terminal',
    `终端号 ${terminal} 不是签到的 PSAM ${own.join(', ')}`,
    `terminal ${terminal} is not the PSAM that signed in: ${own.join(', ')}`,
  )
}

/** Terminals that signed in at a lane; a lane without antenna signs in by its name. */
const psamsOf = (signIns: readonly SignIn[], laneId: string | undefined): readonly string[] => [
  ...new Set(
    signIns
      .filter((row) => row.laneId === laneId && !row.body.psamNo.startsWith('lane '))
      .map(({ body }) => body.psamNo),
  ),
]

/** A proof belongs to one charge: its terminal counts each debit. */
function proofTwice(charges: readonly Charge[]): readonly Wrong[] {
  const seen = new Set<string>()
  return charges.flatMap((charge): readonly Wrong[] => {
    const { psamTerminal = null, psamSerial = null } = charge.outcome?.body.proof ?? {}
    if (psamTerminal === null || psamSerial === null) return []
    const key = `${psamTerminal} ${psamSerial}`
    if (!seen.has(key)) {
      seen.add(key)
      return []
    }
    return wrong(
      charge,
      'proofTwice',
      `终端 ${psamTerminal} 的第 ${psamSerial} 笔证明了两次扣费`,
      `debit ${psamSerial} of terminal ${psamTerminal} proves two charges`,
    )
  })
}

/** Places of the time in file 0019, behind its head: network 2, station 2, lane 1 byte. */
const [timeFrom, timeTo] = [10, 18]

/** The record that C6 writes names its station and the time of the charge. */
function writtenFaults(charge: Charge): readonly Wrong[] {
  const { armed } = charge
  if (armed === null) return []
  const hex = armed.body.writeHex.toUpperCase()
  const own = hex.startsWith('AA29') ? hex.slice(6) : hex
  const wroteMs = Number.parseInt(own.slice(timeFrom, timeTo), 16) * 1_000
  const { timeBcd } = armed.body
  const isStation = isShape(own.slice(0, timeFrom), /^[0-9A-F]{10}$/)
  if (isStation && bcdOf(wroteMs) === timeBcd) return []
  return wrong(
    charge,
    'recordWritten',
    `写入的 0019 ${hex} 不是这次扣费的站点和时间 ${timeBcd}`,
    `0019 was written ${hex}, which has not the station and the time ${timeBcd} of this charge`,
  )
}

/** Faults of file 0019 as the same card shows it at its next charge. */
function recordFaults(charge: Charge, later: readonly Charge[]): readonly Wrong[] {
  const { armed } = charge
  const next = later.find((one) => one.armed?.body.cardNo === armed?.body.cardNo)?.armed
  if (armed === null || next === undefined || next === null) return []
  const [wrote, read] = [armed.body.writeHex, next.body.station0019Hex]
  if (wrote === read) return []
  return wrong(
    charge,
    'recordReadBack',
    `写入 0019 ${wrote},再读为 ${read}`,
    `0019 was written ${wrote} and reads ${read}`,
  )
}

function platformFaults(charge: Charge): readonly Wrong[] {
  const { word } = charge
  if (word === null || word.says === 'unasked') return []
  if (word.says === 'hasNot')
    return wrong(
      charge,
      'platformHasNot',
      '平台没有这笔扣费',
      'the platform does not have this charge',
    )
  const fen = chargedFen(charge)
  if (word.amountFen !== fen)
    return wrong(
      charge,
      'platformAmount',
      `平台记 ${word.amountFen ?? word.state},账本 ${fen} 分`,
      `the platform has ${word.amountFen ?? word.state}, but the ledger has ${fen} fen`,
    )
  if (isTakenAt(word, charge.refunds.length > 0)) return []
  return wrong(
    charge,
    'platformState',
    `账本记成功,平台为 ${word.state}`,
    `the ledger calls it paid, but the platform says ${word.state}`,
  )
}

function faultsOf(charges: readonly Charge[], signIns: readonly SignIn[]): readonly Wrong[] {
  const byCard = charges.filter(({ intent }) => intent.body.chargeMode === 'card')
  return [
    ...charges.flatMap((charge, i) => [
      ...(charge.intent.body.chargeMode === 'card'
        ? [
            ...proofFaults(charge),
            ...terminalFaults(charge, signIns),
            ...writtenFaults(charge),
            ...amountFaults(charge),
          ]
        : amountFaults(charge)),
      ...recordFaults(charge, charges.slice(i + 1)),
      ...platformFaults(charge),
    ]),
    ...proofTwice(byCard),
  ]
}

const amountFaults = (charge: Charge): readonly Wrong[] =>
  isAsOrdered(charge)
    ? []
    : wrong(
        charge,
        'outcomeAmount',
        `扣费 ${charge.intent.amountFen} 分,结果 ${chargedFen(charge)} 分`,
        `the charge is ${charge.intent.amountFen} fen, but its result is ${chargedFen(charge)} fen`,
      )

/** The terminal of a card charge is compared with the PSAM that signed in: without its sign-in it is not judged. */
function withoutPsam(
  charges: readonly Charge[],
  signIns: readonly SignIn[],
): readonly BilingualText[] {
  const away = charges.filter(
    ({ intent, outcome }) =>
      (outcome?.body.proof?.psamTerminal ?? null) !== null &&
      psamsOf(signIns, intent.laneId).length === 0,
  )
  const lanes = [...new Set(away.map(({ intent }) => intent.laneId ?? ''))].join(', ')
  if (away.length === 0) return []
  return [
    t(
      `车道 ${lanes} 没有 PSAM 签到,不能核对终端号`,
      `no PSAM signed in at lane ${lanes}, so the terminal number cannot be compared`,
    ),
  ]
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
    const signIns = ofKind([...facts.before, ...facts.rows], 'signIn')
    const first = firstOfEach(paid, facts.testObus)
    const asked = askedWords(paid, facts)
    // Without a known combination the last charge is shown.
    const shown = first.length > 0 ? first : paid.slice(-1)
    const finding = judged(
      faultsOf(paid, signIns),
      [
        ...missingCombinations(paid, facts.testObus),
        ...withoutPsam(paid, signIns),
        ...asked.missing,
      ],
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
