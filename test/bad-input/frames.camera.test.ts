// F20 and F21: invalid plates and oversized pictures, from cameras and antennas.
// A plate is read in its normal form or as missing; a picture is dropped and counted, while its text is kept.
import { describe, expect, it } from 'vitest'
import { normalisePlate } from '#base/pure/plates/plate.ts'
import { bytesOfHex, hexOf } from '#base/pure/data/bytes.ts'
import { checkMeaning } from '#devices/pure/etc/meaning.ts'
import { present } from '#base/pure/values/must.ts'
import { vzPushOf } from '#devices/pure/camera/vz/http-push.ts'
import { parseHikvisionEvent } from '#devices/pure/camera/hikvision/event.ts'
import { feedMultipart, openMultipart } from '#devices/pure/camera/stream/multipart.ts'
import { isWholeJpeg } from '#devices/pure/camera/pictures.ts'
import { rsuVariantIds } from '#devices/pure/rsu/variants.ts'
import { LeanJson } from '#devices/intake/lean-json.ts'
import { openCameraPushServer } from '#devices/intake/camera-push-server.ts'
import type { CameraPush } from '#devices/intake/camera-intake.ts'
import {
  jpegOf,
  multipart,
  picturePart,
  push,
  xmlPart,
} from '../firmware-runtime/devices/intake/pusher.ts'
import { hikvisionXml } from '../firmware-runtime/devices/pure/camera/hikvision/sample.ts'
import { Bench } from '../firmware-runtime/devices/pure/rsu/driver-bench.ts'

const all = rsuVariantIds.map((id) => ({ id }))

const plates: readonly (readonly [raw: string, normal: string | null])[] = [
  ['测'.repeat(40), null],
  ['A'.repeat(40), null],
  ['测A1234😀', null],
  ['🚗🚗🚗🚗🚗🚗🚗', null],
  ['测A12\u0000345', null],
  ['\u0000', null],
  ['', null],
  ['测A１２３４５', '测A12345'],
  ['测Ａ１２３４５', '测A12345'],
  ['测a·123 45', '测A12345'],
  ['测A12345\u202e', null],
  ["测A'; DROP", null],
  ['<b>测A12345</b>', null],
  ['A12345', null],
]

describe('a plate', () => {
  it.each(plates)('F20 %j is a plate in its normal form, or none', (raw, normal) => {
    expect(normalisePlate(raw)).toBe(normal)
    const escaped = raw.replaceAll('<', '&lt;').replaceAll('>', '&gt;')
    const event = parseHikvisionEvent(hikvisionXml({ licensePlate: escaped }))
    if (event.kind === 'plate') expect([normal, null]).toContain(event.read.plate)
    const pushed = vzPushOf(
      JSON.stringify({ AlarmInfoPlate: { result: { PlateResult: { license: raw } } } }),
    )
    if (pushed.kind !== 'plate') throw new Error('the push is one of a plate')
    expect(pushed.read.plate).toBe(normal)
    expect(pushed.read.plateRaw.length).toBeLessThanOrEqual(32)
  })
  const own = 'B2E241313233343500000000'
  it.each<readonly [hex: string, plate: string | null]>([
    ['B2E2A3C1A3B1A3B2A3B3A3B4', '测A1234'],
    ['B2E241310032333435000000', '测A1'],
    ['000000000000000000000000', null],
    ['FFFFFFFFFFFFFFFFFFFFFFFF', null],
    ['414141414141414141414141', null],
  ])('F20 %s in the frames of an antenna is normal, or refused', (hex, plate) => {
    for (const { id } of all) {
      const rsu = new Bench(id).ready()
      for (const code of id === 'generic-len' ? ['B4'] : ['B2', 'B3', 'B4']) {
        if (code === 'B3' && id === 'generic-ver') continue
        const ownData = hexOf(rsu.data(code, { obuId: '02001234' })).replaceAll(own, hex)
        rsu.receive(rsu.v.framing.encode(rsu.nextSeq(), present(bytesOfHex(ownData), 'hex')))
      }
      const read = rsu.events().find((event) => event.type === 'cardRead')
      if (read?.type !== 'cardRead') throw new Error('the deal is whole')
      const normal = plate === '测A1' ? null : plate
      expect([read.vehicle.plate, read.card.plate]).toEqual([normal, normal])
      const policy = {
        cameraPlate: null,
        cameraColour: 'unknown',
        plateTolerance: 0,
        nowMs: rsu.nowMs,
        isBlacklisted: () => false,
      } as const
      const wrong = checkMeaning(read, policy)?.reason ?? null
      expect(wrong).toBe(normal === null ? 'obuPlateUnreadable' : null)
    }
  })
})

