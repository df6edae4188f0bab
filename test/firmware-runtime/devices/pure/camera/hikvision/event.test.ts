// Hikvision events: the reading each gives, and everything that is refused by name.
// Special values and rules: lane-devices.md sections 0 and 1.1, F20 of reliability-security.md.
import { describe, expect, it } from 'vitest'
import { parseHikvisionEvent } from '#devices/pure/camera/hikvision/event.ts'
import type { CameraEvent } from '#devices/pure/camera/hikvision/event.ts'
import { hikvisionXml, type Changes } from './sample.ts'

type Plate = Extract<CameraEvent, { kind: 'plate' }>

function plate(changes: Changes = {}, extra = ''): Plate {
  const event = parseHikvisionEvent(hikvisionXml(changes, extra))
  if (event.kind !== 'plate') throw new Error(JSON.stringify(event))
  return event
}

describe('a reading', () => {
  it('has everything of the event', () => {
    const jpeg = Uint8Array.of(1, 2)
    expect(parseHikvisionEvent(hikvisionXml(), jpeg)).toEqual({
      kind: 'plate',
      read: {
        deviceId: '02005e100064',
        recordId: '02005e100064/2026-11-20T09:30:15+08:00/蓝测A12345',
        deviceAtMs: 1_795_138_215_000,
        plate: '测A12345',
        plateRaw: '蓝测A12345',
        plateState: 'read',
        colour: 'blue',
        confidence: 0.93,
        history: false,
        jpeg,
      },
      detail: {
        channel: '1',
        line: '1',
        direction: 'forward',
        plateType: '92TypeCivil',
        vehicleType: 'smallCar',
        detectType: '2',
        postCount: 1,
        openedByCamera: false,
        tollClass: null,
      },
    })
  })
  it.each([
    ['测A12345', '测A12345', 'read'],
    ['黄绿测AD12345', '测AD12345', 'read'],
    ['黄测A12345', '测A12345', 'read'],
    ['绿测AD12345', '测AD12345', 'read'],
    ['测 A·12345', '测A12345', 'read'],
    ['测A１２３４５', '测A12345', 'read'],
    ['测a12345', '测A12345', 'read'],
    // Without a plate after it, the character stays: it may belong to the plate.
    ['蓝A12345', '蓝A12345', 'read'],
    ['noPlate', null, 'none'],
    ['NOPLATE', null, 'none'],
    ['unknown', null, 'unreadable'],
    ['12345', null, 'unreadable'],
    ['1E5', null, 'unreadable'],
    ['007', null, 'unreadable'],
    ['测A12345😀', null, 'unreadable'],
    ['蓝', null, 'unreadable'],
    ['&lt;b&gt;', null, 'unreadable'],
    ['测'.repeat(40), null, 'unreadable'],
  ] as const)('plate %s is %s (%s)', (raw, expected, state) => {
    const { read } = plate({ licensePlate: raw })
    expect([read.plate, read.plateState]).toEqual([expected, state])
    expect(read.plateRaw.length).toBeLessThanOrEqual(32)
  })
  it('keeps digits as text', () => {
    expect(plate({ licensePlate: '0012345' }).read.plateRaw).toBe('0012345')
  })
  it.each([
    ['blue', 'blue'],
    ['newEnergyGreen', 'green'],
    ['newEnergyYellowGreen', 'yellowGreen'],
    ['civilAviationBlack', 'black'],
    ['mixedColor', 'unknown'],
    ['constructor', 'unknown'],
    ['', 'unknown'],
    [null, 'unknown'],
  ] as const)('plateColor %s is %s', (said, colour) => {
    expect(plate({ plateColor: said, licensePlate: '测A12345' }).read.colour).toBe(colour)
  })
  it('takes the colour from the prefix when the camera gives none', () => {
    const changes = { plateColor: 'unknown', licensePlate: '黄绿测AD12345' }
    expect(plate(changes).read.colour).toBe('yellowGreen')
    expect(plate({ plateColor: 'white', licensePlate: '黄测A12345' }).read.colour).toBe('white')
  })
  it.each([
    ['0', 0],
    ['100', 1],
    ['7', 0.07],
    ['101', null],
    ['-1', null],
    ['93.5', null],
    ['high', null],
    ['', null],
    [null, null],
  ] as const)('confidence %s is %s', (raw, confidence) => {
    expect(plate({ confidenceLevel: raw }).read.confidence).toBe(confidence)
  })
  it('marks history and a gate the camera opened by itself', () => {
    expect(plate({ alarmDataType: '1' }).read.history).toBe(true)
    expect(plate({ alarmDataType: null }).read.history).toBe(false)
    const again = (said: string): boolean => {
      const xml = hikvisionXml({}).replace(
        '</EventNotificationAlert>',
        `<isDataRetransmission>${said}</isDataRetransmission></EventNotificationAlert>`,
      )
      const event = parseHikvisionEvent(xml)
      return event.kind === 'plate' && event.read.history
    }
    expect(['true', '1', 'TRUE', 'false', '0'].map(again)).toEqual([true, true, true, false, false])
    expect(plate({ barrierGateCtrlType: '0' }).detail.openedByCamera).toBe(true)
  })
  it('has one record id over its repeats and another for another car, time or camera', () => {
    const id = (changes: Changes): string => plate(changes).read.recordId
    const first = id({})
    expect(id({ activePostCount: '2', ipAddress: '192.0.2.65' })).toBe(first)
    expect(id({ macAddress: '02-00-5E-10-00-64' })).toBe(first)
    expect(id({ licensePlate: '测A12346' })).not.toBe(first)
    expect(id({ dateTime: '2026-11-20T09:30:16+08:00' })).not.toBe(first)
    expect(id({ macAddress: '02:00:5e:10:00:65' })).not.toBe(first)
    expect(id({ dateTime: null })).toBe('')
  })
  it('falls back to the address of a camera without a MAC', () => {
    expect(plate({ macAddress: null }).read.deviceId).toBe('ip:192.0.2.64')
    expect(plate({ macAddress: '00:00:00:00:00:00' }).read.deviceId).toBe('ip:192.0.2.64')
  })
  it.each([['yesterday'], ['2026-02-30T09:30:15+08:00'], ['2026-11-20T9']])(
    'a device time of %s is no time',
    (dateTime) => {
      expect(plate({ dateTime }).read.deviceAtMs).toBeNull()
    },
  )
  it('reads the toll class of the camera, and only a possible one', () => {
    const vehicle = (series: string, type: string): string =>
      `<vehicleInfo><tollRoadVehicleSeries>${series}</tollRoadVehicleSeries>` +
      `<tollRoadVehicleType>${type}</tollRoadVehicleType></vehicleInfo>`
    expect(plate({}, vehicle('1', '2')).detail.tollClass).toBe('1.2')
    expect(plate({}, vehicle('4', '2')).detail.tollClass).toBeNull()
    expect(plate({}, '<vehicleInfo/>').detail.tollClass).toBeNull()
    expect(plate({ direction: 'sideways', activePostCount: 'x' }).detail).toMatchObject({
      direction: 'unknown',
      postCount: null,
    })
  })
  it('accepts namespace prefixes, CDATA and character references', () => {
    const xml = hikvisionXml({ licensePlate: '<![CDATA[测A12345]]>' })
      .replaceAll(/<(\/?)(?=[A-Za-z])/g, '<$1hik:')
      .replace('xmlns=', 'xmlns:hik=')
    expect(parseHikvisionEvent(xml)).toMatchObject({ kind: 'plate', read: { plate: '测A12345' } })
  })
})

