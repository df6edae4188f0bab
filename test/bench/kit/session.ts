// A long RSU session as bytes: the frames of a published session repeated, each time with
// another OBU, card, plate and balance, so that no bytes are decoded twice.
import { readFileSync } from 'node:fs'
import { bytesOfHex } from '#base/pure/data/bytes.ts'
import { must, present } from '#base/pure/values/must.ts'
import { emptyFraming } from '#devices/pure/rsu/framing.ts'
import type { FrameValue } from '#devices/pure/rsu/table-types.ts'
import { rsuVariant, type RsuVariantId } from '#devices/pure/rsu/variants.ts'

interface SessionFrame {
  readonly from: 'pc' | 'rsu'
  readonly wireHex: string
}

/** Replaces the members that differ between cars; members that a frame lacks are not added. */
function ofCar(value: FrameValue, car: number): FrameValue {
  const eight = (car * 2_654_435_761) % 100_000_000
  const digits = String(eight).padStart(8, '0')
  const plate = `测A${String(10_000 + (car % 90_000))}`
  const changed: Record<string, FrameValue[string]> = { ...value }
  if ('obuId' in value && value['error'] !== 'heartbeat') changed['obuId'] = `02${digits.slice(2)}`
  if ('contractSerial' in value) changed['contractSerial'] = `37010120${digits}`
  if ('cardNumber' in value) changed['cardNumber'] = `12000000${digits}`
  if ('balance' in value) changed['balance'] = 1_000 + (car % 50_000)
  if (typeof value['plate'] === 'string') changed['plate'] = plate
  for (const [name, inner] of Object.entries(value))
    if (typeof inner === 'object' && inner !== null && !Array.isArray(inner))
      changed[name] = ofCar(inner as FrameValue, car)
  return changed
}

/** The bytes that an RSU sends for that many cars, in chunks of that size. */
export function sessionChunks(
  id: RsuVariantId,
  cars: number,
  chunkBytes: number,
): readonly Uint8Array[] {
  const { framing, engine } = rsuVariant(id)
  const file = new URL(`../../fixtures/rsu/${id}-session.json`, import.meta.url)
  const { frames } = JSON.parse(readFileSync(file, 'utf8')) as { frames: readonly SessionFrame[] }
  const receivedFrames = frames
    .filter(({ from }) => from === 'rsu')
    .flatMap(
      ({ wireHex }) =>
        framing.decode(emptyFraming, present(bytesOfHex(wireHex), 'the fixture is hex')).frames,
    )
  const sent: number[] = []
  for (let car = 0; car < cars; car++)
    for (const { seq, data } of receivedFrames) {
      if (data.length === 0) {
        sent.push(...framing.encode(seq, data))
        continue
      }
      const decoded = engine.decode(data)
      must(decoded.ok, 'the fixture decodes')
      const again = engine.encode(decoded.code, ofCar(decoded.value, car), decoded.form)
      must(again.ok, 'what was decoded encodes')
      sent.push(...framing.encode(seq, again.data))
    }
  const bytes = Uint8Array.from(sent)
  const count = Math.ceil(bytes.length / chunkBytes)
  return Array.from({ length: count }, (_, i) =>
    bytes.slice(i * chunkBytes, Math.min(bytes.length, (i + 1) * chunkBytes)),
  )
}