describe('a picture', () => {
  const xml = hikvisionXml()
  const jpeg = jpegOf(300)
  it('F21 of 50 MB, and a cut one: dropped and counted, the text is kept', async () => {
    const pushes: CameraPush[] = []
    const server = await openCameraPushServer({
      lanes: ['exit'],
      clock: { nowMs: () => 1_795_138_215_000 },
      onPush: (one) => (pushes.push(one), null),
    })
    try {
      const huge = multipart([xmlPart(xml), picturePart(jpegOf(50 * 1_048_576))])
      expect(await push(server.url('exit'), huge)).toBe(200)
      const cut = multipart([xmlPart(xml), picturePart(jpeg.slice(0, 200))])
      expect(await push(server.url('exit'), cut)).toBe(200)
      const none = { laneId: 'exit', xml, pictures: [] }
      expect(pushes).toEqual([none, none])
      expect(server.stats('exit')).toMatchObject({ pushes: 2, picturesDropped: 2, badRequests: 0 })
    } finally {
      await server.close()
    }
  })
  it('F21 of 50 MB in a push of JSON: dropped and counted, the plate is read', async () => {
    const texts: string[] = []
    const server = await openCameraPushServer({
      lanes: ['exit'],
      jsonLanes: ['exit'],
      clock: { nowMs: () => 1_795_138_215_000 },
      onPush: () => null,
      onJson({ text, pictures }) {
        texts.push(text)
        const got = vzPushOf(text, pictures)
        const read = got.kind === 'plate' && got.read.plate === '测A12345'
        return { refused: read ? null : 'another plate', reply: got.reply }
      },
    })
    const bodyOf = (imageFile: string): Uint8Array => {
      const result = { imageFile, PlateResult: { license: '测A12345', type: 1 } }
      return new TextEncoder().encode(JSON.stringify({ AlarmInfoPlate: { result } }))
    }
    try {
      const type = 'application/json'
      const huge = bodyOf('A'.repeat(50 * 1_048_576))
      expect(await push(server.url('exit'), huge, { type })).toBe(200)
      const cut = Buffer.from(jpeg.slice(0, 200)).toString('base64')
      expect(await push(server.url('exit'), bodyOf(cut), { type })).toBe(200)
      expect(texts[0]?.length).toBeLessThan(1_000)
      expect(server.stats('exit')).toMatchObject({ pushes: 2, picturesDropped: 1, badRequests: 0 })
    } finally {
      await server.close()
    }
  })
  it('F21 what is dropped of a text is the long text alone, cut where it may be', () => {
    const long = '\\"\\\\A'.repeat(40)
    const source = `{"a":"b\\"c","x":"${long}","y\\\\":"\\\\","z":["","${'B'.repeat(99)}"]}`
    const wanted = `{"a":"b\\"c","x":"","y\\\\":"\\\\","z":["","${'B'.repeat(99)}"]}`
    expect(JSON.parse(source)).toMatchObject({ a: 'b"c' })
    for (let size = 1; size < 40; size++) {
      const lean = new LeanJson(100)
      const bytes = Buffer.from(source)
      for (let at = 0; at < bytes.length; at += size) lean.take(bytes.subarray(at, at + size))
      expect([lean.text, lean.dropped]).toEqual([wanted, 1])
    }
  })
  it('F21 of 50 MB in a stream of parts: dropped and counted, the next text is read', () => {
    const head = (type: string, length: number): Uint8Array =>
      new TextEncoder().encode(`--b\r\nContent-Type: ${type}\r\nContent-Length: ${length}\r\n\r\n`)
    const text = new TextEncoder().encode(xml)
    let state = openMultipart('b')
    const seen: string[] = []
    let lost = 0
    const feed = (bytes: Uint8Array): void => {
      const step = feedMultipart(state, bytes, () => true)
      ;({ state } = step)
      lost += step.discardedBytes
      seen.push(...step.parts.map(({ type }) => type))
    }
    feed(head('image/jpeg', 50 * 1_048_576))
    for (let n = 0; n < 50; n++) {
      feed(new Uint8Array(1_048_576).fill(0x55))
      expect(state.carry.length + (state.open?.rope?.bytes.length ?? 0)).toBeLessThan(10_000)
    }
    feed(Uint8Array.from([0x0d, 0x0a]))
    feed(head('text/xml', text.length))
    feed(text)
    feed(new TextEncoder().encode('\r\n--b\r\n'))
    expect(seen).toEqual(['text/xml'])
    expect(lost).toBeGreaterThanOrEqual(50 * 1_048_576)
    expect(isWholeJpeg(jpeg.slice(0, 200))).toBe(false)
  })
})
