// Dahua texts: flat keys under both names, event codes in both places, JSON, confidence scales, groups.
// The example is from lane-devices.md 1.2 with an invented plate; its epoch counts local time, a quirk.
import { describe, expect, it } from 'vitest'
import type { DahuaEvent } from '#devices/pure/camera/dahua/event.ts'
import { dahuaEventOf } from '#devices/pure/camera/dahua/event.ts'
import type { Fields } from '#devices/pure/camera/dahua/keys.ts'
import { eventsOfLines, managedEventOf } from '#devices/pure/camera/dahua/keys.ts'
import { civilTimeOf } from '#devices/pure/camera/dahua/pull.ts'

const example: Readonly<Record<string, string>> = {
  Code: 'TrafficJunction',
  Lane: '1',
  'Object.ObjectType': 'Plate',
  'Object.Text': '测A12345',
  'Object.Confidence': '96',
  'TrafficCar.PlateNumber': '测A12345',
  'TrafficCar.PlateColor': 'Blue',
  UTC: '1795167015',
  UTCMS: '250',
}
type Changes = Readonly<Record<string, string | null>>

const fieldsOf = (changes: Changes = {}): Fields => {
  const fields = new Map(Object.entries(example))
  for (const [path, value] of Object.entries(changes))
    if (value === null) fields.delete(path)
    else fields.set(path, value)
  return fields
}
const linesOf = (fields: Fields, prefix = 'Events[0]', end = '\r\n'): string =>
  [...fields].map(([path, value]) => `${prefix}.${path}=${value}${end}`).join('')

function eventOf(changes: Changes = {}, confidenceMax: 100 | 255 = 100): DahuaEvent {
  return dahuaEventOf(fieldsOf(changes), null, 'SN1', { confidenceMax })
}
function draftOf(changes: Changes = {}, confidenceMax: 100 | 255 = 100) {
  const event = eventOf(changes, confidenceMax)
  if (event.kind !== 'plate') throw new Error(event.what)
  return event.draft
}
const readOf = (changes: Changes = {}) => draftOf(changes).read

describe('flat keys', () => {
  it.each([
    ['Events[0]', '\r\n'],
    ['Events[0]', '\n'],
    ['ReturnEvents[0]', '\r\n'],
    ['Events[12]', '\r\n'],
  ])('%s %j', (prefix, end) => {
    const text = `some heading${end}${linesOf(fieldsOf(), prefix, end)}${end}no key${end}`
    expect(eventsOfLines(text)).toEqual([fieldsOf()])
  })
  it('of several events are told apart', () => {
    const other = fieldsOf({ 'TrafficCar.PlateNumber': '测B54321' })
    const text = `${linesOf(fieldsOf())}${linesOf(other, 'Events[1]')}`
    expect(eventsOfLines(text)).toEqual([fieldsOf(), other])
  })
  it('may hold an equals sign in the value, and brackets in the path', () => {
    expect(eventsOfLines('Events[0].Object.BoundingBox[3]=a=b\r\n')).toEqual([
      new Map([['Object.BoundingBox[3]', 'a=b']]),
    ])
  })
  it('that say two things are nothing; the same twice is once', () => {
    const twice = `${linesOf(fieldsOf())}${linesOf(fieldsOf())}`
    expect(eventsOfLines(twice)).toEqual([fieldsOf()])
    expect(eventsOfLines(`${twice}Events[0].UTC=1\r\n`)).toBeNull()
    expect(eventsOfLines('x\n'.repeat(5_000))).toBeNull()
  })
})

describe('the other subscription', () => {
  const data = { TrafficCar: { PlateNumber: '测A12345' }, List: [{ a: 1 }], No: null, Yes: true }
  const text = `Code=TrafficJunction;action=Start;index=0;data=${JSON.stringify(data, null, 2)}`
  it('is read into the same paths', () => {
    expect(managedEventOf(text)).toEqual({
      code: 'TrafficJunction',
      action: 'Start',
      fields: new Map([
        ['TrafficCar.PlateNumber', '测A12345'],
        ['List[0].a', '1'],
        ['Yes', 'true'],
      ]),
    })
  })
  it('may come without data', () => {
    expect(managedEventOf('Code=VideoMotion;action=Stop;index=0\r\n')).toMatchObject({
      code: 'VideoMotion',
      action: 'Stop',
    })
  })
  it('that is cut is nothing', () => {
    const start = text.indexOf('{')
    for (let end = start + 1; end < text.length; end++)
      expect(managedEventOf(text.slice(0, end))).toBeNull()
  })
  it('has bounds: depth and number of members', () => {
    const deep = `${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}`
    const wide = JSON.stringify(Object.fromEntries(Array.from({ length: 9_000 }, (_, i) => [i, i])))
    for (const json of [deep, wide]) {
      const event = managedEventOf(`Code=A;action=Start;data=${json}`)
      expect(event === null || event.fields.size <= 2_000).toBe(true)
    }
  })
})

