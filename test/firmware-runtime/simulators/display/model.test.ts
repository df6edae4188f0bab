// The display model: raw bytes in, raw bytes out, and what a person in front of the board sees.
// Frames are from the protocol text; the model has its own decoder.
import { describe, expect, it } from 'vitest'
import { bytesOfHex, hexOf } from '#base/pure/data/bytes.ts'
import { present } from '#base/pure/values/must.ts'
import {
  createDisplayModel,
  type DisplayModelOptions,
  type DisplayOutput,
} from '#simulators/display/model.ts'
import { isSealed, sealed } from '#simulators/shell/crc16.ts'

const hex = (text: string): Uint8Array => present(bytesOfHex(text), text)

class Bench {
  atMs = 0
  readonly rows: unknown[] = []
  readonly model
  constructor(over: Partial<DisplayModelOptions> = {}) {
    this.model = createDisplayModel({ timing: 'standard', seed: 3, ...over })
  }
  private take(outputs: readonly DisplayOutput[]): string[] {
    for (const o of outputs) if (o.do === 'row') this.rows.push(o.row)
    return outputs.flatMap((o) =>
      o.do === 'send' ? [hexOf(o.bytes)] : o.do === 'row' ? [] : [o.do],
    )
  }
  raw(text: string): string[] {
    return this.take(this.model.onBytes(hex(text), this.atMs * 1000))
  }
  after(ms: number): string[] {
    this.atMs += ms
    return this.take(this.model.advance(this.atMs * 1000))
  }
  ask(text: string): string {
    return [...this.raw(text), ...this.after(100)].join('|')
  }
  act(action: string, ms = 0): void {
    const fault = this.model.faults.check({ at: 'link', do: action, ms })
    this.take(this.model.act(fault, this.atMs * 1000))
  }
  get state() {
    return this.model.state()
  }
}

const line = '0064FFFF621B000001000500010300FF000000000000000800BBB6D3ADB9E2C1D95896'
const lineAck = '0064FFFF620100976A'
const page =
  '0064FFFF6F5C0000040015010500030 0FF00000006B5DAD2BBD0D00D0101010500030000FF000006B5DAB6FED0D00D' +
  '020101050003 00FF00000006B5DAC8FDD0D00D030101050003 0000FF000008BBB6D3ADB9E2C1D9000A08BBB6D3AD' +
  'B9E2C1D9000634'
const pay =
  '0064FFFFE1410100000A000000000000000000140B8001000000000000000000000000000000' +
  '687474703A2F2F7777772E62616964752E636F6D00706C65617365207363616E00D524'

