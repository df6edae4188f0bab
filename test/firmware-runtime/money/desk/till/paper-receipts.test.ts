// Printing of receipts: one paper per call, one per car at the exit, refused with its code. What did not print waits and is
// known after a restart. No exit waits for a printer.
import { beforeEach, describe, expect, it } from 'vitest'
import { PaperReceipts, type PrintEnd, type PrinterPort } from '#money/desk/till/paper-receipts.ts'
import { receiptPaper } from '#lane/money/receipt-paper.ts'
import type { GivenReceipt } from '#lane/money/receipts.ts'
import type { DeviceView } from '#lane/calls/views.ts'
import type { PaperLine, PrinterTrouble } from '#base/pure/data/paper.ts'
import type { LaneConfig, PrinterConfig } from '#base/pure/lot/config.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { dayMs, instantOfIso, isoOf } from '#base/pure/values/instant.ts'
import type { RowDraft } from '#base/pure/rows/ledger-row.ts'
import type { LedgerService } from '#ledger/ports/ledger-service.ts'
import { sideTasks } from '../../../../kit/side-tasks.ts'
import { given, startMs } from '../../receipts/given-receipt.ts'

const lane = (id: string, direction: 'entry' | 'exit'): LaneConfig => ({
  id,
  name: { zh: id, en: id },
  direction,
  layout: '7.1.1',
  rsu: null,
  camera: null,
  barrier: null,
  display: null,
})

class Printer implements PrinterPort {
  trouble: PrinterTrouble | null = null
  isNearEnd = false
  readonly papers: (readonly PaperLine[])[] = []
  private readonly heard: (() => void)[] = []
  end: PrintEnd = { ok: true }
  readonly config: PrinterConfig
  constructor(config: Partial<PrinterConfig> & Pick<PrinterConfig, 'id'>) {
    this.config = { link: 'tcp://127.0.0.1:9100', prints: 'asked', plate: 'whole', ...config }
  }
  print(lines: readonly PaperLine[]): Promise<PrintEnd> {
    this.papers.push(lines)
    return Promise.resolve(this.end)
  }
  openDrawer(): boolean {
    return false
  }
  device(): DeviceView {
    const state = this.trouble === null ? 'up' : 'down'
    return { state, heardMsAgo: 900, link: this.config.link, detail: '' }
  }
  onReady(heard: () => void): void {
    this.heard.push(heard)
  }
  /** The paper ran out before anything was sent to the printer. */
  runsOut(): void {
    this.trouble = 'paperOut'
    this.end = { ok: false, why: 'paperOut', isSent: false }
  }
  isBack(): void {
    this.trouble = null
    this.end = { ok: true }
    for (const hear of this.heard) hear()
  }
}

let rows: RowDraft[]
let nowMs: number
let faults: string[]
let giveFault: LaneFault | null

/** Rows as a reader of the ledger returns them, two per page. */
const service: Pick<LedgerService, 'query'> = {
  query: (_kind, { after = 0, fromMs = 0 }) => {
    const all = rows.flatMap((row, i) =>
      row.kind === 'event'
        ? [
            {
              seq: i + 1,
              stayId: row.stayId ?? null,
              type: row.body.type,
              detail: row.body.detail,
              atIso: isoOf(row.atMs),
            },
          ]
        : [],
    )
    const page = all
      .filter(({ seq, atIso }) => seq > Number(after) && instantOfIso(atIso) >= fromMs)
      .slice(0, 2)
    const next = page.length < 2 ? null : (page.at(-1)?.seq ?? null)
    return Promise.resolve({ rows: page, next } as unknown as Awaited<
      ReturnType<LedgerService['query']>
    >)
  },
}

