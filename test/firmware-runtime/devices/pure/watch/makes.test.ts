// Cameras of parking spaces: what the messages of each make say of a space, and what is refused. The messages are written
// here from the documented members, apart from the simulators.
import { isSensorLink } from '#base/pure/lot/sensor-link.ts'
import { describe, expect, it } from 'vitest'
import type { SpaceReport } from '#devices/pure/spaces/report.ts'
import { dahuaSpaces } from '#devices/pure/watch/dahua/make.ts'
import { hikvisionSpaces } from '#devices/pure/watch/hikvision/make.ts'
import { pictureMark } from '#devices/pure/watch/picture-mark.ts'
import { isWatchedByCamera, parseWatchLink } from '#devices/pure/watch/watch-link.ts'

const dateTime = '2026-11-20T09:30:15+08:00'
const atMs = Date.parse(dateTime)
const space = { absoulteParkingNum: '12', isParked: 'yes', plateNo: '蓝测A12345' }
const event = (spaces: unknown, more: object = {}): string =>
  JSON.stringify({
    macAddress: '02:00:5e:10:00:64',
    dateTime,
    eventType: 'PackingSpaceRecognition',
    eventState: 'active',
    PackingSpaceRecognition: spaces,
    ...more,
  })
const viewEvent = (type: string, state: string): string =>
  `<EventNotificationAlert version="2.0"><dateTime>${dateTime}</dateTime><eventType>${type}</eventType>` +
  `<eventState>${state}</eventState></EventNotificationAlert>`

const readHik = (text: string) => {
  if (hikvisionSpaces.by !== 'push') throw new Error('it pushes')
  return hikvisionSpaces.read(text, []).read
}
const brief = ({ deviceId, occupied, look, isPast }: SpaceReport) => [
  deviceId,
  occupied,
  look?.plate ?? null,
  look?.colour ?? null,
  look?.confidence ?? null,
  isPast,
]

describe('a push of Hikvision', () => {
  it.each<[string, string, readonly unknown[]]>([
    ['a car', event([space]), [['12', true, '测A12345', 'blue', null, false]]],
    [
      'a car by its coming, with colour and confidence',
      event([
        {
          absoulteParkingNum: 'B-7',
          vehicleEnterState: 'enter',
          plateNo: '测A1234D',
          plateColor: 'newEnergyGreen',
          confidence: 87,
        },
      ]),
      [['B-7', true, '测A1234D', 'green', 0.87, false]],
    ],
    [
      'a car without a plate',
      event([{ ...space, plateNo: 'noPlate' }]),
      [['12', true, null, 'unknown', null, false]],
    ],
    [
      'a space that is free, whatever plate it names',
      event([{ ...space, isParked: 'no' }]),
      [['12', false, null, null, null, false]],
    ],
    [
      'several spaces of one look around',
      event([space, { absoulteParkingNum: '13', isParked: 'no' }]),
      [
        ['12', true, '测A12345', 'blue', null, false],
        ['13', false, null, null, null, false],
      ],
    ],
    [
      'spaces by regions of the picture',
      event([
        {
          channelID: 1,
          RegionInfo: [
            { regionalID: 1, PackingSpace: [{ absoulteParkingNum: '1', isParked: 'no' }] },
            { regionalID: 2, PackingSpace: [{ virtualParkingNum: '2', isParked: 'yes' }] },
          ],
        },
      ]),
      [
        ['1', false, null, null, null, false],
        ['2', true, null, 'unknown', null, false],
      ],
    ],
    [
      'what was sent again after an interruption',
      event([space], { isDataRetransmission: true }),
      [['12', true, '测A12345', 'blue', null, true]],
    ],
    ['its heartbeat', event([], { eventState: 'inactive' }), []],
    ['a sign of life', viewEvent('heartbeat', 'active'), []],
  ])('%s', (_what, text, expected) => {
    const read = readHik(text)
    expect(read.ok && read.reports.map(brief)).toEqual(expected)
    if (read.ok && read.reports.length > 0) expect(read.reports[0]?.deviceAtMs).toBe(atMs)
  })

  it.each([
    ['videoloss', 'active', { fault: 'blind', by: 'videoloss', isOver: false }],
    ['videoloss', 'inactive', { fault: 'blind', by: 'videoloss', isOver: true }],
    ['shelteralarm', 'active', { fault: 'blind', by: 'shelteralarm', isOver: false }],
    ['shelteralarm', 'inactive', { fault: 'blind', by: 'shelteralarm', isOver: true }],
    ['tamperdetection', 'active', { fault: 'blind', by: 'tamperdetection', isOver: false }],
    [
      'scenechangedetection',
      'active',
      { fault: 'turned', by: 'scenechangedetection', isOver: false },
    ],
    // It still looks elsewhere: a person ends it.
    ['scenechangedetection', 'inactive', undefined],
  ])('its view: %s %s', (type, state, view) => {
    const read = readHik(viewEvent(type, state))
    expect(read.ok && read.view).toEqual(view)
  })

  it.each<[string, string, string]>([
    ['no space number', event([{ isParked: 'yes' }]), 'messageMisses absoulteParkingNum'],
    [
      'a space number of another shape',
      event([{ ...space, absoulteParkingNum: '../1' }]),
      'messageMisses absoulteParkingNum',
    ],
    ['no state', event([{ absoulteParkingNum: '12' }]), 'messageMisses isParked'],
    [
      'two states',
      event([{ ...space, vehicleEnterState: 'exit' }]),
      'memberIs vehicleEnterState exit',
    ],
    ['no spaces', event([]), 'messageMisses PackingSpaceRecognition'],
    ['too many spaces', event(Array.from({ length: 65 }, () => space)), 'tooManyElements'],
    ['another event', viewEvent('ANPR', 'active'), 'memberIs eventType anpr'],
    ['half a message', event([space]).slice(0, 60), 'notParsed JSON'],
  ])('refuses %s', (_what, text, reason) => {
    expect(readHik(text)).toEqual({ ok: false, reason })
  })

  it('takes the picture of the space, not that of the plate', () => {
    if (hikvisionSpaces.by !== 'push') throw new Error('it pushes')
    const [plate, scene] = [Uint8Array.of(1), Uint8Array.of(2)]
    const pictures = [
      { name: 'licensePlatePicture.jpg', bytes: plate },
      { name: 'backgroundImage.jpg', bytes: scene },
    ]
    const message = hikvisionSpaces.read(event([space]), pictures)
    expect(message.picture).toBe(scene)
    expect(message.read.ok && message.read.reports[0]?.pictureMark).toBe(pictureMark(scene))
    expect(hikvisionSpaces.read(event([space]), pictures.slice(0, 1)).picture).toBe(plate)
  })
})

