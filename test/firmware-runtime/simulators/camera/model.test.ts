// The camera model: what one push contains, and what happens to pushes that are not accepted.
// Duplicates, stored pushes sent later, and odd splits; only the test moves time.
import { describe, expect, it } from 'vitest'
import { createCameraModel } from '#simulators/camera/model.ts'
import type { CameraOutput, Push } from '#simulators/camera/model.ts'
import { encodeJpeg } from '#simulators/camera/jpeg.ts'

const nowIso = '2026-11-20T09:30:15.000+08:00'
const seen = { plate: '测A12345', colour: 'blue', confidence: 0.93, pictures: false }

class Bench {
  atMs = 0
  readonly rows: unknown[] = []
  readonly model
  constructor(rows: readonly unknown[] = [], timing: 'instant' | 'standard' = 'instant') {
    this.model = createCameraModel({ timing, seed: 5, rows })
  }
  take(outputs: readonly CameraOutput[]): Push[] {
    for (const o of outputs) if (o.do === 'row') this.rows.push(o.row)
    return outputs.flatMap((o) => (o.do === 'push' ? [o.push] : []))
  }
  see(more: Record<string, unknown> = {}): Push[] {
    return this.take(this.model.see({ ...seen, ...more }, nowIso, this.atMs * 1000).outputs)
  }
  ended(push: Push | undefined, taken: boolean): Push[] {
    return this.take(this.model.ended(push?.pushId ?? 0, taken, this.atMs * 1000))
  }
  after(ms: number): Push[] {
    this.atMs += ms
    return this.take(this.model.advance(this.atMs * 1000))
  }
}

const xmlOf = (push: Push | undefined): string => new TextDecoder().decode(push?.parts[0]?.bytes)
const member = (push: Push | undefined, name: string): string =>
  new RegExp(`<${name}>(.*)</${name}>`).exec(xmlOf(push))?.[1] ?? ''

describe('one push', () => {
  it('says what the camera saw', () => {
    const [push] = new Bench().see({ atIso: '2026-11-20T10:00:00+08:00' })
    expect(member(push, 'licensePlate')).toBe('蓝测A12345')
    expect(member(push, 'plateColor')).toBe('blue')
    expect(member(push, 'confidenceLevel')).toBe('93')
    expect(member(push, 'dateTime')).toBe('2026-11-20T10:00:00+08:00')
    expect(member(push, 'macAddress')).toBe('02:00:5e:10:00:05')
    expect([member(push, 'activePostCount'), member(push, 'alarmDataType')]).toEqual(['1', '0'])
  })

  it.each([
    ['no plate', { plate: null, colour: undefined }, 'noPlate', 'unknown'],
    ['not read', { plate: null, plateState: 'unreadable' }, 'unknown', 'blue'],
    ['green plate', { plate: '测AD12345', colour: 'green' }, '绿测AD12345', 'newEnergyGreen'],
    ['colour by number', { plate: '测A1', colour: 5 }, '黄绿测A1', 'newEnergyYellowGreen'],
    ['text that is markup', { plate: 'A<&>B' }, '蓝A&lt;&amp;&gt;B', 'blue'],
  ])('%s', (_, more, plate, colour) => {
    const [push] = new Bench().see(more)
    expect(member(push, 'licensePlate')).toBe(plate)
    expect(member(push, 'plateColor')).toBe(colour)
  })

  it('frames its parts as multipart/form-data', () => {
    const [push] = new Bench().see({ jpegBase64: '/9j/2Q==', pictures: true })
    const text = Buffer.from(push?.body ?? []).toString('latin1')
    const parts = text.split('--boundary')
    expect(parts).toHaveLength(5)
    expect(parts[1]).toContain('name="anpr.xml"; filename="anpr.xml"\r\nContent-Type: text/xml')
    expect(parts[2]).toContain('Content-ID: licensePlatePicture\r\n\r\n\xff\xd8\xff\xd9\r\n')
    expect(parts[3]).toContain('filename="detectionPicture.jpg"\r\nContent-Type: image/pjpeg')
    expect(parts[4]).toBe('--\r\n')
  })

  it('draws a picture of the plate, another one for another plate', () => {
    const jpeg = (plate: string): Uint8Array =>
      new Bench().see({ plate, pictures: true })[0]?.parts[1]?.bytes ?? new Uint8Array(0)
    const one = jpeg('测A12345')
    expect([...one.subarray(0, 3), ...one.subarray(-2)]).toEqual([0xff, 0xd8, 0xff, 0xff, 0xd9])
    expect(one.length).toBeLessThan(20_000)
    expect(jpeg('测A12346')).not.toEqual(one)
  })

  it('cuts the body at places that follow the seed', () => {
    const [one] = new Bench().see()
    const [two] = new Bench().see()
    expect(one?.pieces).toEqual(two?.pieces)
    expect(one?.pieces.length).toBeGreaterThan(2)
    const sum = one?.pieces.reduce((a, b) => a + b, 0) ?? 0
    expect(sum).toBeLessThanOrEqual(one?.body.length ?? 0)
  })

  it('takes 200 to 450 ms in standard time', () => {
    const b = new Bench([], 'standard')
    expect(b.see()).toEqual([])
    expect(b.after(199)).toEqual([])
    expect(b.after(252)).toHaveLength(1)
  })

  it.each([
    ['no body', 3, '/'],
    ['empty plate', { plate: '' }, '/plate'],
    ['long plate', { plate: 'A'.repeat(33) }, '/plate'],
    ['plate of another kind', { plate: 7 }, '/plate'],
    ['unknown colour', { plate: 'A1', colour: 'pink' }, '/colour'],
    ['confidence beyond 100', { plate: 'A1', confidence: 101 }, '/confidence'],
    ['time that is none', { plate: 'A1', atIso: 'yesterday' }, '/atIso'],
    ['picture that is no base64', { plate: 'A1', jpegBase64: '***' }, '/jpegBase64'],
    ['state that is none', { plate: null, plateState: 'dirty' }, '/plateState'],
  ])('refuses %s', (_, body, field) => {
    expect(() => new Bench().model.see(body, nowIso, 0)).toThrowError(
      expect.objectContaining({ code: 'ARG-01', detail: expect.objectContaining({ field }) }),
    )
  })
})

