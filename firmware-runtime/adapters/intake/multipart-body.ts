// Splits the body of a camera push into its XML text and its complete pictures.
// Whatever happens to the pictures (50 MB, cut off, not a JPEG), a complete text is kept (F21).
import type { IncomingMessage } from 'node:http'
import { Busboy, type BusboyFileStream } from '@fastify/busboy'
import { cameraText, utf8Text } from '../../devices/camera/text.ts'
import { isWholeJpeg, type NamedPicture } from '../../devices/camera/pictures.ts'
import { LeanJson, type PictureSpace } from './lean-json.ts'
import type { PushTurns } from './push-turns.ts'

/** Memory for the pictures of all current pushes; a picture beyond it is dropped and counted, its text is kept. */
export class PictureRoom implements PictureSpace {
  private readonly bytesMax: number
  private heldBytes = 0

  constructor(bytesMax: number) {
    this.bytesMax = bytesMax
  }

  take(bytes: number): boolean {
    if (this.heldBytes + bytes > this.bytesMax) return false
    this.heldBytes += bytes
    return true
  }

  give(bytes: number): void {
    this.heldBytes -= bytes
  }
}

export interface IntakeLimits {
  readonly pictureBytesMax: number
  readonly xmlBytesMax: number
  /** All pictures of one push together. */
  readonly picturesBytesMax: number
  /** Pictures of all current pushes together. */
  readonly heldBytesMax: number
  /** A form is a heartbeat or registration; its content is not kept. */
  readonly formBytesMax: number
  /** A JSON push without its pictures, which are decoded as they arrive. */
  readonly jsonBytesMax: number
  readonly bodyBytesMax: number
  readonly partsMax: number
  readonly requestTimeoutMs: number
  /** Interval in ms for closing requests that take too long. */
  readonly lookMs: number
  readonly connectionsMax: number
}

export const intakeLimits: IntakeLimits = {
  pictureBytesMax: 8 * 1024 * 1024,
  xmlBytesMax: 256 * 1024,
  picturesBytesMax: 10 * 1024 * 1024,
  heldBytesMax: 24 * 1024 * 1024,
  formBytesMax: 64 * 1024,
  jsonBytesMax: 64 * 1024,
  bodyBytesMax: 64 * 1024 * 1024,
  partsMax: 8,
  requestTimeoutMs: 15_000,
  lookMs: 5_000,
  connectionsMax: 64,
}

/** Shared by all current pushes. */
export interface Shared {
  readonly room: PictureSpace
  readonly turns: PushTurns
}

/** `text`: XML or JSON without pictures. */
type BodyKind = 'multipart' | 'text' | 'unsupported'

export interface PushBody {
  /** Null without a complete XML text. */
  readonly xml: string | null
  readonly pictures: readonly NamedPicture[]
  readonly picturesDropped: number
  /** `cut`: the sender disconnected; `large`: over the limit; `broken`: not as its header says. */
  readonly end: 'whole' | 'cut' | 'large' | 'broken'
}

/** `takesJson`: the device may push JSON. */
export function bodyKindOf(contentType: string, takesJson: boolean): BodyKind {
  const type = contentType.split(';', 1)[0]?.trim().toLowerCase() ?? ''
  if (type === 'multipart/form-data') return 'multipart'
  const isText = takesJson ? /^(?:application|text)\/(?:xml|json)$/ : /^(?:application|text)\/xml$/
  return isText.test(type) ? 'text' : 'unsupported'
}

