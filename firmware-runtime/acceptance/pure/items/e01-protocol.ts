// Table E.1 row 1: the messages between antenna, OBU and card follow the standards in every combination. Judged by the
// antenna frames of each passage, against the order and the outcome of its charge.
import { t, type BilingualText } from '#base/pure/words/fault-text.ts'
import { minuteMs, parseIso, type InstantMs } from '#base/pure/values/instant.ts'
import { canonicalJson } from '#base/pure/data/json.ts'
import { isStopRow } from '#base/pure/rows/stop-row.ts'
import type { AcceptanceFacts, FrameFact } from '#ledger/pure/facts.ts'
import { firstOfEach, matrixOf, missingCombinations } from '../combinations.ts'
import { defineAcceptanceItem, frameEvidence, judged, rowEvidence, type Wrong } from '../item.ts'
import {
  carOf,
  chargesOf,
  framesShown,
  instantOfBcd,
  isNear,
  isPaid,
  isZeros,
  type Charge,
} from '../transactions.ts'
import { combinationSteps } from '../steps.ts'
import type { Assertion } from '../next-steps.ts'

const wrong = (
  charge: Charge,
  assertion: Assertion,
  zh: string,
  en: string,
  frames = charge.frames,
): Wrong => ({
  assertion,
  words: t(`${carOf(charge)}:${zh}`, `${carOf(charge)}: ${en}`),
  evidence: [rowEvidence(charge.intent), ...frames.map(frameEvidence)],
})

const hexOf = (value: unknown): string => (typeof value === 'string' ? value.toUpperCase() : '')
const shownOf = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '-'

/** A member of a frame that does not agree with what another place has. */
interface Differs {
  readonly assertion: Assertion
  readonly frame: FrameFact
  /** In words for people. */
  readonly what: string
  readonly is: unknown
  readonly wanted: unknown
}

const isSame = (a: unknown, b: unknown): boolean =>
  typeof a === 'string' && typeof b === 'string' ? hexOf(a) === hexOf(b) : a === b

/** `is` and `wanted` of different values; a member that the form of the frame does not have is left out. */
const differing = (charge: Charge, all: readonly Differs[]): readonly Wrong[] =>
  all
    .filter(({ is, wanted }) => !isSame(is, wanted))
    .map(({ assertion, frame, what, is, wanted }) => {
      const [a, b] = [shownOf(is), shownOf(wanted)]
      return wrong(
        charge,
        assertion,
        `${frame.type} 的 ${what} 是 ${a},应为 ${b}`,
        `${frame.type} names ${what} ${a}, but it should be ${b}`,
        [frame],
      )
    })

/** Members that not every form of the frame has, or that the ledger does not know. */
const known = ({ is, wanted }: Differs): boolean =>
  is !== undefined && is !== null && wanted !== undefined && wanted !== null

/** The station record in C6 is a text in some forms, and a table of members in others. */
const recordText = ({ fields }: FrameFact): string | undefined => {
  const { station } = fields
  return typeof station === 'string' ? station.toUpperCase() : undefined
}

function debitFaults(charge: Charge, debit: FrameFact): readonly Wrong[] {
  const { intent, armed, outcome } = charge
  const { amount, obuId, time } = debit.fields
  const of = { frame: debit }
  const text = recordText(debit)
  const records: readonly Differs[] = [
    {
      ...of,
      assertion: 'debitRecord',
      what: '0019',
      is: text,
      wanted: text === undefined ? undefined : armed?.body.writeHex,
    },
  ]
  return differing(charge, [
    { ...of, assertion: 'debitAmount', what: 'amountFen', is: amount, wanted: intent.amountFen },
    {
      ...of,
      assertion: 'debitObu',
      what: 'OBU',
      is: obuId,
      wanted: armed?.body.obuId ?? outcome?.body.obuId,
    },
    { ...of, assertion: 'debitTime', what: 'time', is: time, wanted: armed?.body.timeBcd },
    ...records.filter(known),
  ])
}

/** Members of B5 and of the proof in the ledger, which was made from it. */
const proofMembers = [
  ['resultTerminal', 'psamTerminal', 'psamTerminal'],
  ['resultTerminalSerial', 'psamSerial', 'psamSerial'],
  ['resultCardSerial', 'cardSerial', 'cardSerial'],
  ['resultBalance', 'balanceAfter', 'balanceAfterFen'],
  ['resultTime', 'time', 'timeBcd'],
  ['resultTransaction', 'transType', 'transType'],
] as const