const paperOf = (...printers: PrinterPort[]): PaperReceipts =>
  new PaperReceipts({
    lot: {
      name: { zh: '测试停车场', en: 'Test lot' },
      lanes: [lane('entry', 'entry'), lane('exit', 'exit'), lane('exit2', 'exit')],
    },
    printers,
    receipts: {
      give: (stayId) =>
        giveFault === null
          ? Promise.resolve({ ...given, receipt: { ...given.receipt, stayId } })
          : Promise.reject(giveFault),
    },
    service,
    tasks: sideTasks({ nowUs: () => nowMs * 1000, after: () => () => undefined }),
    pdf: (lines) => Promise.resolve(Buffer.from(`${lines.length}`)),
    nowMs: () => nowMs,
    append: (added) => void rows.push(...added),
    failed: ({ code }, stayId) => faults.push(`${code} ${stayId}`),
  })

const texts = (of: GivenReceipt, plate: PrinterConfig['plate'] = 'whole'): string[] =>
  receiptPaper(of, '测试停车场', plate).map((line) =>
    line.kind === 'pair' ? `${line.name} ${line.value}` : line.kind === 'rule' ? '-' : line.text,
  )

const settled = (): Promise<void> => new Promise((done) => setImmediate(done))
const states = (): string[] =>
  rows.map((row) =>
    row.kind === 'event' ? (/"state":"(\w+)"/.exec(row.body.detail)?.[1] ?? '') : '',
  )

beforeEach(() => {
  rows = []
  nowMs = startMs
  faults = []
  giveFault = null
})