/** Judged by its names and its first bytes: some cameras name a part wrongly or not at all. */
const isText = (names: readonly string[], first: Uint8Array): boolean =>
  first[0] !== 0xff &&
  (names.some((one) => /xml$/i.test(one)) || /^\s*[<{]/.test(utf8Text(first.subarray(0, 16))))

/** Collects one body; `done` is called once. */
class BodyGatherer {
  private xml: string | null = null
  private readonly pictures: NamedPicture[] = []
  private pictureBytes = 0
  private picturesDropped = 0
  private openParts = 0
  private settled = false
  private damage: PushBody['end'] | null = null
  private heldBytes = 0
  private readonly limits: IntakeLimits
  private readonly room: PictureSpace
  private readonly done: (body: PushBody) => void
  constructor(limits: IntakeLimits, room: PictureSpace, done: (body: PushBody) => void) {
    this.limits = limits
    this.room = room
    this.done = done
  }

  private hold(bytes: number): boolean {
    if (this.settled || !this.room.take(bytes)) return false
    this.heldBytes += bytes
    return true
  }

  private drop(bytes: number): void {
    if (this.settled) return
    this.heldBytes -= bytes
    this.room.give(bytes)
  }

  /** Ends an incomplete body one loop turn later: complete parts end in between. */
  giveUp(end: Exclude<PushBody['end'], 'whole'>): void {
    this.damage ??= end
    setImmediate(() => this.settle(end))
  }

  settle(end: PushBody['end']): void {
    if (this.settled) return
    this.settled = true
    const { xml, pictures } = this
    // A part still open at the end of the body is a cut-off picture or an incomplete text.
    const picturesDropped = this.picturesDropped + (xml === null ? 0 : this.openParts)
    // The parser also reports its end after an error: the error counts.
    this.done({ xml, pictures, picturesDropped, end: this.damage ?? end })
    this.room.give(this.heldBytes)
  }

  takeXml(bytes: Uint8Array): void {
    if (this.xml === null && bytes.length <= this.limits.xmlBytesMax) this.xml = cameraText(bytes)
  }

  takePart(name: string, part: BusboyFileStream, filename: string, mime: string): void {
    const { xmlBytesMax, pictureBytesMax, picturesBytesMax } = this.limits
    const left = picturesBytesMax - this.pictureBytes
    /** Null until the first bytes have arrived. */
    let text: boolean | null = null
    let chunks: Buffer[] = []
    let size = 0
    let heldBytes = 0
    let kept = true
    this.openParts += 1
    part.on('data', (chunk: Buffer) => {
      text ??= isText([name, filename, mime], chunk)
      const max = text ? xmlBytesMax : Math.min(pictureBytesMax, left)
      size += chunk.length
      // Texts are small and required: they take no picture memory.
      const needed = text ? 0 : chunk.length
      kept &&= size <= max && this.hold(needed)
      if (kept) {
        chunks.push(chunk)
        heldBytes += needed
        return
      }
      chunks = []
      this.drop(heldBytes)
      heldBytes = 0
    })
    // The body's own error says what happened; the part in which it ended stays open.
    part.on('error', () => this.giveUp('broken'))
    part.on('end', () => {
      this.openParts -= 1
      // A part without bytes is judged by its names only.
      text ??= isText([name, filename, mime], new Uint8Array(0))
      const all = Buffer.concat(chunks)
      const bytes = new Uint8Array(all.buffer, all.byteOffset, all.length)
      chunks = []
      const whole = kept && !part.truncated
      if (text) {
        if (whole) this.takeXml(bytes)
      } else if (whole && isWholeJpeg(bytes)) {
        this.pictureBytes += bytes.length
        this.pictures.push({ name: filename === '' ? name : filename, bytes })
      } else {
        this.picturesDropped += 1
      }
    })
  }
}

function readMultipart(request: IncomingMessage, gatherer: BodyGatherer, limits: IntakeLimits) {
  const contentType = request.headers['content-type'] ?? ''
  const busboy = new Busboy({
    headers: { ...request.headers, 'content-type': contentType },
    // Some cameras give a part no file name; all parts are taken as files.
    isPartAFile: () => true,
    limits: { fileSize: limits.pictureBytesMax + 1, parts: limits.partsMax, headerPairs: 32 },
  })
  busboy.on('file', (name, part, filename, _encoding, mime) =>
    gatherer.takePart(name ?? '', part, filename ?? '', mime),
  )
  let isRead = false
  // A camera never sends more parts; an endless row of parts is not parsed.
  busboy.on('partsLimit', () => {
    isRead = true
    // Complete parts end one loop turn later.
    setImmediate(() => gatherer.settle('whole'))
  })
  busboy.on('finish', () => gatherer.settle('whole'))
  busboy.on('error', () => gatherer.giveUp('broken'))
  return { write: (chunk: Buffer) => isRead || busboy.write(chunk), end: () => busboy.end() }
}

function readText(gatherer: BodyGatherer, limits: IntakeLimits) {
  let chunks: Buffer[] = []
  let size = 0
  return {
    write(chunk: Buffer) {
      size += chunk.length
      if (size <= limits.xmlBytesMax) {
        chunks.push(chunk)
        return
      }
      chunks = []
      gatherer.settle('large')
    },
    end() {
      if (size <= limits.xmlBytesMax) gatherer.takeXml(new Uint8Array(Buffer.concat(chunks)))
      gatherer.settle('whole')
    },
  }
}

/** A JSON body; `text` has a name in place of each picture. */
interface TextBody {
  readonly text: string | null
  readonly end: 'whole' | 'cut' | 'large'
  readonly picturesDropped: number
  readonly pictures: ReadonlyMap<string, Uint8Array>
}

/** Reads a body as text; null when it is over the limit or the sender disconnected. */
export function readTextBody(
  request: IncomingMessage,
  limits: IntakeLimits,
  { room, turns }: Shared,
  done: (body: TextBody) => void,
): void {
  // Base64 has four letters for three bytes, and some line ends.
  const stringBytesMax = Math.ceil(limits.pictureBytesMax * 1.36)
  const lean = new LeanJson(stringBytesMax, limits.jsonBytesMax, limits.picturesBytesMax, room)
  let size = 0
  let settled = false
  const settle = (text: string | null, end: 'whole' | 'cut' | 'large'): void => {
    if (settled) return
    settled = true
    done({ text, end, picturesDropped: lean.dropped, pictures: lean.pictures })
    lean.end()
  }
  request.on('data', (chunk: Buffer) => {
    if (settled) return
    turns.took(request, chunk.length)
    size += chunk.length
    lean.take(chunk)
    if (size > limits.bodyBytesMax || lean.overflowed) settle(null, 'large')
  })
  request.on('end', () => settle(lean.text, 'whole'))
  request.on('error', () => settle(null, 'cut'))
  request.on('close', () => settle(null, 'cut'))
}

/** Reads the body of a request; `done` is called once, also when the sender disconnects. */
export function readPushBody(
  request: IncomingMessage,
  kind: Exclude<BodyKind, 'unsupported'>,
  limits: IntakeLimits,
  { room, turns }: Shared,
  done: (body: PushBody) => void,
): void {
  const gatherer = new BodyGatherer(limits, room, done)
  let sink: { write(chunk: Buffer): unknown; end(): unknown }
  try {
    sink = kind === 'text' ? readText(gatherer, limits) : readMultipart(request, gatherer, limits)
  } catch (error) {
    // The constructor throws on a multipart header without a boundary.
    if (!(error instanceof Error)) throw error
    request.resume()
    gatherer.settle('broken')
    return
  }
  let size = 0
  request.on('data', (chunk: Buffer) => {
    const left = limits.bodyBytesMax - size
    size += chunk.length
    turns.took(request, chunk.length)
    if (left > 0) sink.write(chunk.subarray(0, left))
    if (size > limits.bodyBytesMax) gatherer.giveUp('large')
  })
  request.on('end', () => {
    if (size <= limits.bodyBytesMax) sink.end()
  })
  request.on('error', () => gatherer.giveUp('cut'))
  request.on('close', () => {
    if (!request.complete) gatherer.giveUp('cut')
  })
}