function resultFaults(charge: Charge, debit: FrameFact, result: FrameFact): readonly Wrong[] {
  const proof = charge.outcome?.body.proof ?? null
  const { obuId, tac, error } = result.fields
  const of = { frame: result }
  const members = proofMembers.map(([assertion, what, member]): Differs => ({
    ...of,
    assertion,
    what,
    is: result.fields[what],
    wanted: proof?.[member],
  }))
  const isB5 = charge.outcome?.body.source === 'b5'
  return differing(charge, [
    { ...of, assertion: 'resultObu', what: 'OBU', is: obuId, wanted: debit.fields['obuId'] },
    ...(isB5
      ? [{ ...of, assertion: 'resultError' as const, what: 'error', is: error, wanted: 'ok' }]
      : []),
    ...(isB5 || known({ ...of, assertion: 'resultTac', what: '', is: tac, wanted: proof?.tac })
      ? [
          {
            ...of,
            assertion: 'resultTac' as const,
            what: 'TAC',
            is: tac,
            wanted: proof?.tac ?? 'TAC',
          },
        ]
      : []),
    ...members.filter(known),
  ])
}

const isIn = ({ direction, type }: FrameFact, ...types: readonly string[]): boolean =>
  direction === 'in' && types.includes(type)

/** An antenna repeats a frame that was not answered in time: the same result again is one result. */
const distinct = (frames: readonly FrameFact[]): readonly FrameFact[] => [
  ...new Map(frames.map((one) => [canonicalJson(one.fields), one])).values(),
]

/** A debit is never repeated, and its result comes once, except as the answer to C8. */
function countFaults(charge: Charge): readonly Wrong[] {
  const { frames } = charge
  const out = (type: string): readonly FrameFact[] =>
    frames.filter((one) => one.direction === 'out' && one.type === type)
  const results = distinct(frames.filter((one) => isIn(one, 'B5') && one.fields['error'] === 'ok'))
  const [debits, asked] = [out('C6'), out('C8').length]
  return [
    ...(debits.length > 1
      ? [
          wrong(
            charge,
            'debitTwice',
            `C6 发了 ${debits.length} 次`,
            `C6 was sent ${debits.length} times`,
            debits,
          ),
        ]
      : []),
    ...(results.length > 1 + asked
      ? [
          wrong(
            charge,
            'resultTwice',
            `B5 成功收到 ${results.length} 次`,
            `B5 reported success ${results.length} times`,
            results,
          ),
        ]
      : []),
  ]
}

/** For a charge on the card: C6 is what was ordered and armed, and B5 answers that C6 as the ledger has it. */
function cardFaults(charge: Charge): readonly Wrong[] {
  const { frames, outcome } = charge
  const debit = frames.findLast(({ direction, type }) => direction === 'out' && type === 'C6')
  if (debit === undefined)
    return [
      wrong(charge, 'noDebitFrame', '已扣费,但没有 C6 帧', 'it was charged without a C6 frame'),
    ]
  const result = frames.findLast((one) => isIn(one, 'B5', 'B8') && one.atIso >= debit.atIso)
  const isB5 = outcome?.body.source === 'b5'
  const faults = [...debitFaults(charge, debit), ...countFaults(charge)]
  if (result === undefined)
    return isB5
      ? [
          ...faults,
          wrong(
            charge,
            'noResultFrame',
            '记为 B5 成功,但没有 B5 帧',
            'the ledger records a B5 success, but there is no B5 frame',
            [debit],
          ),
        ]
      : faults
  return [...faults, ...resultFaults(charge, debit, result)]
}

