// Checks the logo of a report: a PNG that every report writer can draw, with limited size in the file and in memory. It
// is decompressed once before it is stored, so that no report fails because of it later.
import { t } from '#base/pure/words/fault-text.ts'
import { crc32, inflateSync } from 'node:zlib'
import type { PictureFacts } from '../pure/file/record.ts'
import type { PictureSource } from '../pure/field/pictures.ts'
import { LaneFault, type Why } from '#base/pure/faults/faults.ts'
import { logoBytesMax, logoEdgeMax, pictureOf } from '#base/pure/data/photo.ts'

const headEnd = 8
/** Samples of a pixel by the PNG colour type (ISO/IEC 15948 table 11.1). */
const samples: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 }

interface Chunk {
  readonly name: string
  readonly data: Buffer
}

/** Null: a chunk is incomplete, its CRC is wrong, or the end is missing. */
function chunksOf(png: Buffer): readonly Chunk[] | null {
  const chunks: Chunk[] = []
  for (let at = headEnd; at + 12 <= png.length;) {
    const length = png.readUInt32BE(at)
    if (at + 12 + length > png.length) return null
    const named = png.subarray(at + 4, at + 8 + length)
    if (crc32(named) !== png.readUInt32BE(at + 8 + length)) return null
    const name = named.subarray(0, 4).toString('latin1')
    chunks.push({ name, data: named.subarray(4) })
    if (name === 'IEND') return chunks
    at += 12 + length
  }
  return null
}

/** Decompressed bytes, with the filter byte of each row; null: a kind that not all writers can draw. */
function unpackedBytes({ data }: Chunk): number | null {
  const [depth = 0, colour = 0, , , interlace = 0] = data.subarray(8, 13)
  const of = samples[colour]
  if (depth !== 8 || of === undefined || interlace !== 0) return null
  return data.readUInt32BE(4) * (1 + data.readUInt32BE(0) * of)
}

function isWhole(packed: Buffer, bytes: number): boolean {
  try {
    return inflateSync(packed, { maxOutputLength: bytes }).length === bytes
  } catch (error) {
    if (error instanceof Error) return false
    throw error
  }
}

/** SURVEY-41 with the problem. */
export function logoFacts(
  bytes: Uint8Array,
  { field, value }: PictureSource,
  digestOf: (bytes: Uint8Array) => string,
): PictureFacts {
  const refused = (note: Why): LaneFault => new LaneFault('SURVEY-41', { field, value, note })
  if (bytes.length > logoBytesMax)
    throw refused(
      t(
        `${bytes.length} 字节,最多 ${logoBytesMax}`,
        `${bytes.length} bytes, ${logoBytesMax} at most`,
      ),
    )
  const picture = pictureOf(bytes)
  if (picture?.format !== 'png') throw refused(t('内容不是 PNG', 'the content is not a PNG'))
  const { width, height } = picture
  if (Math.max(width, height) > logoEdgeMax)
    throw refused(
      t(
        `${width} x ${height} 像素,边长最多 ${logoEdgeMax}`,
        `${width} x ${height} pixels, ${logoEdgeMax} an edge at most`,
      ),
    )
  const chunks = chunksOf(Buffer.from(bytes))
  const [head] = chunks ?? []
  if (chunks === null || head?.name !== 'IHDR')
    throw refused(t('损坏或不完整', 'damaged or incomplete'))
  const size = unpackedBytes(head)
  if (size === null) throw refused(t('隔行存储,或不是 8 位', 'interlaced, or not of 8 bits'))
  const packed = Buffer.concat(chunks.filter(({ name }) => name === 'IDAT').map(({ data }) => data))
  if (!isWhole(packed, size)) throw refused(t('损坏或不完整', 'damaged or incomplete'))
  return {
    digest: digestOf(bytes),
    mime: 'image/png',
    bytes: bytes.length,
    widthPx: width,
    heightPx: height,
  }
}
