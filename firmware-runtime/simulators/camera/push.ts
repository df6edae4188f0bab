// What a Hikvision camera pushes for one car: anpr.xml and two pictures in multipart/form-data
// (lane-devices.md 1.1). Parts are exported one by one, so that a harness needs no HTTP.
import type { PlateColour } from '#base/pure/plates/plate.ts'
import { multipartBody, multipartPart } from './multipart.ts'

interface PlateEvent {
  readonly macAddress: string
  /** Null: the event has none. */
  readonly dateTime: string | null
  /** Repeat counter, starts at 1. */
  readonly activePostCount: number
  readonly history: boolean
  /** Null unless `plateState` is `read`. */
  readonly plate: string | null
  readonly plateState: 'read' | 'none' | 'unreadable'
  readonly colour: PlateColour
  /** 0 to 100. */
  readonly confidence: number
  /** Chinese firmware writes the colour as a character in front of the plate. */
  readonly colourInFront: boolean
}

const plateColor: Record<PlateColour, string> = {
  blue: 'blue',
  yellow: 'yellow',
  black: 'black',
  white: 'white',
  green: 'newEnergyGreen',
  yellowGreen: 'newEnergyYellowGreen',
  blueWhite: 'mixedColor',
  unknown: 'unknown',
}

export const plateWordOf = (colour: PlateColour): string => plateColor[colour]

const colourCharacter: Record<PlateColour, string> = {
  blue: '蓝',
  yellow: '黄',
  black: '黑',
  white: '白',
  green: '绿',
  yellowGreen: '黄绿',
  blueWhite: '',
  unknown: '',
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

function licensePlate(event: PlateEvent): string {
  if (event.plateState === 'none') return 'noPlate'
  if (event.plate === null || event.plateState === 'unreadable') return 'unknown'
  return (event.colourInFront ? colourCharacter[event.colour] : '') + event.plate
}

export function anprXml(event: PlateEvent): string {
  const newEnergy = event.colour === 'green' || event.colour === 'yellowGreen'
  return `<?xml version="1.0" encoding="UTF-8"?>
<EventNotificationAlert version="2.0" xmlns="http://www.isapi.org/ver20/XMLSchema">
  <ipAddress>192.0.2.64</ipAddress>
  <portNo>80</portNo>
  <protocol>HTTP</protocol>
  <macAddress>${event.macAddress}</macAddress>
  <channelID>1</channelID>
  ${event.dateTime === null ? '' : `<dateTime>${event.dateTime}</dateTime>`}
  <activePostCount>${event.activePostCount}</activePostCount>
  <eventType>ANPR</eventType>
  <eventState>active</eventState>
  <eventDescription>ANPR</eventDescription>
  <ANPR>
    <licensePlate>${escaped(licensePlate(event))}</licensePlate>
    <line>1</line>
    <direction>forward</direction>
    <confidenceLevel>${event.confidence}</confidenceLevel>
    <plateType>${newEnergy ? 'newEnergy' : '92TypeCivil'}</plateType>
    <plateColor>${plateColor[event.colour]}</plateColor>
    <vehicleType>smallCar</vehicleType>
    <detectType>1</detectType>
    <barrierGateCtrlType>1</barrierGateCtrlType>
    <alarmDataType>${event.history ? 1 : 0}</alarmDataType>
  </ANPR>
</EventNotificationAlert>
`
}

export interface PushPart {
  readonly name: string
  readonly contentType: string
  readonly contentId: string | null
  readonly bytes: Uint8Array
}

const pushBoundary = 'boundary'
export const pushContentType = `multipart/form-data; boundary=${pushBoundary}`

const utf8 = new TextEncoder()

export const xmlPart = (xml: string): PushPart => ({
  name: 'anpr.xml',
  contentType: 'text/xml; charset="UTF-8"',
  contentId: null,
  bytes: utf8.encode(xml),
})

export const jpegPart = (
  id: 'licensePlatePicture' | 'detectionPicture',
  bytes: Uint8Array,
): PushPart => ({ name: `${id}.jpg`, contentType: 'image/pjpeg', contentId: id, bytes })

export const multipart = (parts: readonly PushPart[]): Uint8Array =>
  multipartBody(
    pushBoundary,
    parts.map(({ name, contentType, contentId, bytes }) =>
      multipartPart(
        pushBoundary,
        [
          `Content-Disposition: form-data; name="${name}"; filename="${name}"`,
          `Content-Type: ${contentType}`,
          `Content-Length: ${bytes.length}`,
          ...(contentId === null ? [] : [`Content-ID: ${contentId}`]),
        ],
        bytes,
      ),
    ),
  )