/** B4 is compared with what was armed; an antenna that reports no error of its reading reports the state of the OBU. */
function readFaults(charge: Charge, read: FrameFact): readonly Wrong[] {
  const { armed } = charge
  const { error, obuStatus, balance, card, obuId } = read.fields
  const { network, cardNumber } = (card ?? {}) as Readonly<Record<string, unknown>>
  const cardNo =
    typeof network === 'string' && typeof cardNumber === 'string'
      ? `${network}${cardNumber}`
      : undefined
  const of = { frame: read }
  const members: readonly Differs[] = [
    {
      ...of,
      assertion: 'readBalance',
      what: 'balanceFen',
      is: balance,
      wanted: armed?.body.balanceBeforeFen,
    },
    { ...of, assertion: 'readCard', what: 'cardNo', is: cardNo, wanted: armed?.body.cardNo },
  ]
  const wanted = charge.outcome?.body.obuId ?? charge.intent.body.obuId
  return differing(charge, [
    ...(wanted === null
      ? []
      : [{ ...of, assertion: 'readObu' as const, what: 'OBU', is: obuId, wanted }]),
    { ...of, assertion: 'readError', what: 'error', is: error ?? obuStatus, wanted: 'ok' },
    ...members.filter(known),
  ])
}

const cardTypes: readonly unknown[] = [22, 23]

/**
 * Frames, card and proof may agree with each other and be of another year, lane or card: the rows of the charge say when and
 * where it was (conformance, second part, 2).
 */
function rowFaults(charge: Charge, read: FrameFact | undefined): readonly Wrong[] {
  const { intent, armed, outcome, frames } = charge
  const elsewhere = frames.filter(({ laneId }) => laneId !== intent.laneId)
  const debit = frames.filter(({ type }) => type === 'C6' || type === 'B5' || type === 'B8')
  const away = debit.filter(({ atIso }) => !isNear(parseIso(atIso) ?? 0, charge))
  const endMs = outcome?.body.source === 'b5' ? outcome.atMs : Infinity
  const late = frames.filter((one) => isIn(one, 'B5') && (parseIso(one.atIso) ?? 0) > endMs)
  const early = late.length > 0 && !frames.some((one) => isIn(one, 'B5') && !late.includes(one))
  const { card } = read?.fields ?? {}
  const { cardType } = (card ?? {}) as Readonly<Record<string, unknown>>
  const isOtherType =
    (armed !== null && !cardTypes.includes(armed.body.cardType)) ||
    (cardType !== undefined && armed !== null && cardType !== armed.body.cardType)
  const at = armed === null ? null : instantOfBcd(armed.body.timeBcd)
  const found: readonly (readonly [boolean, Assertion, string, string, readonly FrameFact[]])[] = [
    [
      elsewhere.length > 0,
      'frameLane',
      `帧属于车道 ${elsewhere[0]?.laneId},扣费在 ${intent.laneId}`,
      `its frames are of lane ${elsewhere[0]?.laneId}, the charge is of ${intent.laneId}`,
      elsewhere,
    ],
    [
      away.length > 0,
      'frameTime',
      `帧的时间 ${away[0]?.atIso.slice(0, 19)} 不在扣费前后 5 分钟内`,
      `its frames of ${away[0]?.atIso.slice(0, 19)} are not within 5 minutes of the charge`,
      away,
    ],
    [
      armed !== null && (at === null || !isNear(at, charge)),
      'cardYear',
      `卡上的交易时间 ${armed?.body.timeBcd} 不在扣费前后 5 分钟内`,
      `the time on the card, ${armed?.body.timeBcd}, is not within 5 minutes of the charge`,
      debit,
    ],
    [early, 'resultLate', '记账先于 B5', 'the outcome was written before B5 came', late],
    [
      // An antenna that sees no OBU says zeros as well, before the one of the car comes.
      [read, ...debit].some((one) => isZeros(one?.fields['obuId'])),
      'obuZeros',
      'OBU 号全为零',
      'the number of the OBU is zeros',
      debit,
    ],
    [isZeros(outcome?.body.proof?.tac), 'tacZeros', 'TAC 全为零', 'the TAC is zeros', debit],
    [
      isOtherType,
      'cardType',
      `卡类型 ${shownOf(cardType)},账本为 ${armed?.body.cardType}`,
      `the card type is ${shownOf(cardType)}, in the ledger ${armed?.body.cardType}`,
      read === undefined ? [] : [read],
    ],
  ]
  return found.flatMap(([is, assertion, zh, en, of]) =>
    is ? [wrong(charge, assertion, zh, en, of.slice(0, 2))] : [],
  )
}

