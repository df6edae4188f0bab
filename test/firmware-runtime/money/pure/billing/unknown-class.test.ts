// A car of unknown class: bill, board, explanation page and receipt say so, and as which class it was priced. They do not
// when the plate's colour decides, when the class is known, or when it makes no difference.
import { actWords } from '#runtime/api/act-words.ts'
import { describe, expect, it } from 'vitest'
import { Receipts, type GivenReceipt } from '#lane/money/receipts.ts'
import { receiptPaper } from '#lane/money/receipt-paper.ts'
import { demoTariff } from '#money/tariff/demo-tariff.ts'
import type { Tariff } from '#money/pure/billing/tariff.ts'
import { shownLinesOf, unknownClassLine } from '#money/pure/billing/unknown-class.ts'
import { replayPrices } from '#lane/pure/explain/replay-price.ts'
import { whyOf } from '#lane/pure/explain/why.ts'
import { instantOfIso } from '#base/pure/values/instant.ts'
import { present } from '#base/pure/values/must.ts'
import type { LedgerRow } from '#base/pure/rows/ledger-row.ts'
import type { PlateColour } from '#base/pure/plates/plate.ts'
import { sha256 } from '#money/desk/receipt/receipt-key.ts'
import { carAtExit, makeLot } from '../../../runtime/control/control-kit.ts'
import { paidByHand, stayId } from '../../../lane/pure/explain/explain-kit.ts'

const fromMs = instantOfIso('2026-11-20T08:00:00+08:00')
const toMs = fromMs + 3_600_000
const said = '车型未知(没有读到电子标签),按 2 型以外的车计费'
const saidEn =
  'Vehicle class not known (no OBU was read): priced as a vehicle that is not of class 2'

const [bus, everybody] = demoTariff.editions[0]?.plans ?? []
const plans = (...whens: readonly object[]): Tariff => ({
  ...demoTariff,
  editions: [
    {
      graceAfterPayMin: 15,
      plans: [
        ...whens.map((when) => ({ ...present(bus, 'of the demo'), when })),
        present(everybody, 'of the demo'),
      ],
    },
  ],
})
const wordsOf = (tariff: Tariff, colour: PlateColour, vehicleClass: number | null = null) =>
  unknownClassLine(tariff, fromMs, toMs, { vehicleClass, colour, area: null })?.text ?? null

describe('as what an unknown class is priced', () => {
  it.each<[string, Tariff, PlateColour, string | null]>([
    ['no plan of a class', plans({ colours: ['yellow'] }), 'yellow', null],
    ['a class', plans({ classes: [2] }), 'blue', said],
    [
      'classes',
      plans({ classes: [4, 3] }, { classes: [3, 2] }),
      'blue',
      said.replace('2', '2/3/4'),
    ],
    [
      'a plate whose colour decides first',
      plans({ colours: ['yellow'] }, { classes: [2] }),
      'yellow',
      null,
    ],
    [
      'a plate whose colour decides after the class',
      plans({ classes: [2] }, { colours: ['yellow'] }),
      'yellow',
      '车型未知(没有读到电子标签),按车牌颜色(黄牌)计费',
    ],
    [
      'a new energy plate after the class',
      plans({ classes: [2] }, { newEnergy: true }),
      'green',
      '车型未知(没有读到电子标签),按车牌颜色(绿牌)计费',
    ],
    ['a class of other plates', plans({ classes: [2], colours: ['yellow'] }), 'blue', null],
    ['a lot that charges nothing', { ...demoTariff, use: 'nonCommercial' }, 'blue', null],
  ])('%s', (_what, tariff, colour, zh) => {
    expect(wordsOf(tariff, colour)?.zh ?? null).toBe(zh)
  })
  it('a class that is known says nothing', () => {
    expect(wordsOf(demoTariff, 'blue', 1)).toBeNull()
  })
})

async function receiptOf(rows: readonly LedgerRow[]): Promise<GivenReceipt> {
  const receipts = new Receipts({
    lotId: 'LOT-1',
    service: {
      timeline: () => Promise.resolve([...rows]),
      query: () => Promise.resolve({ rows: [], next: null }),
    },
    sha256,
    random: { bytes: (count) => new Uint8Array(count) },
    key: () => ({
      keyId: new Uint8Array(8),
      publicKeyPem: '',
      sign: () => new Uint8Array(64),
      verify: () => true,
    }),
    nowMs: () => toMs,
    append: () => undefined,
  })
  return receipts.give(stayId)
}
const paperOf = async (rows: readonly LedgerRow[]): Promise<string> =>
  receiptPaper(await receiptOf(rows), '停车场', 'whole')
    .map((line) => (line.kind === 'text' ? line.text : ''))
    .join('\n')

const orderIn = (rows: readonly LedgerRow[]) =>
  present(
    rows.findLast((row) => row.kind === 'orderMade'),
    'it was priced',
  )
const billOf = (rows: readonly LedgerRow[]) => shownLinesOf(orderIn(rows), rows)
const whyText = (rows: readonly LedgerRow[]): string =>
  JSON.stringify(whyOf(rows, () => ({ zh: '', en: '' }), actWords))

describe('a car that paid by hand without an OBU', () => {
  it('says it on the bill, in the page that explains it and on the receipt, in both languages', async () => {
    const { rows, turns } = await paidByHand()
    const { lines } = orderIn(rows).body
    expect(lines[0]).toMatchObject({ rule: 'classUnknown', amountFen: 0, text: { zh: said } })
    expect(billOf(rows)).toEqual(lines)
    for (const text of [whyText(rows), await paperOf(rows)]) {
      expect(text).toContain(said)
      expect(text).toContain(saidEn)
    }
    expect(replayPrices(rows, turns)).toMatchObject({ priced: 1, differences: [] })
  })
  it('says it on the board of the attendant', () => {
    const lot = makeLot()
    carAtExit(lot)
    const exit = lot.control.board().lanes.find(({ laneId }) => laneId === 'exit')
    expect(exit?.car?.lines[0]).toMatchObject({ rule: 'classUnknown', text: { en: saidEn } })
  })
  it('an order of before the line is priced again without one', async () => {
    const { rows, turns } = await paidByHand()
    const old = rows.map((row) =>
      row.kind === 'orderMade'
        ? { ...row, body: { ...row.body, lines: row.body.lines.slice(1) } }
        : row,
    )
    expect(replayPrices(old, turns)).toMatchObject({ priced: 1, differences: [] })
  })
})

describe('once its OBU has told a class that changes nothing', () => {
  it('bill, page and receipt do not say it', async () => {
    const { rows } = await paidByHand()
    const { orderId } = orderIn(rows)
    const charged = rows.flatMap((row): LedgerRow[] => {
      if (row.kind !== 'payment') return [row]
      const body = { chargeMode: 'online', outTradeNo: 'X', plate: null, colour: 'blue' } as const
      const card = { obuId: '11223344', cardNo: '1' }
      const refs = { seq: row.seq, atMs: row.atMs, stayId, deductionId: 'D1', orderId }
      const intent = { ...refs, kind: 'intent', body: { ...body, ...card } } as LedgerRow
      return [intent, row]
    })
    expect(billOf(charged).map(({ rule }) => rule)).not.toContain('classUnknown')
    expect(whyText(charged)).not.toContain('车型未知')
    expect(await paperOf(charged)).not.toContain('车型未知')
  })
})