describe('what nobody takes', () => {
  it('goes out again as history, until it is taken', () => {
    const b = new Bench()
    const [live] = b.see()
    expect(b.ended(live, false)).toEqual([])
    const [again] = b.after(200)
    expect(again?.history).toBe(true)
    expect([member(again, 'activePostCount'), member(again, 'alarmDataType')]).toEqual(['2', '1'])
    b.ended(again, false)
    const [third] = b.after(200)
    b.ended(third, true)
    expect(b.after(10_000)).toEqual([])
    expect(b.model.state()).toMatchObject({ pending: 0, delivered: 1, deliveredHistory: 1 })
  })

  it('keeps its order and goes out one at a time', () => {
    const b = new Bench()
    const [one] = b.see()
    expect(b.see({ plate: '测A00002' })).toEqual([])
    const [two] = b.ended(one, true)
    expect(member(two, 'licensePlate')).toBe('蓝测A00002')
  })

  it('is still pending after the camera was killed', () => {
    const b = new Bench()
    b.see()
    const next = new Bench(b.rows)
    const [again] = next.after(200)
    expect(again?.history).toBe(true)
    next.ended(again, true)
    expect(new Bench([...b.rows, ...next.rows]).model.state()).toMatchObject({
      pending: 0,
      delivered: 1,
    })
    expect(() => new Bench([{ row: 'other' }])).toThrow('no camera simulator')
  })
})

describe('faults at push', () => {
  const withFault = (fault: Record<string, unknown>): Bench => {
    const b = new Bench()
    b.model.faults.add({ at: 'push', when: 'before', ...fault })
    return b
  }

  it('drop: the lane never hears of it', () => {
    const b = withFault({ do: 'drop' })
    expect([...b.see(), ...b.after(10_000)]).toEqual([])
    expect(b.model.state()).toMatchObject({ lost: 1, pending: 0 })
  })

  it('delay', () => {
    const b = withFault({ do: 'delay', ms: 3000 })
    expect([...b.see(), ...b.after(2999)]).toEqual([])
    expect(b.after(1)).toHaveLength(1)
  })

  it('duplicate: twice, counted up, both live', () => {
    const b = withFault({ do: 'duplicate' })
    const [one] = b.see()
    const [two] = b.ended(one, true)
    expect([member(one, 'activePostCount'), member(two, 'activePostCount')]).toEqual(['1', '2'])
    expect(member(two, 'alarmDataType')).toBe('0')
    b.ended(two, true)
    expect(b.model.state()).toMatchObject({ delivered: 1, pending: 0 })
  })

  it('a lost answer brings the same car again as history', () => {
    const b = withFault({ do: 'drop', when: 'after' })
    const [one] = b.see()
    b.ended(one, true)
    expect(b.after(200)[0]?.history).toBe(true)
  })

  it('cut and flip spoil the body', () => {
    expect(withFault({ do: 'cut' }).see()[0]?.cutAt).toBeGreaterThan(0)
    const clean = new Bench().see()[0]
    const flipped = withFault({ do: 'flip' }).see()[0]
    expect(flipped?.body.length).toBe(clean?.body.length)
    expect(flipped?.body).not.toEqual(clean?.body)
  })

  it('reorder lets the next car overtake', () => {
    const b = withFault({ do: 'reorder' })
    expect(b.see()).toEqual([])
    const [first] = b.see({ plate: '测A00002' })
    expect(member(first, 'licensePlate')).toBe('蓝测A00002')
    expect(member(b.ended(first, true)[0], 'licensePlate')).toBe('蓝测A12345')
  })

  it('unplug: seen, kept, sent as history when the network is back', () => {
    const b = withFault({ do: 'unplug', ms: 1000 })
    expect([...b.see(), ...b.after(999)]).toEqual([])
    expect(b.after(400)[0]?.history).toBe(true)
  })

  it('a camera without power sees nothing', () => {
    const b = new Bench()
    b.model.act(b.model.faults.check({ at: 'push', do: 'reboot', ms: 500 }), 0)
    expect([...b.see(), ...b.after(5000)]).toEqual([])
    expect(b.model.state()).toMatchObject({ seen: 0 })
  })
})

describe('the JPEG encoder', () => {
  it('writes segments whose lengths add up and a frame of the right size', () => {
    const rgb = Uint8Array.from({ length: 3 * 16 * 8 }, (_, i) => (i * 37) & 0xff)
    const bytes = encodeJpeg({ width: 16, height: 8, rgb })
    const view = new DataView(bytes.buffer)
    let at = 2
    const markers: number[] = []
    for (;;) {
      const marker = view.getUint16(at)
      markers.push(marker)
      if (marker === 0xffc0) {
        expect([view.getUint16(at + 5), view.getUint16(at + 7)]).toEqual([8, 16])
      }
      at += 2 + view.getUint16(at + 2)
      if (marker === 0xffda) break
    }
    expect(markers).toEqual([0xffe0, 0xffdb, 0xffc0, 0xffc4, 0xffc4, 0xffda])
    // Inside the scan every FF is stuffed, and the end marker comes last.
    for (; at < bytes.length - 2; at++) if (bytes[at] === 0xff) expect(bytes[at + 1]).toBe(0)
  })
})
