// What is stored of a camera's link: every message, but no picture and no part of a password. Checked in
// everything that people can save or see of it.
import { describe, expect, it } from 'vitest'
import { pcapOf } from '#devices/frame-log/capture-pcap.ts'
import { captureRows, replayCapture } from '#devices/frame-log/capture-replay.ts'
import { captureText, readCapture } from '#devices/frame-log/capture.ts'
import { TcpTap } from '#devices/frame-log/camera-taps.ts'
import { DeviceFrames } from '#devices/frame-log/frame-services.ts'
import type { DecodedRow } from '#devices/frame-log/frame-decoder.ts'
import { FrameRing } from '#devices/frame-log/frame-ring.ts'
import { hexOf } from '#base/pure/data/bytes.ts'
import { vzFrame } from '#devices/pure/camera/vz/framing.ts'
import { vzTcp } from '#devices/pure/camera/vz/tcp.ts'
import { carPicture } from '#simulators/camera/picture.ts'
import { account } from '../pure/camera/camera-bench.ts'
import {
  cameraNames,
  cameraSession,
  type CameraName,
  type CameraSession,
} from './camera-sessions.ts'

const sessions = new Map<CameraName, CameraSession>(
  cameraNames.map((name) => [name, cameraSession(name)]),
)
const sessionOf = (name: CameraName): CameraSession => sessions.get(name) ?? cameraSession(name)
const rowsOf = (session: CameraSession): readonly DecodedRow[] => [
  ...captureRows(readCapture(session.text, 'session')),
]
const latin = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1')

/** Everything that leaves the runtime about a link: the capture with its bytes as text, rows, and both files of the service. */
function everything({ text, ring, source }: CameraSession): string {
  const rows = rowsOf({ text } as CameraSession)
  const bytes = [...text.matchAll(/"hex":"([0-9A-F]*)"/g)].map(([, hex = '']) =>
    latin(Buffer.from(hex, 'hex')),
  )
  const pcap = pcapOf({ laneId: 'exit', device: 'camera', variant: 'x', program: 'test' }, rows)
  const place = { laneId: 'exit', device: 'camera', link: '', source, ring } as const
  const service = new DeviceFrames(place)
  const saved = (['capture', 'pcapng'] as const).map((format) =>
    latin(service.saved(format, 'test').bytes),
  )
  return [
    ...[text, ...bytes, latin(pcap), ...saved],
    ...[JSON.stringify(rows), JSON.stringify(service.service.read(0, 1_000))],
  ].join('\n')
}

/** Every value of an authorization header that is neither the request's own nor the camera's name. */
function secretsIn(proofs: readonly string[]): readonly string[] {
  return proofs.flatMap((proof) =>
    [...proof.matchAll(/\b(response|cnonce|nonce|username)="?([^",\s]+)/g)].map(
      ([, , value = '']) => value,
    ),
  )
}

