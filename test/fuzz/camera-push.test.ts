// 20,000 seeded mutations each (FUZZ_MUTATIONS / 10) of Hikvision events and of multipart bodies.
// Nothing throws, nothing hangs, one answer per body, and the result is a plate or no plate.
import type { IncomingMessage } from 'node:http'
import { PassThrough } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { intakeLimits, PictureRoom, readPushBody } from '#devices/intake/push-body.ts'
import type { PushBody } from '#devices/intake/push-body.ts'
import { PushTurns } from '#devices/intake/push-turns.ts'
import { normalisePlate } from '#base/pure/plates/plate.ts'
import { parseHikvisionEvent } from '#devices/pure/camera/hikvision/event.ts'
import { plainDocument } from '#devices/pure/camera/hikvision/plain-xml.ts'
import { wholeDocument } from '#devices/pure/camera/hikvision/xml.ts'
import { isWholeJpeg } from '#devices/pure/camera/pictures.ts'
import { anprXml } from '#simulators/camera/push.ts'
import {
  jpegOf,
  multipart,
  picturePart,
  xmlPart,
} from '../firmware-runtime/devices/intake/pusher.ts'
import { hikvisionXml } from '../firmware-runtime/devices/pure/camera/hikvision/sample.ts'
import { mutant, seeded } from './mutator.ts'
import { sayFailingSeed, seed, textMutations as mutations } from './scale.ts'

sayFailingSeed()
const utf8 = new TextEncoder()

const events = [
  hikvisionXml(),
  hikvisionXml({ licensePlate: 'noPlate', plateColor: 'unknown' }),
  hikvisionXml({ eventType: 'videoloss', eventState: 'inactive' }),
  hikvisionXml({}, '<vehicleInfo><tollRoadVehicleSeries>1</tollRoadVehicleSeries></vehicleInfo>'),
].map((xml) => utf8.encode(xml))

describe('camera events under mutation', () => {
  it('are read, ignored or refused by name', () => {
    const random = seeded(seed)
    const kinds = { plate: 0, keepAlive: 0, refused: 0 }
    for (let i = 0; i < mutations; i++) {
      const bytes = mutant(events[i % events.length] ?? new Uint8Array(0), random)
      const event = parseHikvisionEvent(new TextDecoder().decode(bytes))
      kinds[event.kind] += 1
      if (event.kind !== 'plate') continue
      const { plate, plateState, confidence, plateRaw } = event.read
      const plateOk = plate === null ? plateState !== 'read' : normalisePlate(plate) === plate
      const confidenceOk = confidence === null || (confidence >= 0 && confidence <= 1)
      if (!plateOk || !confidenceOk || plateRaw.length > 32) throw new Error(`mutation ${i}`)
    }
    expect(Math.min(kinds.plate, kinds.keepAlive, kinds.refused)).toBeGreaterThan(1_000)
  })
})

const carSeen = {
  macAddress: '02:00:5e:10:01:01',
  dateTime: '2026-11-20T09:30:15+08:00',
  activePostCount: 1,
  history: false,
  plate: '测A12345',
  plateState: 'read',
  colour: 'blue',
  confidence: 97,
  colourInFront: true,
} as const

describe('plain XML under mutation', () => {
  /** Lines with own text, as cameras write them, and cases that only the complete parser can decide. */
  const texts = [
    anprXml(carSeen),
    hikvisionXml(),
    hikvisionXml({}, '<list><item>1</item><item>2</item></list>'),
    hikvisionXml({}, '<a></a><b> </b><c> \u00a01 </c><d>1<e>2</e></d><constructor>1</constructor>'),
    hikvisionXml({ licensePlate: '&lt;&#65;', line: null }, '<!-- --><x y="1"/><![CDATA[1]]>'),
  ].map((xml) => utf8.encode(xml))

  it('is read as the whole parser reads it, or not at all', () => {
    const random = seeded(seed)
    let plain = 0
    for (let i = 0; i < mutations; i++) {
      const xml = new TextDecoder().decode(
        mutant(texts[i % texts.length] ?? utf8.encode(''), random),
      )
      const read = plainDocument(xml)
      if (read === null) continue
      plain++
      expect(read, xml).toEqual(wholeDocument(xml))
    }
    expect(plain).toBeGreaterThan(mutations / 20)
    for (const xml of texts.slice(0, 2))
      expect(plainDocument(new TextDecoder().decode(xml))).not.toBeNull()
  })
})

/** The server's view of a request whose body ends early, or whose sender disconnects. */
function requestOf(body: Uint8Array, whole: boolean, pieceBytes: number): IncomingMessage {
  const stream = new PassThrough()
  const request = Object.assign(stream, {
    headers: { 'content-type': 'multipart/form-data; boundary=boundary' },
    complete: false,
  })
  setImmediate(() => {
    for (let at = 0; at < body.length; at += pieceBytes) {
      stream.write(body.subarray(at, at + pieceBytes))
    }
    request.complete = whole
    if (whole) stream.end()
    else setImmediate(() => stream.destroy())
  })
  // The parser uses only the stream, the headers and `complete` of a request.
  return request as unknown as IncomingMessage
}

describe('multipart bodies under mutation', () => {
  const body = multipart([xmlPart(hikvisionXml()), picturePart(jpegOf(200))])

  const read = (bytes: Uint8Array, whole: boolean, pieceBytes: number): Promise<PushBody> =>
    new Promise((resolve, reject) => {
      let answers = 0
      readPushBody(
        requestOf(bytes, whole, pieceBytes),
        false,
        intakeLimits,
        { room: new PictureRoom(1e9), turns: new PushTurns() },
        (got) => {
          answers += 1
          if (answers > 1) reject(new Error('answered twice'))
          resolve(got)
        },
      )
    })

  it('get one answer each, and hold text or nothing', async () => {
    const random = seeded(seed + 1)
    const ends: Record<PushBody['end'], number> = { whole: 0, cut: 0, large: 0, broken: 0 }
    let texts = 0
    for (let i = 0; i < mutations; i += 100) {
      const batch = Array.from({ length: 100 }, () =>
        read(mutant(body, random), random(8) > 0, 1 + random(1_200)),
      )
      for (const got of await Promise.all(batch)) {
        ends[got.end] += 1
        if (got.texts.length > 0) texts += 1
        const pictures = got.texts.flatMap(({ parts }) => parts)
        if (!pictures.every(({ bytes }) => isWholeJpeg(bytes))) throw new Error(`batch ${i}`)
      }
    }
    expect(texts).toBeGreaterThan(mutations / 4)
    expect(ends.whole).toBeGreaterThan(1_000)
    expect(ends.cut).toBeGreaterThan(100)
    expect(ends.broken).toBeGreaterThan(100)
  })
})