const partOf = (lines: readonly string[]) => ({
  kind: 'text' as const,
  charset: null,
  bytes: new TextEncoder().encode(lines.map((line) => `Events[0].${line}\r\n`).join('')),
})
const readDahua = (...lines: readonly string[]) => {
  if (dahuaSpaces.by !== 'subscription') throw new Error('it is subscribed to')
  const dialect = dahuaSpaces.pull({ channel: 1, confidenceMax: 100 }, 'dahua:192.0.2.9')
  const now = { atMs: 0, wallMs: atMs }
  return dialect.text(dialect.initial(), partOf(lines) as never, now).found
}

describe('an event of Dahua', () => {
  const car = ['TrafficCar.PlateNumber=测A12345', 'TrafficCar.PlateColor=Blue', 'UTC=1795138215']
  it.each<[string, readonly string[], readonly unknown[]]>([
    [
      'a car, by the number of its space',
      [
        'Code=TrafficParkingSpaceParking',
        'TrafficCar.CustomParkNo=A01',
        'TrafficCar.Lane=3',
        ...car,
      ],
      ['A01', true, '测A12345'],
    ],
    [
      'a car, by the lane of its region',
      ['Code=TrafficParkingSpaceParking', 'TrafficCar.CustomParkNo=', 'TrafficCar.Lane=3', ...car],
      ['3', true, '测A12345'],
    ],
    [
      'a car on the line',
      ['Code=TrafficParkingSpaceOverLine', 'Lane=4', ...car],
      ['4', true, '测A12345'],
    ],
    [
      'a space that is free',
      ['TrafficCar.Event=TrafficParkingSpaceNoParking', 'TrafficCar.Lane=3', 'UTC=1795138215'],
      ['3', false, null],
    ],
  ])('%s', (_what, lines, expected) => {
    const [found] = readDahua(...lines)
    const read = found?.kind === 'draft' ? found.draft.read : null
    expect([read?.space?.id, read?.space?.occupied, read?.plate]).toEqual(expected)
    expect(read?.recordId).toMatch(new RegExp(`/${String(expected[0])}$`))
  })

  it.each([
    ['without a space', ['Code=TrafficParkingSpaceParking', ...car]],
    ['of a lane', ['Code=TrafficJunction', 'TrafficCar.Lane=1', ...car]],
    ['of another kind', ['Code=VideoBlind']],
  ])('refuses one %s', (_what, lines) => {
    expect(readDahua(...lines).map(({ kind }) => kind)).toEqual(['refused'])
  })

  it('asks for the events of spaces only', () => {
    if (dahuaSpaces.by !== 'subscription') throw new Error('it is subscribed to')
    const dialect = dahuaSpaces.pull({ channel: 2, confidenceMax: 255 }, 'x')
    expect(dialect.subscription(dialect.initial()).path).toBe(
      '/cgi-bin/snapManager.cgi?action=attachFileProc&Flags[0]=Event&Events=' +
        '[TrafficParkingSpaceParking,TrafficParkingSpaceOverLine,TrafficParkingSpaceNoParking]' +
        '&channel=2&heartbeat=5',
    )
  })
})

describe('a link of what watches spaces', () => {
  it.each([
    ['push:nb-iot', false],
    ['mqtt://127.0.0.1:1883?profile=bosch/parking-lot-sensor', false],
    ['push:hikvision', true],
    ['dahua://192.0.2.9?user=admin&secret=cam&channel=2', true],
  ])('%s: a camera %s', (link, isCamera) => {
    expect(isWatchedByCamera(link)).toBe(isCamera)
    expect(isSensorLink(link)).toBe(!isCamera)
  })

  it.each([
    'push:vz-http',
    'push:dahua',
    'hikvision://192.0.2.9?user=a&secret=b',
    'dahua://192.0.2.9',
    'dahua://a:b@192.0.2.9',
    'push:',
    '',
  ])('refuses %s', (link) => {
    expect(() => parseWatchLink(link, '/spaces/0/link')).toThrow(
      expect.objectContaining({ code: 'LOT-03' }) as Error,
    )
  })
})
