// A small PNG drawn from a seed as the photo of a demo, visibly not a real photo: stripes and a cross, 8-bit grey.
import { crc32, deflateSync } from 'node:zlib'

const widthPx = 160
const heightPx = 120

export function pngChunk(name: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data])
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  sum.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, sum])
}

export function demoPicture(seed: number): Uint8Array {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(widthPx, 0)
  header.writeUInt32BE(heightPx, 4)
  header[8] = 8
  const rows = Buffer.alloc(heightPx * (widthPx + 1))
  for (let y = 0; y < heightPx; y++)
    for (let x = 0; x < widthPx; x++) {
      const crossed = Math.abs(x * heightPx - y * widthPx) < 400
      const stripe = (x + y * ((seed % 5) + 1)) % 24 < 12
      rows[y * (widthPx + 1) + 1 + x] = crossed ? 0 : stripe ? 200 : 120 + (seed % 60)
    }
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    pngChunk('IHDR', header),
    pngChunk('IDAT', deflateSync(rows)),
    pngChunk('IEND', Buffer.alloc(0)),
  ])
}
