// Bodies that the program makes itself for a survey: photos, drawings and name plates, with their data. Shared by
// command line and Studio; impossible ones are refused before anything is written.
import { t } from '../../core/values/fault-text.ts'
import type { CoverTexts, NameplateArgs, PhotoArgs } from '../../api/calls/survey.ts'
import type { LibraryWord, PictureFacts, SurveyRecord } from '../../survey/record.ts'
import { LaneFault, type Why } from '../../core/faults/faults.ts'
import type { Profile } from '../profiles/schema.ts'
import type { SurveyLedger } from './survey-ledger.ts'
import { pictureFacts, type PictureSource, questionOf } from '../../survey/pictures.ts'
import { crc32, inflateSync } from 'node:zlib'
import { logoBytesMax, logoEdgeMax, pictureOf } from '../../core/values/photo.ts'

// Checks the logo of a report: a PNG that every report writer can draw, with limited size in the file and in memory. It
// is decompressed once before it is stored, so that no report fails because of it later.
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
function logoFacts(
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

export interface BroughtPicture {
  readonly bytes: Uint8Array
  readonly from: PictureSource
  readonly digestOf: (bytes: Uint8Array) => string
}

/** Limit of photos for one question. */
const photosMax = 20

export function addPhoto(
  ledger: SurveyLedger,
  { item, part, where, at, remark, by }: PhotoArgs,
  { bytes, from, digestOf }: BroughtPicture,
): SurveyRecord {
  const question = questionOf(item, part)
  const facts = pictureFacts(bytes, from, digestOf)
  const there = ledger.project.photos.filter((one) => one.item === item && one.part === part)
  if (there.some(({ digest }) => digest === facts.digest))
    throw new LaneFault('SURVEY-03', {
      ...from,
      note: t('这张照片已经有了', 'this photo is already there'),
    })
  if (there.length >= photosMax)
    throw new LaneFault('SURVEY-03', {
      ...from,
      note: t(`一个问题最多 ${photosMax} 张照片`, `at most ${photosMax} photos per question`),
    })
  return ledger.keep(
    { kind: 'photo', ...facts, item: question.item, part, remark, where, at },
    by,
    bytes,
  )
}

export function addDrawing(
  ledger: SurveyLedger,
  { title, by }: { readonly title: string; readonly by: string },
  { bytes, from, digestOf }: BroughtPicture,
): SurveyRecord {
  const facts = pictureFacts(bytes, from, digestOf)
  return ledger.keep({ kind: 'drawing', ...facts, title }, by, bytes)
}

/** What a profile says about tested types, as stored in the survey. */
export const libraryWord = (profile: Profile): LibraryWord => ({
  profile: `${profile.vendor}/${profile.model}`,
  revision: profile.revision,
  approvals: (profile.approvals ?? []).map(({ approvalNo, hardwareVersions }) => ({
    approvalNo,
    hardwareVersions,
  })),
})

export function addNameplate(
  ledger: SurveyLedger,
  { model, serialNo, approvalNo, hardwareVersion, by }: NameplateArgs,
  profile: Profile | null,
): SurveyRecord {
  const library = profile === null ? null : libraryWord(profile)
  return ledger.keep(
    { kind: 'nameplate', model, serialNo, approvalNo, hardwareVersion, library },
    by,
  )
}

/** A logo that every report writer can draw. */
export interface CheckedLogo {
  readonly facts: PictureFacts
  readonly bytes: Uint8Array
}

/** SURVEY-41 when it cannot be used. */
export const checkedLogo = ({ bytes, from, digestOf }: BroughtPicture): CheckedLogo => ({
  facts: logoFacts(bytes, from, digestOf),
  bytes,
})

/** Absent members stay as recorded. */
interface CoverGiven extends Partial<CoverTexts> {
  readonly by: string
  /** Null: no logo from now on. */
  readonly logo?: CheckedLogo | null
}

export function addCover(ledger: SurveyLedger, { by, logo, ...given }: CoverGiven): SurveyRecord {
  const before = ledger.project.cover
  const text = (name: keyof CoverTexts): string => given[name] ?? before?.[name] ?? ''
  const texts = {
    number: text('number'),
    company: text('company'),
    address: text('address'),
    representative: text('representative'),
  }
  const facts = logo === undefined ? (before?.logo ?? null) : (logo?.facts ?? null)
  return ledger.keep({ kind: 'cover', ...texts, logo: facts }, by, logo?.bytes)
}
