// A receipt printer in its own process, over TCP and a pty: the printed paper is as intended, its code
// module by module, and every failure to print is reported with its cause. Then a lot that prints at every exit.
import { execFileSync } from 'node:child_process'
import { writeFileSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { inflateSync } from 'node:zlib'
import qrcode from 'qrcode-generator'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { systemMonoClock, systemWallClock } from '#base/time/system-clocks.ts'
import { openLedgerReader } from '#ledger/sqlite/ledger-reader.ts'
import type { ConsolePageView } from '#devices/calls/console-views.ts'
import type { BoardView } from '#lane/calls/views.ts'
import type { PrintersView } from '#money/calls/receipt.ts'
import type { LedgerRow } from '#base/pure/rows/ledger-row.ts'
import { present } from '#base/pure/values/must.ts'
import type { PaperLine } from '#base/pure/data/paper.ts'
import { loadLot } from '#lane/folder/lot-file.ts'
import { readerOptions } from '#lane/folder/reader-options.ts'
import { receiptKeyFile } from '#money/desk/receipt/receipt-key.ts'
import { openPrinter, type OpenPrinter } from '#money/desk/receipt/printers.ts'
import { checkedByPage, codesInPdf } from './kit/codes.ts'
import { cleanUp, newFolder, runToEnd } from './kit/live-program.ts'
import { obu } from './kit/one-car.ts'
import { PrinterSim } from './kit/printer-sim.ts'
import { eventually } from '../kit/eventually.ts'
import { tcpLot } from './kit/run-lot.ts'

/** Dark pixels of an 8-bit picture with colour and opacity. */
function dotsOf(png: Buffer): boolean[][] {
  const [wide, high] = [png.readUInt32BE(16), png.readUInt32BE(20)]
  const parts: Buffer[] = []
  for (let at = 8; at < png.length; at += 12 + png.readUInt32BE(at))
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT')
      parts.push(png.subarray(at + 8, at + 8 + png.readUInt32BE(at)))
  const raw = inflateSync(Buffer.concat(parts))
  const [size, row] = [4, wide * 4]
  let above = Buffer.alloc(row)
  return Array.from({ length: high }, (_, y) => {
    const filter = raw[y * (row + 1)]
    const line = Buffer.from(raw.subarray(y * (row + 1) + 1, (y + 1) * (row + 1)))
    for (let x = 0; x < row; x++) {
      const [left = 0, up = 0] = [x < size ? 0 : line[x - size], above[x]]
      const corner = x < size ? 0 : (above[x - size] ?? 0)
      line[x] = (line[x] ?? 0) + predicted(filter ?? 0, left, up, corner)
    }
    above = line
    return Array.from({ length: wide }, (_unused, x) => (line[x * size] ?? 255) < 128)
  })
}

function predicted(filter: number, left: number, up: number, corner: number): number {
  if (filter === 4) {
    const [a = 0, b = 0, c = 0] = [left, up, corner].map((one) =>
      Math.abs(left + up - corner - one),
    )
    return a <= b && a <= c ? left : b <= c ? up : corner
  }
  return [0, left, up, Math.floor((left + up) / 2)][filter] ?? 0
}

/** Modules of a code of that size, found by the upper edges of its two upper finder patterns. */
function modulesIn(dots: boolean[][], count: number, size: number): string[] {
  const isSide = (row: readonly boolean[], x: number): boolean =>
    row[x - 1] === false && row.slice(x, x + 7 * size).every(Boolean) && row[x + 7 * size] === false
  const apart = (count - 7) * size
  const leftOf = (row: readonly boolean[]): number =>
    row.findIndex((_, x) => isSide(row, x) && isSide(row, x + apart))
  const top = dots.findIndex((row) => leftOf(row) >= 0)
  const left = leftOf(dots[top] ?? [])
  return Array.from({ length: count }, (_, y) =>
    Array.from({ length: count }, (_unused, x) =>
      dots[top + y * size + 1]?.[left + x * size + 1] === true ? '1' : '0',
    ).join(''),
  )
}

function expectedModules(text: string): string[] {
  const code = qrcode(0, 'M')
  code.addData(text, 'Alphanumeric')
  code.make()
  return Array.from({ length: code.getModuleCount() }, (_, y) =>
    Array.from({ length: code.getModuleCount() }, (_unused, x) =>
      code.isDark(y, x) ? '1' : '0',
    ).join(''),
  )
}

const codeText = `ETCR1:${'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:'.repeat(16)}`
const lines: PaperLine[] = [
  { kind: 'text', text: '测试停车场', align: 'center', size: 'large' },
  { kind: 'pair', name: '实收', value: '12.00 元', isBig: true },
  { kind: 'qr', text: codeText },
]

const opened: OpenPrinter[] = []
async function printerAt(link: string): Promise<OpenPrinter> {
  const printer = openPrinter(
    { id: 'desk', link, prints: 'asked', plate: 'whole' },
    {
      mono: systemMonoClock(),
      business: { ...systemWallClock(), steadyMs: () => performance.now() },
      profiles: null,
      changed: () => undefined,
    },
  )
  opened.push(printer)
  await ready(printer)
  return printer
}
const ready = (printer: OpenPrinter): Promise<unknown> =>
  eventually(
    () => printer.trouble,
    (trouble) => trouble === null,
  )

afterAll(async () => {
  for (const printer of opened) printer.close()
  await cleanUp()
})

describe.each(
  process.platform === 'linux' ? (['tcp', 'pty', 'usblp'] as const) : (['tcp'] as const),
)('over %s', (kind) => {
  let sim: PrinterSim
  beforeAll(async () => {
    sim = await new PrinterSim(
      kind === 'tcp' ? 'tcp://127.0.0.1:0' : `pty:${join(newFolder(), 'printer')}`,
    ).ready()
  })

  it('prints what it was given, and the code of it module by module', async () => {
    // The same terminal, opened as the device file of a USB printer.
    const { link } = sim
    const lp = `usblp:${/^serial:([^?]+)/.exec(link)?.[1] ?? ''}`
    const printer = await printerAt(kind === 'usblp' ? lp : link)
    expect(await printer.print(lines)).toEqual({ ok: true })
    const paper = await sim.drawn()
    expect(paper).toMatchObject({ count: 1, isCut: true, widthDots: 624 })
    expect(paper.text.split('\n').slice(0, 3)).toEqual([
      '测试停车场',
      `实收${' '.repeat(36)}12.00 元`,
      '[QR]',
    ])
    expect(paper.codes).toMatchObject([{ text: codeText, dots: 4 }])
    const expected = expectedModules(codeText)
    const dots = dotsOf(Buffer.from(paper.pngBase64, 'base64'))
    expect(modulesIn(dots, expected.length, 4)).toEqual(expected)
  })

  it('X15 prints nothing without paper or with the cover open, and again when both are mended', async () => {
    const printer = present(opened.at(-1), 'a printer')
    await ready(printer)
    const { count } = await sim.paper()
    await sim.ask('POST', '/paper', { lines: 0 })
    expect(await printer.print(lines)).toEqual({ ok: false, why: 'paperOut', isSent: false })
    expect(printer.trouble).toBe('paperOut')
    await sim.ask('POST', '/paper', { lines: null })
    await sim.ask('POST', '/cover', { open: true })
    expect(await printer.print(lines)).toEqual({ ok: false, why: 'coverOpen', isSent: false })
    await sim.ask('POST', '/cover', { open: false })
    expect((await sim.paper()).count).toBe(count)
    expect(await printer.print(lines)).toEqual({ ok: true })
    expect((await sim.paper()).count).toBe(count + 1)
  })

  it('paper that ends in the middle is told, and printed again as a whole', async () => {
    const printer = present(opened.at(-1), 'a printer')
    await ready(printer)
    await sim.ask('POST', '/paper', { lines: 1 })
    expect(await printer.print(lines)).toEqual({ ok: false, why: 'paperOut', isSent: true })
    await sim.ask('POST', '/paper', { lines: null })
    expect(await printer.print(lines)).toEqual({ ok: true })
  })

  it('a printer that says nothing, or is unplugged at its code, is not printed on twice', async () => {
    const printer = present(opened.at(-1), 'a printer')
    await ready(printer)
    await sim.ask('POST', '/act', { do: 'silence', ms: 0 })
    expect(await printer.print(lines)).toEqual({ ok: false, why: 'silent', isSent: false })
    await sim.ask('DELETE', '/faults')
    await ready(printer)
    const { count } = await sim.paper()
    await sim.ask('POST', '/faults', { at: 'GS ( k', do: 'reboot', ms: 300 })
    expect(await printer.print(lines)).toMatchObject({ ok: false, isSent: true })
    await ready(printer)
    expect((await sim.paper()).codes).toEqual([])
    expect((await sim.paper()).count).toBe(count + 1)
  })
})

describe('a lot that prints at its exit', () => {
  const lot = tcpLot()
  const { dir, harness } = lot
  let sim: PrinterSim
  beforeAll(async () => {
    sim = await new PrinterSim().ready()
    await lot.startSims()
    const file = join(dir, 'lot.json')
    const config = JSON.parse(readFileSync(file, 'utf8')) as object
    const printers = [
      {
        id: 'exit-desk',
        link: sim.link,
        lanes: ['exit'],
        prints: 'always',
        plate: 'masked',
        drawer: 'pin2',
      },
    ]
    writeFileSync(file, JSON.stringify({ ...config, printers }))
    await lot.start('exit')
  })
  afterAll(() => lot.close())

  const papers = async (): Promise<number> => (await sim.paper()).count
  const view = (): Promise<PrintersView> => lot.run.call<PrintersView>('receipt.printers')

  /** The file read by poppler and zbar agrees with the stay's rows: readable words, and a valid code. */
  function saysAsTheLedger(file: string, stayId: string): void {
    const reader = openLedgerReader(readerOptions(dir))
    const rows = reader.timeline(stayId)
    reader.close()
    const of = <K extends LedgerRow['kind']>(kind: K) =>
      present(
        rows.find((row): row is Extract<LedgerRow, { kind: K }> => row.kind === kind),
        kind,
      )
    const second = (atMs: number): number => Math.floor(atMs / 1_000)
    // Printed while the car stood at the open barrier: it had paid and not left yet.
    const { atMs: to, amountFen } = of('payment')
    const from = of('stayOpened').body.enteredAtMs
    const fen = present(amountFen, 'an amount')
    const plate = present(of('orderMade').body.plate, 'a plate')
    const local = (atMs: number): string =>
      new Date(second(atMs) * 1_000 + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ')
    const lastedMin = Math.floor((second(to) - second(from)) / 60)
    const [code = '', ...more] = codesInPdf(file)
    expect(more).toEqual([])
    const said = checkedByPage(receiptKeyFile(dir), code)
    const { lotId } = loadLot(dir).config
    const [day = '', number = ''] = said.trim().split(' ').slice(-2)
    const facts = [lotId, stayId, plate, second(from), second(to), fen, 'etc', day, number]
    expect(said).toBe(`${facts.join(' ')}\n`)
    const pairs = execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' })
      .split('\n')
      .map((line) => line.trim().split(/ {2,}/))
      .filter((parts) => parts.length === 2)
    expect(Object.fromEntries(pairs)).toEqual({
      收据号: `${day}-${number.padStart(4, '0')}`,
      停车记录: stayId,
      车牌: `${plate.slice(0, 2)}·${plate.slice(2)}`,
      入场: local(from),
      出场: local(to),
      停留: `${lastedMin}分钟`,
      支付方式: 'ETC',
      实收: `${(fen / 100).toFixed(2)} 元`,
    })
    const forged = code.replace(/...$/, 'AAA')
    expect(() => checkedByPage(receiptKeyFile(dir), forged)).toThrow('forged')
  }

  async function goesThrough(number: number): Promise<string> {
    const car = { plate: `测A1234${number}`, colour: 'blue' }
    await lot.comes('entry', car)
    await lot.leaves('entry')
    const { rsu } = harness.sims('exit')
    const own = { obuId: `1A2B3C4${number}`, cardNo: `4501229900000001234${number}` }
    await rsu?.admin('POST', '/cars', { ...obu, ...own, plate: car.plate })
    await lot.comes('exit', car)
    await lot.leaves('exit')
    await rsu?.admin('DELETE', `/cars/${own.obuId}`)
    const { json } = await runToEnd(['ledger', 'query', '--data', dir, '--kind', 'payment'])
    const rows = json['rows'] as { stayId: string }[]
    return present(rows.at(-1), 'it paid').stayId
  }

  it('every car that paid has its receipt on paper; the code of it holds without the lot', async () => {
    const stayId = await goesThrough(1)
    await eventually(papers, (count) => count === 1, { of: lot.of })
    const { text, codes } = await sim.paper()
    expect(text).toContain('停车收费收据\n')
    expect(text).toMatch(/车牌 +测A·\*\*\*41/)
    expect(text).toMatch(/支付方式 +ETC/)
    expect(text).toMatch(/实收 +3\.00 元/)
    // The same in the frame console, under the printer's own id, in words.
    const of = { laneId: 'exit-desk', device: 'printer' }
    const { rows } = await lot.run.call<ConsolePageView>('device.frames', {
      ...of,
      after: 0,
      limit: 1_000,
    })
    const sent = rows.filter(({ direction }) => direction === 'out')
    expect(sent.find(({ name }) => name === 'text')?.fields['text']).toMatch(/^测试|停车/)
    expect(sent.map(({ name }) => name)).toEqual(expect.arrayContaining(['qr', 'cut']))
    const answers = rows.filter(({ direction }) => direction === 'in').map(({ name }) => name)
    expect(new Set(answers)).toEqual(new Set(['status', 'printed']))
    expect(rows.every(({ ok, discarded }) => ok && discarded === 0)).toBe(true)
    const file = join(dir, 'receipt.pdf')
    const give = ['receipt', 'give', '--data', dir, '--stay', stayId, '--pdf', file]
    expect(await runToEnd(give)).toMatchObject({ code: 0, json: { file, isOnPaper: true } })
    saysAsTheLedger(file, stayId)
    expect(await runToEnd(give)).toMatchObject({ code: 2, json: { error: { code: 'FILE-03' } } })
    const verify = ['receipt', 'verify', present(codes[0], 'a code').text, '--data', dir]
    const verified = await runToEnd(verify)
    expect(verified.json).toMatchObject({ ok: true, stayId, amountFen: 300, plate: '测A12341' })
  })

  it('without paper the cars go on; the receipt waits, is told on the board, and prints once when the paper is back', async () => {
    await eventually(view, ({ printers }) => printers[0]?.trouble === null, { of: lot.of })
    await sim.ask('POST', '/paper', { lines: 0 })
    const stayId = await goesThrough(2)
    const { waiting } = await eventually(view, (seen) => seen.waiting.length === 1, { of: lot.of })
    expect(waiting).toMatchObject([{ stayId, printer: 'exit-desk', code: 'RECEIPT-04' }])
    const print = ['receipt', 'print', '--data', dir, '--stay', stayId]
    const refused = await runToEnd(print)
    expect(refused).toMatchObject({ code: 2, json: { error: { code: 'RECEIPT-04' } } })
    const unknown = await runToEnd([...print, '--printer', 'nowhere'])
    expect(unknown).toMatchObject({ code: 2, json: { error: { code: 'RECEIPT-03' } } })
    const board = await lot.run.call<BoardView>('board.get')
    const seen = { id: 'exit-desk', code: 'RECEIPT-04', waiting: 1, device: { state: 'down' } }
    expect(board.lanes.find(({ laneId }) => laneId === 'exit')?.printers).toMatchObject([seen])
    expect(board.lanes.find(({ laneId }) => laneId === 'entry')?.printers).toBeUndefined()
    await sim.ask('POST', '/paper', { lines: null })
    await eventually(view, (now) => now.waiting.length === 0, { of: lot.of })
    expect(await papers()).toBe(2)
    // The first printed copy is not marked as a duplicate.
    expect((await sim.paper()).text).not.toContain('（副本）')
    const printed = await runToEnd(print)
    expect(printed).toMatchObject({ code: 0, json: { stayId, isOnPaper: true } })
    expect((await sim.paper()).text).toContain('停车收费收据（副本）')
    expect(await papers()).toBe(3)
  })

  it('cash opens the drawer behind its row, once, with what was given and the change', async () => {
    const car = { plate: '测A12349', colour: 'blue' }
    await lot.comes('entry', car)
    await lot.leaves('entry')
    await lot.comes('exit', car)
    const waits = (): Promise<BoardView> => lot.run.call<BoardView>('board.get')
    await eventually(waits, ({ lanes }) => lanes.some(({ state }) => state === 'manual'), {
      of: lot.of,
    })
    const who = { by: '甲', reason: '现金', commandId: 'cash-drawer-0001' }
    const cash = { laneId: 'exit', means: 'cash', ...who }
    const settle = (givenFen: number) => lot.run.call('lane.settle', { ...cash, givenFen })
    expect(await sim.ask('GET', '/state')).toMatchObject({ drawers: 0 })
    expect(await settle(2_000)).toMatchObject({ repeated: false, changeFen: 1_700 })
    expect(await settle(2_000)).toMatchObject({ repeated: true })
    await lot.leaves('exit')
    await eventually(
      () => sim.ask<{ drawers: number }>('GET', '/state'),
      ({ drawers }) => drawers === 1,
      { of: lot.of },
    )
    const { json } = await runToEnd(['ledger', 'query', '--data', dir, '--kind', 'payment'])
    expect(json['rows']).toContainEqual(
      expect.objectContaining({ means: 'cash', amountFen: 300, givenFen: 2_000, changeFen: 1_700 }),
    )
  })

  it('what did not print is still asked for after a restart', async () => {
    await sim.ask('POST', '/cover', { open: true })
    const stayId = await goesThrough(3)
    await eventually(view, (seen) => seen.waiting.length === 1, { of: lot.of })
    await lot.run.stop('SIGKILL')
    await lot.start('exit')
    expect((await view()).waiting).toMatchObject([{ stayId, code: 'RECEIPT-05' }])
  })
})
