// A data folder full of what may not leave a lot: plates, cards, OBUs, names, phones and secrets in every place where a
// person or a device can put them.
import { appendFileSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import iconv from 'iconv-lite'
import { systemRandom } from '#base/time/system-clocks.ts'
import { openGmCrypto } from '#base/crypto/gm-crypto.ts'
import { openLedger } from '#ledger/sqlite/ledger.ts'
import { instantOf, minuteMs } from '#base/pure/values/instant.ts'
import type { LedgerRow, RowDraft } from '#base/pure/rows/ledger-row.ts'
import { chainKeyOf } from '#lane/folder/data-folder.ts'
import { writeLot } from '#lane/folder/lot-file.ts'
import { bareLot } from './bare-lot.ts'
import {
  all,
  cardOf,
  misread,
  obuOf,
  order,
  people,
  plateOf,
  plates,
  stays,
  typed,
} from './support-planted.ts'

export const nowMs = instantOf(2026, 11, 20, 18 * 3_600_000)
const at = (min: number): number => nowMs - 120 * minuteMs + min * minuteMs
const line = (rule: 'first' | 'member', amountFen: number, zh: string) =>
  ({ rule, amountFen, fromMs: at(0), toMs: at(60), text: { zh, en: `en ${zh}` } }) as const
const person = (act: string, min: number, stayId: string): RowDraft => ({
  kind: 'audit',
  atMs: at(min),
  stayId,
  laneId: 'exit',
  body: {
    act: `${act} ${plateOf(0)}`,
    by: people.guard,
    role: 'attendant',
    reason: typed.note,
    commandId: `${typed.pinyin}-${min}-${stayId}`,
    result: 'done',
    digest: 'ab'.repeat(16),
  },
})

function opened(n: number, stayId: string): RowDraft {
  const facts = {
    plate: plateOf(n),
    colour: 'blue',
    noEntry: false,
    photo: `p-${plateOf(n)}`,
  } as const
  return {
    kind: 'stayOpened',
    atMs: at(0),
    laneId: 'entry',
    stayId,
    body: { ...facts, enteredAtMs: at(0) },
  }
}
const priced = (n: number, stayId: string, amountFen: number, more: object = {}): RowDraft =>
  ({
    kind: 'orderMade',
    atMs: at(60),
    laneId: 'exit',
    stayId,
    orderId: `o-${stayId}`,
    amountFen,
    body: {
      tariffId: 'demo',
      fromMs: at(0),
      toMs: at(60),
      plate: plateOf(n),
      plateRaw: plateOf(n),
      lines: amountFen === 0 ? [] : [line('first', amountFen, '首时段 60 分钟')],
      ...more,
    },
  }) as RowDraft
const ended = (stayId: string, end: 'etc' | 'other' | 'free' | 'open'): RowDraft => ({
  kind: 'stayClosed',
  atMs: at(62),
  laneId: 'exit',
  stayId,
  body: { end, leftAtMs: at(62), photo: 'x' },
})
const passed = (stayId: string, cause: 'etc' | 'other' | 'free' | 'emergency'): RowDraft[] => [
  {
    kind: 'pass',
    atMs: at(61),
    laneId: 'exit',
    stayId,
    body: {
      passId: `pass-${stayId}`,
      cause,
      by: cause === 'emergency' ? people.owner : null,
      reason: cause === 'emergency' ? `${typed.family} ${typed.phone}` : null,
    },
  },
  {
    kind: 'barrier',
    atMs: at(61),
    laneId: 'exit',
    stayId,
    body: { passId: `pass-${stayId}`, command: 'open', result: 'opened' },
  },
]

function etcRows(n: number, stayId: string): RowDraft[] {
  const [obuId, cardNo] = [obuOf(n), cardOf(n)]
  const of = {
    laneId: 'exit',
    stayId,
    orderId: `o-${stayId}`,
    deductionId: `d-${stayId}`,
    amountFen: 1_200,
  }
  const body = JSON.stringify({
    vehiclePlate: plateOf(n),
    cardNo,
    obu: Buffer.from(obuId).toString('base64'),
  })
  const facts = {
    outTradeNo: `GX00012-n1-${n}`,
    plate: plateOf(n),
    colour: 'blue',
    obuId,
    cardNo,
  } as const
  return [
    { kind: 'intent', atMs: at(60), ...of, body: { chargeMode: 'card', ...facts } },
    {
      kind: 'outcome',
      atMs: at(60),
      ...of,
      body: { state: 'paid', source: 'b5', reason: '', obuId, cardNo, proof: null },
    },
    {
      kind: 'outbox',
      atMs: at(61),
      ...of,
      body: {
        outboxId: `x-${stayId}`,
        destination: 'expansion',
        op: 'exitUpload',
        businessNo: `b${n}`,
        cardNo,
        body,
        bodySm3: 'cd',
      },
    },
    {
      kind: 'outboxState',
      atMs: at(62),
      stayId,
      body: {
        outboxId: `x-${stayId}`,
        state: 'confirmed',
        attempt: 1,
        httpStatus: 200,
        respCode: '0',
        requestId: null,
        tradeNo: null,
        note: `${typed.family} ${plateOf(n)}`,
      },
    },
  ]
}

/** Rows without a stay, or of no interest to a car: each has something to hide. */
function besides(): RowDraft[] {
  const [plate] = plates
  const member = {
    no: typed.phone,
    kind: 'period',
    name: typed.member,
    plates: [plate ?? ''],
  } as const
  const coupon = { code: 'C0FFEE11', merchant: typed.shop, kind: 'amount', value: 200 } as const
  const days = { from: '2026-11-01', until: '2026-12-01' }
  return [
    {
      kind: 'event',
      atMs: at(1),
      body: { type: 'barrierArmed', detail: `${typed.password} ${plate}` },
    },
    {
      kind: 'member',
      atMs: at(2),
      body: { row: 'issued', member: { ...member, ...days, spaces: 1, areas: null } },
    },
    {
      kind: 'coupon',
      atMs: at(3),
      body: { row: 'issued', coupon: { ...coupon, ...days, batch: typed.pinyin } },
    },
    {
      kind: 'exception',
      atMs: at(4),
      body: { exceptionType: 'other', reason: 'largeAmount', detail: `${plate} ${typed.family}` },
    },
    {
      kind: 'refund',
      atMs: at(5),
      amountFen: 100,
      body: {
        refundId: 'r1',
        outTradeNo: 't1',
        reason: typed.note,
        operator: people.stranger,
        approvedBy: people.owner,
        byPeople: true,
      },
    },
    {
      kind: 'book',
      atMs: at(6),
      body: {
        row: 'end',
        itemId: 'i1',
        how: 'explained',
        by: people.owner,
        approvedBy: null,
        reason: typed.note,
        evidence: typed.phone,
      },
    },
    {
      kind: 'adjustment',
      atMs: at(7),
      amountFen: 1,
      body: { adjustmentId: 'a1', refersToSeq: 1, by: people.stranger, reason: typed.pinyin },
    },
  ]
}

const matched = {
  plate: plateOf(4),
  plateRaw: misread,
  match: {
    plateRead: misread,
    score: 88,
    secondScore: null,
    scoreMin: 80,
    marginMin: 15,
    parts: [{ word: 'alike', points: 4, args: { at: 7, read: '7', known: '1' } }],
  },
}

function rowsOfStays(): RowDraft[] {
  const cash: RowDraft = {
    kind: 'payment',
    atMs: at(61),
    laneId: 'exit',
    stayId: stays.cash,
    orderId: `o-${stays.cash}`,
    amountFen: 900,
    body: {
      paymentId: 'p1',
      means: 'cash',
      by: people.guard,
      reason: typed.note,
      givenFen: 2_000,
      changeFen: 1_100,
    },
  }
  const member = { lines: [line('member', 0, `月租车 ${typed.phone}`)] }
  const kinds: Readonly<Record<string, readonly RowDraft[]>> = {
    etc: [
      priced(0, stays.etc, 1_200),
      ...etcRows(0, stays.etc),
      ...passed(stays.etc, 'etc'),
      ended(stays.etc, 'etc'),
    ],
    cash: [
      person('lane.correctPlate', 59, stays.cash),
      priced(1, stays.cash, 900),
      cash,
      ...passed(stays.cash, 'other'),
      ended(stays.cash, 'other'),
    ],
    free: [
      priced(2, stays.free, 0, member),
      ...passed(stays.free, 'free'),
      ended(stays.free, 'free'),
    ],
    letGo: [
      priced(3, stays.letGo, 700),
      person('lane.open', 61, stays.letGo),
      ...passed(stays.letGo, 'emergency'),
      ended(stays.letGo, 'open'),
    ],
    match: [
      priced(4, stays.match, 1_200, matched),
      ...etcRows(4, stays.match),
      ...passed(stays.match, 'etc'),
      ended(stays.match, 'etc'),
    ],
  }
  return order.flatMap((stayId, n) => [opened(n, stayId), ...(Object.values(kinds)[n] ?? [])])
}

const rest = (): RowDraft[] =>
  all.slice(order.length).flatMap((n) => {
    const stayId = `s-${n}`
    return [opened(n, stayId), priced(n, stayId, 500), ...etcRows(n, stayId), ended(stayId, 'etc')]
  })

/** What lanes and antennas left on disk beside the ledger. */
function writeTraces(dir: string): void {
  const day = join(dir, 'photos', '2026-11-20')
  mkdirSync(day, { recursive: true })
  mkdirSync(join(dir, 'logs'), { recursive: true })
  const [plate = ''] = plates
  const when = { atIso: '2026-11-20T17:00:00.000+08:00', laneId: 'exit' }
  const frame = {
    ...when,
    stayId: stays.etc,
    direction: 'in',
    type: 'B4',
    hex: `B4${obuOf(0)}${cardOf(0)}${iconv.encode(plate, 'gbk').toString('hex')}`,
    fields: { obuId: obuOf(0), error: 'ok', card: { cardId: cardOf(0) }, plate, status: 'ok' },
  }
  const turn = {
    ...when,
    no: 1,
    event: { type: 'plateRead', reading: { plate } },
    after: 'charging',
    effects: [{ plate }],
  }
  const events = [
    { seq: 1, ...when, stayId: stays.etc, type: 'obuSeen', detail: obuOf(0) },
    { seq: 2, ...when, stayId: stays.etc, type: 'fault', detail: `plateMismatch ${plate}` },
  ]
  const traces = [
    { stayId: stays.etc, kind: 'frame', value: frame },
    { stayId: stays.etc, kind: 'turn', value: turn },
    ...events.map((value) => ({ stayId: stays.etc, kind: 'event', value })),
  ]
  const lines = (list: readonly unknown[]) => list.map((one) => `${JSON.stringify(one)}\n`).join('')
  appendFileSync(join(day, 'passages.jsonl'), lines(traces))
  appendFileSync(join(dir, 'logs', 'events.jsonl'), lines(events))
}

function lot(dir: string) {
  const bare = bareLot({
    mode: 'production',
    capacity: 10,
    rsu: new Map([['exit', 'tcp://10.0.0.7:5000?variant=generic-len']]),
    platform: {
      url: 'https://platform.example.com:8443',
      caFile: 'ca.pem',
      certDir: join(dir, 'k'),
      appId: typed.appId,
    },
  })
  const lanes = bare.lanes.map((lane) => ({
    ...lane,
    name: { zh: `${people.owner}岗亭`, en: people.stranger },
  }))
  const hook = { url: `http://10.0.0.9/${typed.token}`, caFile: null, secret: 'help-key' }
  return { ...bare, lanes, district: `${typed.family} ${typed.phone}`, help: { hook } }
}

/** No program can read it: it ends a charge that never began. */
export const orphan: RowDraft = {
  kind: 'outcome',
  atMs: at(8),
  deductionId: 'd-x',
  body: {
    state: 'refused',
    source: 'person',
    reason: typed.pinyin,
    obuId: obuOf(0),
    cardNo: cardOf(0),
    proof: null,
  },
}

/** Writes the folder and returns its rows by stay. */
export function writeSupportScene(
  dir: string,
  more: readonly RowDraft[] = [],
): ReadonlyMap<string, readonly LedgerRow[]> {
  writeLot(dir, lot(dir), null)
  const chainKey = chainKeyOf(dir, systemRandom())
  const options = { dir, nodeId: 'n1', chainKey, crypto: openGmCrypto(), version: 'test' }
  const { ledger } = openLedger({ ...options, durability: 'full' })
  ledger.append([...besides(), ...rest(), ...rowsOfStays(), ...more])
  const rows = [...ledger.rows(0)]
  ledger.close()
  writeTraces(dir)
  return Map.groupBy(rows, ({ stayId }) => stayId ?? '')
}