describe('asked for by a person', () => {
  it('prints on the one printer there is, or on the one that is named', async () => {
    const [one, other] = [new Printer({ id: 'one' }), new Printer({ id: 'other' })]
    expect(await paperOf(one).print('s1')).toMatchObject({ printer: 'one', receiptNo: 7 })
    expect(states()).toEqual(['asked', 'printed'])
    await expect(paperOf(one, other).print('s1')).rejects.toMatchObject({
      code: 'RECEIPT-03',
      detail: { note: 'one, other' },
    })
    expect(await paperOf(one, other).print('s1', 'other')).toMatchObject({ printer: 'other' })
    expect([one.papers.length, other.papers.length]).toEqual([1, 1])
  })

  it.each([
    ['paperOut', 'RECEIPT-04'],
    ['coverOpen', 'RECEIPT-05'],
    ['error', 'RECEIPT-06'],
    ['offline', 'RECEIPT-06'],
    ['silent', 'RECEIPT-07'],
    ['unanswered', 'RECEIPT-08'],
  ] as const)('%s is refused with %s, and waits', async (why, code) => {
    const printer = new Printer({ id: 'one' })
    printer.end = { ok: false, why, isSent: false }
    const paper = paperOf(printer)
    await expect(paper.print('s1')).rejects.toMatchObject({ code })
    expect((await paper.view()).waiting).toEqual([
      { stayId: 's1', printer: 'one', sinceIso: isoOf(startMs), code, isSent: false },
    ])
    printer.end = { ok: true }
    await paper.print('s1')
    expect((await paper.view()).waiting).toEqual([])
    expect(states()).toEqual(['asked', 'notPrinted', 'asked', 'printed'])
  })

  it('kept as a file it counts as a paper, and waits no more', async () => {
    const printer = new Printer({ id: 'one' })
    printer.end = { ok: false, why: 'paperOut', isSent: false }
    const papers = paperOf(printer)
    await expect(papers.print('s1')).rejects.toThrow(LaneFault)
    const { pdf, receiptNo } = await papers.pdf('s1')
    expect([Buffer.from(pdf).toString(), receiptNo]).toEqual([String(texts(given).length), 7])
    expect((await papers.view()).waiting).toEqual([])
    expect(states()).toEqual(['asked', 'notPrinted', 'given'])
  })

  it('saved by a person it counts once the file is there, and a cancelled dialog counts nothing', async () => {
    const papers = paperOf(new Printer({ id: 'one' }))
    await papers.pdf('s1', 'saving')
    papers.saved('s1', false)
    await papers.pdf('s1', 'saving')
    papers.saved('s1', true)
    expect(states()).toEqual(['saving', 'notSaved', 'saving', 'given'])
    expect((await papers.view()).waiting).toEqual([])
  })

  it('is printed once by itself when the paper is back, if nothing of it had left and it is not old', async () => {
    const printer = new Printer({ id: 'one' })
    const paper = paperOf(printer)
    printer.runsOut()
    for (const stayId of ['old', 's1', 's2'])
      await paper.print(stayId).catch(() => (nowMs += stayId === 'old' ? 10 * 60_000 : 0))
    // A part of this receipt may already be printed.
    printer.end = { ok: false, why: 'paperOut', isSent: true }
    await expect(paper.print('s3')).rejects.toThrow(LaneFault)
    nowMs += 1
    printer.papers.length = 0
    printer.isBack()
    printer.isBack()
    // A request while it prints returns that same paper.
    expect(await paper.print('s1')).toMatchObject({ printer: 'one' })
    await settled()
    expect(printer.papers).toHaveLength(2)
    expect((await paper.view()).waiting.map(({ stayId, isSent }) => [stayId, isSent])).toEqual([
      ['old', false],
      ['s3', true],
    ])
    expect(states().filter((state) => state === 'printed')).toHaveLength(2)
    printer.isBack()
    await settled()
    expect(printer.papers).toHaveLength(2)
  })

  it('a restart prints what had not left, and runs out once more without a word that it printed', async () => {
    const printer = new Printer({ id: 'one' })
    printer.runsOut()
    await expect(paperOf(printer).print('s1')).rejects.toThrow(LaneFault)
    printer.trouble = null
    const again = paperOf(printer)
    await again.start()
    await settled()
    expect(states()).toEqual(['asked', 'notPrinted', 'again', 'notPrinted'])
    printer.isBack()
    await settled()
    expect((await again.view()).waiting).toEqual([])
    expect(states().at(-1)).toBe('printed')
  })

  it('ends by a person who says how, once, with the audit row before it', async () => {
    const printer = new Printer({ id: 'one' })
    printer.runsOut()
    const paper = paperOf(printer)
    await expect(paper.print('s1')).rejects.toThrow(LaneFault)
    const audit: RowDraft = {
      kind: 'audit',
      atMs: nowMs,
      body: { act: 'x', by: '甲', role: 'owner', reason: '', commandId: 'c1', result: 'done' },
    }
    paper.end('s1', 'code', audit)
    expect(rows.at(-2)).toBe(audit)
    expect((await paper.view()).waiting).toEqual([])
    expect(() => paper.end('s1', 'code', audit)).toThrow('RECEIPT-09')
    printer.isBack()
    await settled()
    expect(printer.papers).toHaveLength(1)
  })

  it('stands at the exits of a printer of the whole lot, and at the lanes of another one', async () => {
    const [one, other] = [new Printer({ id: 'one' }), new Printer({ id: 'two', lanes: ['entry'] })]
    one.runsOut()
    const paper = paperOf(one, other)
    await expect(paper.print('s1', 'one')).rejects.toThrow(LaneFault)
    expect(paper.ofLane('exit')).toMatchObject([
      { id: 'one', code: 'RECEIPT-04', waiting: 1, sinceIso: isoOf(startMs) },
    ])
    expect(paper.ofLane('exit')[0]?.device).toMatchObject({ state: 'down' })
    expect(paper.ofLane('entry')).toMatchObject([{ id: 'two', code: null, waiting: 0 }])
  })

  it('after a restart what was not printed still waits, for a day', async () => {
    const printer = new Printer({ id: 'one' })
    await paperOf(printer).print('s1')
    printer.end = { ok: false, why: 'paperOut', isSent: false }
    await expect(paperOf(printer).print('s2')).rejects.toThrow(LaneFault)
    // The machine went down while it printed: only the request was recorded.
    const [asked] = rows
    rows.push({ ...(asked as RowDraft), stayId: 's3' } as RowDraft)
    const again = paperOf(printer)
    expect((await again.view()).waiting.map(({ stayId, code }) => [stayId, code])).toEqual([
      ['s2', 'RECEIPT-04'],
      ['s3', 'RECEIPT-08'],
    ])
    nowMs += dayMs + 1
    expect((await again.view()).waiting).toEqual([])
    expect((await paperOf(printer).view()).waiting).toEqual([])
  })
})