describe.each(cameraNames)('%s', (name) => {
  it('has nothing of a password in anything that is kept', () => {
    const session = sessionOf(name)
    const secrets = secretsIn(session.proofs)
    if (name !== 'vz-tcp') expect(secrets.length).toBeGreaterThan(8)
    const all = everything(session)
    for (const secret of [account.password, ...secrets]) {
      expect(all.includes(secret), secret).toBe(false)
      expect(all.includes(hexOf(new TextEncoder().encode(secret))), secret).toBe(false)
    }
    for (const word of ['response=', 'cnonce=', 'username='])
      expect(all.includes(word), word).toBe(false)
  })

  it('has its messages whole and its pictures by their length', () => {
    const session = sessionOf(name)
    const rows = rowsOf(session)
    const plates = rows.filter(({ name: row }) => row === 'plate')
    expect(plates.map(({ fields }) => fields['plate']).slice(0, 2)).toEqual([
      '测A10001',
      '测A10002',
    ])
    expect(plates).toHaveLength(session.cars)
    const leftOut = rows.reduce((sum, row) => sum + (row.leftOut ?? 0), 0)
    expect(leftOut).toBeGreaterThan(carPicture('测A10001', 'blue').length)
    // Messages of some kilobytes: pictures would make them ten times as large.
    expect(session.ring.heldBytes).toBeLessThan(8_000)
    expect(leftOut).toBeGreaterThan(2 * session.ring.heldBytes)
  })

  it('as pcapng says how long each message was', () => {
    const rows = rowsOf(sessionOf(name))
    const file = Buffer.from(
      pcapOf({ laneId: 'exit', device: 'camera', variant: name, program: 'test' }, rows),
    )
    const lengths: (readonly [number, number])[] = []
    for (let at = 0; at < file.length; at += file.readUInt32LE(at + 4))
      if (file.readUInt32LE(at) === 6)
        lengths.push([file.readUInt32LE(at + 20), file.readUInt32LE(at + 24)])
    const frames = rows.filter(({ hex }) => hex !== '')
    expect(lengths).toEqual(
      frames.map(({ hex, leftOut = 0 }) => [hex.length / 2, hex.length / 2 + leftOut]),
    )
  })

  it('is read from the middle on, where its beginning was overwritten', () => {
    const { ring, source } = sessionOf(name)
    const events = ring.since(0).events
    const plates = (from: number): readonly unknown[] => {
      const decoder = source.decoder()
      const rows = events.slice(from).flatMap((event) => [...decoder.take(event)])
      return rows.flatMap((row) => (row.name === 'plate' ? [row.fields['plate']] : []))
    }
    // Starting after the first car of the first stream: the other cars are still found.
    const first = events.findIndex((_event, i) => plates(i).length < plates(0).length)
    expect(plates(first)).toEqual(plates(0).slice(1))
  })

  it('with another gap does not replay', () => {
    const { text } = sessionOf(name)
    const other = text.replace(/"gaps":\[\[(\d+),\d/, '"gaps":[[$1,9')
    expect(other).not.toBe(text)
    expect(replayCapture(readCapture(other, 'other')).ok).toBe(false)
  })
})

it.each(['hikvision-pull', 'dahua'] as const)('%s: an answer is that of its request', (name) => {
  const { text } = sessionOf(name)
  const other = text.replace(/("direction":"in".*)"exchange":"3"/, '$1"exchange":"4"')
  expect(other).not.toBe(text)
  expect(replayCapture(readCapture(other, 'other')).ok).toBe(false)
})

it('a head that was none hides no picture from the tap, once the driver gave it up', () => {
  const ring = new FrameRing(() => 0)
  const tap = new TcpTap(ring, vzTcp)
  const at = { atMs: 0, businessNowMs: 0 }
  const wrong = vzFrame('data', new TextEncoder().encode('{"a":1}'))
  new DataView(wrong.buffer).setUint32(4, 5_000)
  const text = new TextEncoder().encode('{"cmd":"ivs_result"}')
  const seen = Uint8Array.from([...text, 0, ...carPicture('测A12345', 'blue')])
  tap.took({ ...at, type: 'linkUp' }, 0)
  tap.took({ ...at, type: 'bytes', bytes: wrong }, 0)
  tap.took({ ...at, type: 'timer', name: 'frame' }, 0)
  tap.took({ ...at, type: 'bytes', bytes: vzFrame('data', seen) }, 0)
  expect(seen.length).toBeGreaterThan(5_000)
  expect(ring.heldBytes).toBeLessThan(500)
})

it('a capture that was begun anew has no driver, and still no secret', () => {
  const { ring, source, proofs } = sessionOf('dahua')
  const text = captureText({ ...source.start(false), laneId: 'exit' }, ring.since(20).events)
  expect(replayCapture(readCapture(text, 'tail'))).toMatchObject({
    ok: true,
    driver: { compared: false },
  })
  for (const secret of secretsIn(proofs)) expect(text).not.toContain(secret)
})