function faultsOf(charge: Charge): readonly Wrong[] {
  const { frames } = charge
  const isCard = charge.intent.body.chargeMode === 'card'
  const debit = frames.findLast(({ direction, type }) => direction === 'out' && type === 'C6')
  const isBefore = ({ atIso }: FrameFact): boolean =>
    !isCard || debit === undefined || atIso <= debit.atIso
  const readings = frames.filter((one) => isIn(one, 'B4') && isBefore(one))
  // A neighbour's OBU may be read as well: the reading of the debited one counts.
  const ofDebited = readings.findLast((one) => isSame(one.fields['obuId'], debit?.fields['obuId']))
  const read = ofDebited ?? readings.at(-1)
  const first =
    read === undefined
      ? [wrong(charge, 'noReadFrame', '没有读卡帧 B4', 'there is no B4 frame that read the card')]
      : readFaults(charge, read)
  const rows = rowFaults(charge, read)
  return isCard ? [...first, ...rows, ...cardFaults(charge)] : [...first, ...rows]
}

/** A charge that the antenna made; what a person or the platform found out later needs no frames. */
const isByAntenna = ({ intent, outcome }: Charge): boolean =>
  intent.body.chargeMode === 'card' &&
  outcome !== null &&
  ['b5', 'proof', 'evidence'].includes(outcome.body.source)

/** A passage is that long at most (assumed). */
const passageMs = minuteMs

/** When the program stopped or started: the frames of a passage end there before it does. */
const cutsOf = ({ rows }: AcceptanceFacts): readonly InstantMs[] =>
  rows.flatMap((row) => (row.kind === 'boot' || isStopRow(row) ? [row.atMs] : []))

const isCut = ({ intent }: Charge, cuts: readonly InstantMs[]): boolean =>
  cuts.some((atMs) => atMs >= intent.atMs && atMs - intent.atMs <= passageMs)

/** Frames are the only witness of a card: a charge without them is not judged, and the item says so. */
const withoutFrames = (unseen: readonly Charge[]): readonly BilingualText[] =>
  unseen
    .slice(0, 1)
    .map((one) =>
      t(
        `${unseen.length} 次卡扣没有天线帧,例如 ${carOf(one)}`,
        `${unseen.length} card charges have no antenna frames, for example ${carOf(one)}`,
      ),
    )

export const protocol = defineAcceptanceItem({
  id: 'E1',
  title: t('协议符合性测试', 'Protocol conformity'),
  rule: { clause: 'E.1-1', evidence: ['ledger', 'frame'] },
  printed: '停车场计费系统和配套天线组合交易时，DSRC 交易数据符合国标、行业规范要求。',
  needs: ['exitAntenna', 'platform'],
  steps: combinationSteps,
  expected: t(
    '每次扣费:B4 读出同一 OBU 和同一张卡;C6 一次,金额等于订单,写入的 0019 与账本一致;B5 成功回答这一 C6,TAC、终端、序号、余额和时间与账本一致',
    'For each charge, B4 reads the same OBU and card; C6 is sent once with the amount of the order and the 0019 in the ledger; B5 answers that C6 with success, and its TAC, terminal, serials, balance and time are those in the ledger',
  ),
  assumed: t(
    '组合由帧判定;帧不说算法时按卡版本(5x 起为 SM4),帧不说单片或双片时按申报的测试 OBU',
    'Combinations are judged by the frames; if they do not name the algorithm, card version 5x and above counts as SM4; if they do not say one-piece or two-piece, the declared test OBUs apply',
  ),
  plant: {
    why: t(
      '车道在记账前就核对每一帧:模拟天线的错帧不会成为扣费',
      'The lane checks each frame before it records a charge: a wrong frame of the simulated antenna never becomes a charge',
    ),
  },
  judge(facts) {
    const cuts = cutsOf(facts)
    const paid = chargesOf(facts).filter((one) => isPaid(one) && !isCut(one, cuts))
    const seen = paid.filter(({ frames }) => frames.length > 0)
    const unseen = paid.filter((one) => isByAntenna(one) && one.frames.length === 0)
    const missing =
      seen.length === 0
        ? [t('还没有带天线帧的扣费', 'there is no charge with antenna frames yet')]
        : [...missingCombinations(seen, facts.testObus), ...withoutFrames(unseen)]
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