describe('at an exit', () => {
  it('prints once for each car that leaves, where a printer is for that', async () => {
    const printer = new Printer({ id: 'one', prints: 'always', lanes: ['exit'] })
    const paper = paperOf(printer)
    paper.exit('exit', 's1')
    paper.exit('exit', 's1')
    paper.exit('exit2', 's2')
    paper.exit('entry', 's3')
    expect(printer.papers).toHaveLength(0)
    await settled()
    expect(printer.papers).toHaveLength(1)
    const asked = new Printer({ id: 'one' })
    paperOf(asked).exit('exit', 's1')
    await settled()
    expect(asked.papers).toHaveLength(0)
  })

  it('a car that paid nothing asks for none; a printer in trouble is told and stops nobody', async () => {
    const printer = new Printer({ id: 'one', prints: 'always' })
    const paper = paperOf(printer)
    giveFault = new LaneFault('RECEIPT-01')
    paper.exit('exit', 's1')
    await settled()
    expect([faults, rows]).toEqual([[], []])
    giveFault = null
    printer.end = { ok: false, why: 'coverOpen', isSent: false }
    paper.exit('exit2', 's2')
    await settled()
    expect(faults).toEqual(['RECEIPT-05 s2'])
  })
})

it('the view says what a printer is and what is wrong with it', async () => {
  const printer = Object.assign(new Printer({ id: 'one', lanes: ['exit'] }), {
    trouble: 'paperOut',
  })
  const paper = paperOf(printer as unknown as PrinterPort)
  expect((await paper.view()).printers).toEqual([
    {
      id: 'one',
      lanes: ['exit'],
      prints: 'asked',
      trouble: 'paperOut',
      code: 'RECEIPT-04',
      isNearEnd: false,
    },
  ])
  expect(paper.notices()).toEqual([{ code: 'RECEIPT-04', note: 'one' }])
})

it.each([
  ['silent', { drawer: 'pin2' }, true],
  ['silent', {}, undefined],
  ['paperOut', { drawer: 'pin2' }, undefined],
  [null, { drawer: 'pin2' }, undefined],
] as const)(
  'a lane with a printer that is %s, of %j: its drawer is shut %s',
  (trouble, of, shut) => {
    const printer = Object.assign(new Printer({ id: 'one', lanes: ['exit'], ...of }), { trouble })
    const [view] = paperOf(printer as unknown as PrinterPort).ofLane('exit')
    expect(view?.isDrawerShut).toBe(shut)
  },
)

describe('the paper', () => {
  it('has amount, stay and code in the order of reading', () => {
    expect(texts(given)).toEqual([
      '测试停车场',
      '停车收费收据',
      '-',
      '收据号 20260302-0007',
      '停车记录 s1',
      '车牌 测A·12345',
      '入场 2026-03-02 10:00:00',
      '出场 2026-03-02 12:05:00',
      '停留 2小时5分',
      '支付方式 ETC、现金',
      '实收 12.50 元',
      '-',
      'ETCR1:ABC',
      '扫码内容可离线核验真伪',
      '核验用的公钥以停车场公布的为准',
    ])
  })

  it('is marked as a copy, says what went back, and shows of the plate what the lot says', () => {
    const copy = texts({ ...given, isOnPaper: true, refundedFen: 250 }, 'masked')
    expect(copy).toContain('停车收费收据（副本）')
    expect(copy).toContain('其后已退 2.50 元')
    expect(copy).toContain('车牌 测A·***45')
    expect(texts(given, 'none').some((text) => text.startsWith('车牌'))).toBe(false)
    const { receipt } = given
    const nameless = { ...given, receipt: { ...receipt, plate: '', leftAtMs: startMs + 59_000 } }
    expect(texts(nameless)).toContain('停留 0分钟')
    expect(texts(nameless).some((text) => text.startsWith('车牌'))).toBe(false)
  })
})