describe('what is no reading', () => {
  it.each([
    { eventType: 'videoloss', eventState: 'inactive' },
    { eventType: 'heartBeat', eventState: 'active' },
  ])('%o is a keep-alive', (changes) => {
    const deviceAtMs = plate({}).read.deviceAtMs
    expect(parseHikvisionEvent(hikvisionXml(changes))).toEqual({ kind: 'keepAlive', deviceAtMs })
  })
  const twice = '<licensePlate>测A00000</licensePlate>'
  it.each([
    ['another event', hikvisionXml({ eventType: 'VMD', licensePlate: null }), 'otherEvent'],
    ['another event with a plate', hikvisionXml({ eventType: 'VMD' }), 'notAnEvent'],
    ['real video loss', hikvisionXml({ eventType: 'videoloss', licensePlate: null }), 'otherEvent'],
    ['no event type', hikvisionXml({ eventType: null }), 'notAnEvent'],
    ['an inactive ANPR', hikvisionXml({ eventState: 'inactive' }), 'inactive'],
    ['no plate element', hikvisionXml({ licensePlate: null }), 'missing'],
    ['an empty plate', hikvisionXml({ licensePlate: ' ' }), 'missing'],
    ['no device', hikvisionXml({ macAddress: null, ipAddress: 'camera' }), 'missing'],
    ['no ANPR', hikvisionXml().replaceAll(/ANPR>/g, 'LPR>').replace('>ANPR<', '>x<'), 'otherEvent'],
    ['an empty ANPR', hikvisionXml().replace(/<ANPR>.*<\/ANPR>/, '<ANPR/>'), 'missing'],
    ['two plates', hikvisionXml({}, twice), 'ambiguous'],
    ['two ANPR', hikvisionXml().replace('</ANPR>', '</ANPR><ANPR></ANPR>'), 'ambiguous'],
    ['elements in the plate', hikvisionXml({ licensePlate: '<b>测A12345</b>' }), 'ambiguous'],
    ['nothing', '', 'malformed'],
    ['text', 'plate=测A12345', 'malformed'],
    ['a cut document', hikvisionXml().slice(0, 400), 'malformed'],
    ['a reserved name', '<__proto__>1</__proto__>', 'malformed'],
    ['another root', '<a><eventType>ANPR</eventType></a>', 'notAnEvent'],
    ['a root of text', '<EventNotificationAlert>x</EventNotificationAlert>', 'notAnEvent'],
    ['two roots', `${hikvisionXml()}<a/>`, 'ambiguous'],
    ['too much', hikvisionXml({ eventDescription: 'x'.repeat(300_000) }), 'tooLarge'],
    ['entities', `<!DOCTYPE a [<!ENTITY x "xxxx">]>${hikvisionXml()}`, 'doctype'],
  ] as const)('%s is refused as %s', (_name, xml, reason) => {
    expect(parseHikvisionEvent(xml)).toMatchObject({ kind: 'refused', reason })
  })
  it('does not hang on deep nesting or many references', () => {
    const deep = '<a>'.repeat(20_000) + '</a>'.repeat(20_000)
    expect(parseHikvisionEvent(deep).kind).toBe('refused')
    const many = hikvisionXml({ eventDescription: '&amp;'.repeat(20_000) })
    expect(['plate', 'refused']).toContain(parseHikvisionEvent(many).kind)
  })
})

