// The barrier model: Modbus frames of lane-devices.md 2.2, boom physics, and what its judge counts.
// Raw Modbus bytes in and out; only the test moves time.
import { describe, expect, it } from 'vitest'
import { bytesOfHex, hexOf } from '#base/pure/data/bytes.ts'
import { present } from '#base/pure/values/must.ts'
import { createBarrierModel } from '#simulators/barrier/model.ts'
import type { BarrierOutput } from '#simulators/barrier/model.ts'

const hex = (text: string): Uint8Array => present(bytesOfHex(text), text)

/** One request: transaction 0001, unit 1. */
const tcp = (pdu: string): string => {
  const clean = pdu.replaceAll(' ', '')
  return `00010000${(clean.length / 2 + 1).toString(16).padStart(4, '0')}01${clean}`.toUpperCase()
}

const open = '05 0200 0005'
const close = '05 0201 0005'
const stop = '05 0202 0005'
const inputs = '02 0000 0008'

class Bench {
  atMs = 0
  readonly rows: unknown[] = []
  readonly model
  constructor(rows: readonly unknown[] = [], timing: 'instant' | 'standard' = 'standard') {
    this.model = createBarrierModel({ timing, seed: 3, rows })
  }
  take(outputs: readonly BarrierOutput[]): string[] {
    for (const o of outputs) if (o.do === 'row') this.rows.push(o.row)
    return outputs.flatMap((o) =>
      o.do === 'send' ? [hexOf(o.bytes)] : o.do === 'row' ? [] : [o.do],
    )
  }
  raw(bytes: string): string[] {
    return this.take(this.model.onBytes(hex(bytes), this.atMs * 1000))
  }
  /** The PDU of the only answer. */
  ask(pdu: string): string {
    return this.raw(tcp(pdu))
      .join('|')
      .replace(/^00010000....01/, '')
  }
  after(ms: number): string[] {
    this.atMs += ms
    return this.take(this.model.advance(this.atMs * 1000))
  }
  loops(body: unknown): void {
    this.take(this.model.setInputs(body, this.atMs * 1000))
  }
  act(action: string, ms = 0): void {
    const fault = this.model.faults.check({ at: 'link', do: action, ms })
    this.take(this.model.act(fault, this.atMs * 1000))
  }
  get counts() {
    return this.model.boom.counts
  }
}

describe('the relay board', () => {
  it.each([
    ['relay 1 on', '050000FF00', '050000FF00'],
    ['relay 1 off', '0500000000', '0500000000'],
    ['toggle', '0500035500', '0500035500'],
    ['hardware pulse 700 ms', '0502000007', '0502000007'],
    ['all off', '0500FF0000', '0500FF0000'],
    ['read relays', '0100000008', '010100'],
    ['read inputs of a closed boom', inputs, '020102'],
    ['write 8 coils', '0F0000000801F8', '0F00000008'],
    ['input linkage is off', '0310000001', '03020000'],
    ['coil that is not there', '050010FF00', '8502'],
    ['pulse coil that is not there', '0502080005', '8502'],
    ['pulse of no length', '0502000000', '8503'],
    ['coil data outside the standard', '0500001234', '8503'],
    ['short write', '050000FF', '8503'],
    ['inputs beyond the last', '0200040008', '8202'],
    ['no inputs', '0200000000', '8203'],
    ['coils with a wrong byte count', '0F0000000802FF00', '8F03'],
    ['unknown function', '2B0E0100', 'AB01'],
  ])('%s', (_, request, answer) => {
    expect(new Bench().ask(request)).toBe(answer)
  })

  it('answers with the transaction number it was asked with, at any split', () => {
    const b = new Bench()
    const bytes = 'A5C3000000060101000000 08'.replaceAll(' ', '')
    const out: string[] = []
    for (let i = 0; i < bytes.length; i += 2) out.push(...b.raw(bytes.slice(i, i + 2)))
    expect(out).toEqual(['A5C3000000040101010000'.slice(0, 20)])
    expect(b.raw(tcp(inputs) + tcp(inputs))).toHaveLength(2)
  })

  it.each([
    ['another protocol', '00010001000601010000 0008'],
    ['a length beyond the bound', '0001000001FF0101'],
    ['no function', '00010000000101'],
  ])('hangs up on %s', (_, bytes) => {
    expect(new Bench().raw(bytes.replaceAll(' ', ''))).toEqual(['hangUp'])
  })

  it('ends a pulse by itself', () => {
    const b = new Bench()
    b.ask(open)
    expect(b.ask('0100000008')).toBe('010101')
    b.after(499)
    expect(b.ask('0100000008')).toBe('010101')
    b.after(1)
    expect(b.ask('0100000008')).toBe('010100')
  })
})

