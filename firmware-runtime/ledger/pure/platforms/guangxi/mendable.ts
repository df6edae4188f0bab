// Members of a record refused by the platform: which ones a person may correct and which are fixed, by kind of record.
// The TAC covers amount, type, terminal, counter and time (P12); a number never changes (D.2 rule 1); members that filters
// have judged are fixed (P23).
import type { MemberRow, MemberShape, SealWhy } from '../../queue/mend.ts'
import type { OutboxKind } from '#base/pure/rows/ledger-row.ts'

const free = (name: string, takes: MemberShape): MemberRow => ({ name, takes })
const optional = (name: string, takes: MemberShape): MemberRow => ({ name, takes, optional: true })
const sealed = (why: SealWhy, clause: string, ...names: readonly string[]): readonly MemberRow[] =>
  names.map((name) => ({ name, sealed: { why, clause } }))
const text = (max: number): MemberShape => ({ text: max })

const colours = [0, 1, 2, 3, 4, 5, 6, 9, 11, 13]
const vehicleTypes = [1, 2, 3, 4, 11, 12, 13, 14, 15, 16]

const plate: readonly MemberRow[] = [
  { ...free('vehiclePlate', text(20)), ofPlate: true },
  { ...free('vehicleColor', { oneOf: colours }), ofPlate: true },
  free('plateSource', { oneOf: [1, 2, 3, 4] }),
]
const read: readonly MemberRow[] = [...plate, optional('plateConfidence', { whole: [0, 1000] })]

const exit: readonly MemberRow[] = [
  ...sealed('number', 'P12, D.2', 'outTradeNo', 'entryNo'),
  ...sealed('number', 'P12', 'mode', 'parkId'),
  free('laneNo', text(20)),
  free('deviceId', text(60)),
  ...['merchantGroupId', 'merchantId', 'siteId', 'equipmentId'].map((n) => optional(n, text(60))),
  free('serviceType', { whole: [0, 9999] }),
  ...sealed('money', 'P12, 5.2.1', 'enTime', 'exTime', 'parkDuration'),
  ...sealed('tac', 'P12', 'transTime', 'realFee'),
  ...plate,
  free('vehicleType', { oneOf: vehicleTypes }),
  ...sealed('money', 'P12', 'payFee', 'discountFee', 'couponNo'),
  ...sealed('card', 'P12', 'obuId', 'etcCardId', 'cardNetNo', 'cardType', 'obuStatus'),
  free('obuIssuer', text(40)),
  free('obuVersion', text(20)),
  free('obuPlate', text(20)),
  free('cardVersion', { whole: [0, 255] }),
  free('cardPlate', text(20)),
  ...sealed('evidence', 'P23', 'cardExpire', 'listVersion', 'offline'),
  ...sealed('money', 'P12', 'preBalance', 'postBalance'),
  ...sealed('tac', 'P12', 'transNo', 'terminalNo', 'terminalTransNo', 'transType', 'tac'),
  ...sealed('tac', 'P12', 'tacSource', 'algorithmIdentifier', 'keyVersion'),
  optional('detail', text(4000)),
]

const exception: readonly MemberRow[] = [
  ...sealed('number', 'P14, D.2', 'exceptionNo', 'outTradeNo', 'parkId'),
  free('laneNo', text(20)),
  ...sealed('evidence', 'P14', 'occurTime', 'handling'),
  free('exceptionType', { oneOf: [...Array.from({ length: 20 }, (_, i) => i + 1), 99] }),
  optional('vehiclePlate', text(20)),
  ...sealed('card', 'P14', 'obuId', 'etcCardId'),
  ...sealed('money', 'P14', 'paidBy', 'paidFee'),
]

const members: Readonly<Record<OutboxKind, readonly MemberRow[]>> = {
  charge: [],
  refund: [],
  exitUpload: exit,
  exitRecord: exit,
  exception,
  entryRecord: [
    ...sealed('number', 'P19, D.2', 'entryNo', 'parkId'),
    free('laneNo', text(20)),
    ...sealed('money', 'P19', 'enTime'),
    ...read,
  ],
  plateRecord: [
    ...sealed('number', 'P19, D.2', 'plateRecNo', 'parkId', 'matchedTradeNo'),
    free('laneNo', text(20)),
    ...sealed('evidence', 'P19', 'direction', 'time'),
    ...read,
  ],
  shiftRecord: [
    ...sealed('number', 'P21, D.2', 'shiftNo', 'parkId'),
    optional('staffId', text(60)),
    optional('staffName', text(60)),
    optional('planNo', text(32)),
    ...sealed('evidence', 'P21', 'onTime', 'offTime'),
    ...sealed('money', 'P21', 'cashFee', 'etcCount', 'etcFee'),
  ],
  feedback: [
    ...sealed('number', 'P36', 'feedbackNo', 'outTradeNo', 'stayNo', 'parkId'),
    free('kind', { oneOf: [1, 2, 3, 4] }),
    free('text', text(500)),
    optional('contact', text(60)),
  ],
  feedbackState: [
    ...sealed('number', 'P36', 'feedbackNo', 'outRefundNo'),
    ...sealed('evidence', 'P36', 'state'),
    free('answer', text(500)),
  ],
  // All members derive from the records that the batch counts.
  batch: sealed(
    'evidence',
    'P20',
    ...['batchNo', 'from', 'to', 'revision', 'count', 'totalFee', 'firstNo', 'lastNo', 'digest'],
    'numbers',
  ),
}

export const membersOf = (op: OutboxKind): readonly MemberRow[] => members[op]