describe('times and marks as firmware writes them', () => {
  const at = (dateTime: string): number | null => {
    const event = parseHikvisionEvent(hikvisionXml({ dateTime }))
    return event.kind === 'plate' ? event.read.deviceAtMs : NaN
  }
  const ms = Date.parse('2026-11-25T21:30:05+08:00')
  it.each([
    ['2026-11-25T21:30:05+08:00', ms],
    ['2026-11-25T21:30:05+8:00', ms],
    ['2026-11-25T21:30:05+0800', ms],
    ['2026-11-25T21:30:05+800', ms],
    ['2026-11-25T21:30:05+08', ms],
    ['2026-11-25T21:30:05', ms],
    ['2026-11-25 21:30:05', ms],
    ['2026-11-25T21:30:05.250', ms + 250],
    ['2026-11-25T21:30:05.250+8:00', ms + 250],
    ['2026-11-25T13:30:05Z', ms],
    ['2026-11-25T13:30:05z', ms],
    ['2026-11-25T08:30:05-05:00', ms],
    ['2026-11-25T08:30:05-0500', ms],
    ['2026-1-5T8:02:05', Date.parse('2026-01-05T08:02:05+08:00')],
    ['2026-02-30T08:02:05', null],
    ['2026-11-25T25:30:05', null],
    ['yesterday', null],
    ['', null],
  ])('%j', (dateTime, expected) => expect(at(dateTime)).toBe(expected))
  it('a plate without a state is a plate; one under another type is counted', () => {
    expect(parseHikvisionEvent(hikvisionXml({ eventState: null }))).toMatchObject({ kind: 'plate' })
    expect(parseHikvisionEvent(hikvisionXml({ eventState: '' }))).toMatchObject({ kind: 'plate' })
    expect(parseHikvisionEvent(hikvisionXml({ eventType: 'vehicleMatch' }))).toMatchObject({
      kind: 'refused',
      reason: 'notAnEvent',
    })
  })
  it.each(['true', '1', 'TRUE'])('a sign of life that was sent again (%s) says no time', (mark) => {
    const beat = (more: string): string =>
      hikvisionXml({ eventType: 'videoloss', eventState: 'inactive' }).replace(
        '<ANPR>',
        `${more}<ANPR>`,
      )
    const again = `<isDataRetransmission>${mark}</isDataRetransmission>`
    expect(parseHikvisionEvent(beat(again))).toEqual({ kind: 'keepAlive', deviceAtMs: null })
    expect(parseHikvisionEvent(beat(''))).not.toEqual({ kind: 'keepAlive', deviceAtMs: null })
  })
})