describe('the boom', () => {
  it('travels, and shows it at the limits only', () => {
    const b = new Bench()
    b.ask(open)
    expect(b.ask(inputs)).toBe('020100')
    b.after(1499)
    expect(b.model.boom.position).toBe('opening')
    b.after(1)
    expect(b.ask(inputs)).toBe('020101')
    b.ask(close)
    b.after(1500)
    expect(b.ask(inputs)).toBe('020102')
    expect(b.counts).toMatchObject({ opens: 1, closes: 1, closesOnPresence: 0 })
  })

  it('turns round half way in half the time', () => {
    const b = new Bench()
    b.ask(open)
    b.after(750)
    b.ask(close)
    b.after(749)
    expect(b.model.boom.position).toBe('closing')
    b.after(2)
    expect(b.model.boom.position).toBe('closed')
  })

  it('stops where it is', () => {
    const b = new Bench()
    b.ask(open)
    b.after(500)
    b.ask(stop)
    b.after(5000)
    expect(b.model.boom.position).toBe('stopped')
    expect(b.ask(inputs)).toBe('020100')
  })

  it('is open within 5 ms when timing is instant', () => {
    const b = new Bench([], 'instant')
    b.ask(open)
    b.after(5)
    expect(b.model.boom.position).toBe('open')
  })

  it('stands where it stood after the simulator was killed', () => {
    const b = new Bench()
    b.ask(open)
    b.after(1500)
    const next = new Bench(b.rows)
    expect(next.model.boom.position).toBe('open')
    expect(next.counts).toEqual(b.counts)
    expect(() => new Bench([{ count: 'cars' }])).toThrow('no barrier simulator')
  })
})

describe('the judge', () => {
  it('counts a close drive on a car', () => {
    const b = new Bench()
    b.ask(open)
    b.after(1500)
    b.loops({ loopUnder: true })
    b.ask(close)
    expect(b.counts.closesOnPresence).toBe(1)
  })

  it('counts closing that goes on over a car, and not one that is reopened in time', () => {
    const b = new Bench()
    b.ask(open)
    b.after(1500)
    b.ask(close)
    b.after(500)
    b.loops({ loopUnder: true })
    b.after(400)
    b.ask(open)
    b.after(2000)
    expect(b.counts.closesOnPresence).toBe(0)
    b.loops({ loopUnder: false })
    b.ask(close)
    b.after(500)
    b.loops({ loopUnder: true })
    b.after(500)
    expect(b.counts.closesOnPresence).toBe(1)
  })

  it('counts open and close contacts closed together', () => {
    const b = new Bench()
    b.ask(open)
    b.ask(close)
    expect(b.model.state().bothDriven).toBe(1)
  })

  it.each([
    ['no object', 7, '/'],
    ['unknown input', { loopOver: true }, '/loopOver'],
    ['number for a loop', { loopUnder: 1 }, '/loopUnder'],
  ])('refuses inputs: %s', (_, body, field) => {
    expect(() => new Bench().loops(body)).toThrowError(
      expect.objectContaining({ code: 'ARG-01', detail: expect.objectContaining({ field }) }),
    )
  })
})

describe('faults', () => {
  it.each([
    ['drop', '', 0],
    ['silence', '', 0],
    ['reboot', 'reboot', 0],
    ['unplug', 'unplug', 0],
  ])('%s before the effect: nothing moves', (action, answer, opens) => {
    const b = new Bench()
    b.model.faults.add({ at: 'FC05', when: 'before', do: action, ms: 100 })
    expect(b.ask(open)).toBe(answer)
    expect(b.counts.opens).toBe(opens)
  })

  it('drops the answer after the effect: the boom moves', () => {
    const b = new Bench()
    b.model.faults.add({ at: 'FC05', when: 'after', do: 'drop' })
    expect(b.ask(open)).toBe('')
    expect(b.counts.opens).toBe(1)
  })

  it('delays, doubles, cuts and flips answers', () => {
    const b = new Bench()
    b.model.faults.add([
      { at: 'FC02', when: 'after', do: 'delay', ms: 40 },
      { at: 'FC02', when: 'after', do: 'duplicate', skip: 1 },
      { at: 'FC02', when: 'after', do: 'cut', skip: 2 },
      { at: 'FC02', when: 'after', do: 'flip', skip: 3 },
    ])
    expect(b.ask(inputs)).toBe('')
    expect(b.after(40)).toHaveLength(1)
    expect(b.raw(tcp(inputs))).toHaveLength(2)
    expect(b.raw(tcp(inputs))[0]).toHaveLength(10)
    expect(b.raw(tcp(inputs))[0]).not.toBe('00010000000401020102')
    expect(b.ask(inputs)).toBe('020102')
  })

  it('sticks: no limit is reached until it is mended', () => {
    const b = new Bench()
    b.act('stuck')
    b.ask(open)
    b.after(10_000)
    expect(b.ask(inputs)).toBe('020102')
    b.model.mend()
    b.after(1500)
    expect(b.ask(inputs)).toBe('020101')
  })

  it('opens without a command', () => {
    const b = new Bench()
    b.act('openAlone')
    b.after(1500)
    expect(b.ask(inputs)).toBe('020101')
    expect(b.counts).toMatchObject({ openedAlone: 1, opens: 0 })
  })

  it('does nothing of a request that was late and came into its restart', () => {
    const b = new Bench()
    b.model.faults.add({ at: 'FC05', do: 'delay', ms: 100 })
    b.raw(tcp('05 0000 FF00'))
    b.act('reboot', 1000)
    expect(b.after(200)).toEqual([])
    expect(b.counts.opens).toBe(0)
  })
  it('is deaf while it boots, and drops its relays', () => {
    const b = new Bench()
    b.ask('050003FF00')
    b.act('reboot', 300)
    expect(b.ask(inputs)).toBe('')
    b.after(300)
    expect(b.ask('0100000008')).toBe('010100')
  })
})