describe('the board', () => {
  it.each([
    ['connect', '0064FFFF0006313539373533FB06', /^0064FFFF000A00/],
    ['clock', '0064FFFF0508E007030A070F05066568', /^0064FFFF05010026B5$/],
    ['brightness', '0064FFFF0C01327762', /^0064FFFF0C0100F6B7$/],
    ['volume', '0064FFFF0D013226A2', /^0064FFFF0D0100A777$/],
    ['relay', '0064FFFF0F0600010000000524B7', /^0064FFFF0F010006B7$/],
    ['stop voice', '0064FFFF31006467', /^0064FFFF310100677B$/],
    ['speech', '0064FFFF300901BBB6D3ADB9E2C1D93258', /^0064FFFF30010036BB$/],
    ['line', line, /^0064FFFF620100976A$/],
    ['page', page.replaceAll(' ', ''), /^0064FFFF6F010006A9$/],
    ['pay page', pay, /^0064FFFFE101006682$/],
  ])('%s is answered as published', (_, request, answer) => {
    expect(new Bench().ask(request)).toMatch(answer)
  })
  it('shows what it was told, as a person would read it', () => {
    const b = new Bench()
    b.ask(page.replaceAll(' ', ''))
    expect(b.state).toMatchObject({
      lines: ['第一行', '第二行', '第三行', '欢迎光临'],
      runs: [true, false, false, false],
      colours: ['red', 'green', 'red', 'green'],
      spoken: '欢迎光临',
    })
    b.ask(pay)
    expect(b.state).toMatchObject({
      qr: { url: 'http://www.baidu.com', text: 'please scan', tenths: 0 },
    })
    b.after(10_000)
    expect(b.state).toMatchObject({ qr: null, lines: ['第一行', '第二行', '第三行', '欢迎光临'] })
    expect(b.rows).toContainEqual({ line: 3, text: '欢迎光临' })
    expect(b.rows).toContainEqual({ said: '欢迎光临' })
  })
  it.each([
    ['another address', '0164FFFF0C01327A9E'],
    ['version 200', '00C8FFFF0C0132'],
    ['a wrong check', '0064FFFF0C01327763'],
    ['half a frame', line.slice(0, 30)],
    ['a command it does not have', hexOf(sealed(hex('0064FFFF9900')))],
  ])('says nothing to %s', (_, request) => {
    expect(new Bench().ask(request)).toBe('')
  })
  it.each([
    ['brightness of 5 per cent', '0C01' + '05'],
    ['brightness of two bytes', '0C02' + '3232'],
    ['a month 13', '0508E2070D01010A0000'],
    ['a line whose length is wrong', '6214' + '00'.repeat(17) + '0900' + '41'],
    ['line 7', '621407000100050001030' + '0FF000000000000000100' + '41'],
    ['a page that ends early', '6F05' + '0000010000'],
    ['a pay page without ends', 'E120' + '01' + '00'.repeat(31)],
    ['a password of two characters', '0002' + '3131'],
  ])('refuses %s and shows nothing of it', (_, body) => {
    const b = new Bench()
    const answer = b.ask(hexOf(sealed(hex(`0064FFFF${body}`))))
    expect(hex(answer)[6]).toBe(1)
    expect(b.rows).toEqual([])
  })
  it('takes frames in pieces and two at once, and forgets half of one after a silence', () => {
    const b = new Bench()
    for (const byte of line.match(/../g) ?? []) b.raw(byte)
    expect(b.after(100)).toEqual([lineAck])
    expect(b.ask(line + line)).toBe(`${lineAck}|${lineAck}`)
    b.raw(line.slice(0, 20))
    b.after(200)
    expect(b.ask(line)).toBe(lineAck)
  })
  it('never replies once it was told not to', () => {
    const b = new Bench()
    expect(b.ask('0064FFFF1A0101D6B3')).toBe('')
    expect(b.ask(line)).toBe('')
    expect(b.state).toMatchObject({ lines: ['欢迎光临', '', '', ''], mute: true })
    expect(b.ask('0064FFFF1A01001773')).toBe('0064FFFF1A01001773')
  })
  it('with a password refuses everything until it was given', () => {
    const b = new Bench({ password: '159753' })
    expect(hex(b.ask(line))[6]).toBe(1)
    b.ask('0064FFFF0006313539373533FB06')
    expect(b.ask(line)).toBe(lineAck)
    b.act('reboot', 10)
    b.after(20)
    expect(hex(b.ask(line))[6]).toBe(1)
  })
})

describe('faults', () => {
  it.each([
    ['drop', 'before', [], ''],
    ['drop', 'after', [], '欢迎光临'],
    ['cut', 'after', ['0064FFFF62'], '欢迎光临'],
    ['duplicate', 'after', [lineAck, lineAck], '欢迎光临'],
    ['refuse', 'before', ['0064FFFF62015657'], ''],
    ['refuse', 'after', ['0064FFFF62015657'], '欢迎光临'],
    ['unplug', 'before', ['unplug'], ''],
    ['reboot', 'after', ['reboot'], ''],
    ['silence', 'after', [], '欢迎光临'],
  ])('%s %s', (what, when, answers, shown) => {
    const b = new Bench()
    b.model.faults.add({ at: '62', when, do: what })
    const got = [...b.raw(line), ...b.after(100)]
    if (what === 'refuse') {
      expect(got).toHaveLength(1)
      expect(hex(got[0] ?? '')[6]).toBe(1)
    } else expect(got).toEqual(answers)
    expect(b.model.board.lines[0]?.text).toBe(shown)
  })
  it('delay, flip and reorder keep the words and spoil the reply', () => {
    const b = new Bench()
    b.model.faults.add([
      { at: '62', when: 'after', do: 'delay', ms: 400 },
      { at: '62', when: 'after', do: 'flip', bits: 1 },
      { at: '62', when: 'after', do: 'reorder' },
    ])
    expect([...b.raw(line), ...b.after(100)]).toEqual([])
    expect(b.after(400)).toEqual([lineAck])
    const flipped = b.ask(line)
    expect(isSealed(hex(flipped))).toBe(false)
    expect(b.ask(line)).toBe('')
    expect(b.ask(line)).toBe(`${lineAck}|${lineAck}`)
  })
  it('an act that is none of the whole device is refused', () => {
    expect(() => new Bench().act('flip')).toThrow(/ARG-01/)
  })
})
