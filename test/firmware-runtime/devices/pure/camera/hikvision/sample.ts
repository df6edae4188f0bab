// A Hikvision ANPR event for tests, with any element replaced, left out or repeated.
// The layout follows the example of lane-devices.md 1.1; the plate is invented.

const head: Readonly<Record<string, string>> = {
  ipAddress: '192.0.2.64',
  portNo: '80',
  protocol: 'HTTP',
  macAddress: '02:00:5e:10:00:64',
  channelID: '1',
  dateTime: '2026-11-20T09:30:15+08:00',
  activePostCount: '1',
  eventType: 'ANPR',
  eventState: 'active',
  eventDescription: 'ANPR',
}

const body: Readonly<Record<string, string>> = {
  licensePlate: '蓝测A12345',
  line: '1',
  direction: 'forward',
  confidenceLevel: '93',
  plateType: '92TypeCivil',
  plateColor: 'blue',
  vehicleType: 'smallCar',
  detectType: '2',
  barrierGateCtrlType: '1',
  alarmDataType: '0',
}

const elements = (all: Readonly<Record<string, string>>, other: Changes): string =>
  Object.entries(all)
    .map(([name, text]) => {
      const now = Object.hasOwn(other, name) ? other[name] : text
      return now === null ? '' : `<${name}>${now}</${name}>`
    })
    .join('')

export type Changes = Readonly<Record<string, string | null>>

/** `changes`: new text (as XML) of an element, null to leave it out; `extra` goes into ANPR. */
export const hikvisionXml = (changes: Changes = {}, extra = ''): string =>
  '<?xml version="1.0" encoding="UTF-8"?>\n' +
  '<EventNotificationAlert version="2.0" xmlns="http://www.isapi.org/ver20/XMLSchema">' +
  `${elements(head, changes)}<ANPR>${elements(body, changes)}${extra}</ANPR>` +
  '</EventNotificationAlert>'
