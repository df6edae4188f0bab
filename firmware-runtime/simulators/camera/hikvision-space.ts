// What a Hikvision camera of parking spaces pushes: JSON about a space with the picture of its surroundings, or an event
// about its own view. Member names: Device Network SDK (Traffic) Developer Guide, parking space detection event.
import { platePicture, spacePicture } from './picture.ts'
import { plateWordOf, type PushPart } from './push.ts'
import type { PushContent } from './push-style.ts'
import type { Sighting } from './sighting.ts'

const utf8 = new TextEncoder()

function spaceJson(
  { space, plate, plateState, colour, confidence, atIso }: Sighting,
  { posts, history, macAddress }: PushContent,
): string {
  const isParked = space?.occupied === true
  return JSON.stringify({
    ipAddress: '192.0.2.64',
    portNo: 80,
    protocol: 'HTTP',
    macAddress,
    channelID: '1',
    dateTime: atIso,
    activePostCount: posts,
    eventType: 'PackingSpaceRecognition',
    eventState: 'active',
    eventDescription: 'parking space recognition',
    ...(history ? { isDataRetransmission: true } : {}),
    PackingSpaceRecognition: [
      {
        alarmStartTime: atIso,
        absoulteParkingNum: space?.id ?? '',
        isParked: isParked ? 'yes' : 'no',
        vehicleEnterState: isParked ? 'enter' : 'exit',
        plateNo: plateState === 'read' ? (plate ?? '') : 'unknown',
        plateColor: plateWordOf(colour),
        confidence,
      },
    ],
  })
}

const viewXml = ({ view, atIso }: Sighting, { posts, macAddress }: PushContent): string =>
  `<?xml version="1.0" encoding="UTF-8"?>
<EventNotificationAlert version="2.0" xmlns="http://www.isapi.org/ver20/XMLSchema">
  <ipAddress>192.0.2.64</ipAddress>
  <macAddress>${macAddress}</macAddress>
  <channelID>1</channelID>
  <dateTime>${atIso}</dateTime>
  <activePostCount>${posts}</activePostCount>
  <eventType>${view?.event ?? ''}</eventType>
  <eventState>${view?.isOver === true ? 'inactive' : 'active'}</eventState>
  <eventDescription>${view?.event ?? ''}</eventDescription>
</EventNotificationAlert>
`

const picturePart = (id: string, bytes: Uint8Array): PushPart => ({
  name: `${id}.jpg`,
  contentType: 'image/jpeg',
  contentId: id,
  bytes,
})

/** The parts of a push about a space or the view; null: the sighting is of a lane. */
export function spaceParts(content: PushContent): PushPart[] | null {
  const { sighting } = content
  const { space, view, plate, colour, pictures, isFrozen } = sighting
  if (view !== undefined)
    return [
      {
        name: 'event.xml',
        contentType: 'application/xml',
        contentId: null,
        bytes: utf8.encode(viewXml(sighting, content)),
      },
    ]
  if (space === undefined) return null
  const json: PushPart = {
    name: 'parkingSpaceDetection',
    contentType: 'application/json',
    contentId: null,
    bytes: utf8.encode(spaceJson(sighting, content)),
  }
  if (!pictures) return [json]
  const shown = space.occupied ? plate : null
  const clock = isFrozen === true ? '' : sighting.atIso.slice(11, 19)
  return [
    json,
    picturePart('backgroundImage', spacePicture(space.occupied, shown, colour, clock)),
    ...(shown === null ? [] : [picturePart('licensePlatePicture', platePicture(shown, colour))]),
  ]
}