describe('an event', () => {
  it('is a plate reading', () => {
    expect(draftOf()).toEqual({
      group: null,
      groupSize: 1,
      read: {
        deviceId: 'SN1',
        recordId: 'SN1/1795167015250/测A12345',
        deviceAtMs: 1_795_167_015_250,
        plate: '测A12345',
        plateRaw: '测A12345',
        plateState: 'read',
        colour: 'blue',
        confidence: 0.96,
        history: false,
        jpeg: null,
      },
    })
  })
  it.each([
    [{ Code: null, 'EventBaseInfo.Code': 'TrafficJunction' }, 'plate'],
    [{ Code: 'TrafficManualSnap' }, 'plate'],
    [{ Code: null }, 'refused'],
    [{ Code: 'VideoMotion' }, 'refused'],
  ])('%j', (changes, kind) => {
    expect(eventOf(changes).kind).toBe(kind)
  })
  it.each<[Changes, string | null, string]>([
    [{ 'TrafficCar.PlateNumber': null }, '测A12345', 'read'],
    [{ 'TrafficCar.PlateNumber': '' }, '测A12345', 'read'],
    [{ 'Object.Text': null }, '测A12345', 'read'],
    [{ 'TrafficCar.PlateNumber': '', 'Object.Text': '' }, null, 'unreadable'],
    [{ 'TrafficCar.PlateNumber': null, 'Object.ObjectType': 'Vehicle' }, null, 'unreadable'],
    [{ 'TrafficCar.PlateNumber': '测A-1' }, null, 'unreadable'],
  ])('plate of %j', (changes, plate, plateState) => {
    expect(readOf(changes)).toMatchObject({ plate, plateState })
  })
  it.each<[string | null, 100 | 255, number | null]>([
    ['96', 100, 0.96],
    ['100', 100, 1],
    ['101', 100, null],
    ['255', 255, 1],
    ['51', 255, 0.2],
    ['256', 255, null],
    ['0', 100, null],
    [null, 100, null],
    ['high', 100, null],
  ])('confidence %j of %i', (said, max, confidence) => {
    expect(draftOf({ 'Object.Confidence': said }, max).read.confidence).toBe(confidence)
  })
  it('the confidence of another plate is none', () => {
    expect(readOf({ 'Object.Text': '测B54321' }).confidence).toBeNull()
  })
  it.each([
    ['Yellow', 'yellow'],
    ['YellowGreen', 'yellowGreen'],
    ['ShadowGreen', 'green'],
    ['BlueBottomWhiteText', 'blue'],
    ['Purple', 'unknown'],
    ['constructor', 'unknown'],
    [null, 'unknown'],
  ])('colour %j', (word, colour) => {
    expect(readOf({ 'TrafficCar.PlateColor': word }).colour).toBe(colour)
  })
  it.each([
    [{ GroupID: '7', CountInGroup: '3', IndexInGroup: '2' }, '7', 3],
    [{ GroupID: '7' }, '7', 1],
    [{ GroupID: '7', CountInGroup: '900' }, '7', 8],
    [{ GroupID: '0', CountInGroup: '3' }, null, 1],
    [{ GroupID: 'x' }, null, 1],
  ])('group of %j', (changes, group, groupSize) => {
    expect(draftOf(changes)).toMatchObject({ group, groupSize })
  })
  it.each([
    [{ UTC: null }, null],
    [{ UTC: '0' }, null],
    [{ UTC: 'now' }, null],
    [{ UTC: '946684800' }, 946_684_800_250],
    [{ UTC: '31' }, 31_250],
  ])('without the time of a clock that was set %j has no identity', (changes, deviceAtMs) => {
    expect(readOf(changes)).toMatchObject({ recordId: '', deviceAtMs })
  })
})

describe('the clock of the camera', () => {
  it.each([
    ['result=2026-11-20 09:30:15', 1_795_138_215_000],
    ['result = 2026-11-20 09:30:15\r\n', 1_795_138_215_000],
    ['result=2026-1-2 3:04:05', 1_767_294_245_000],
    ['result=2026-13-20 09:30:15', null],
    ['result=2026-11-20 24:30:15', null],
    ['Error', null],
    ['', null],
  ])('%j', (text, atMs) => {
    expect(civilTimeOf(text)).toBe(atMs)
  })
})
