// Takes the body of one camera push apart: the XML text and the pictures that came whole.
// Whatever happens to the pictures (50 MB, cut off, not a JPEG), text that came whole is kept (F21).
import type { IncomingMessage } from 'node:http'
import { Busboy } from '@fastify/busboy'
import type { BusboyFileStream } from '@fastify/busboy'
import { cameraText, utf8Text } from '../../devices/camera/text.ts'
import { isWholeJpeg } from '../../devices/camera/pictures.ts'
import { LeanJson, type PictureSpace } from './lean-json.ts'
import type { PushTurns } from './push-turns.ts'
import type { NamedPicture } from '../../devices/camera/pictures.ts'

/** Pictures that all pushes under way hold together; one more is dropped and counted, its text is kept. */
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
  /** Pictures of one push together. */
  readonly picturesBytesMax: number
  /** Pictures of all pushes that are under way, together. */
  readonly heldBytesMax: number
  /** A form is a sign of life; nothing of it is kept. */
  readonly formBytesMax: number
  /** All of a push in JSON but its pictures, which are decoded as they come. */
  readonly jsonBytesMax: number
  readonly bodyBytesMax: number
  readonly partsMax: number
  readonly requestTimeoutMs: number
  /** How often requests that take too long are looked for. */
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

/** What all pushes under way share. */
export interface Shared {
  readonly room: PictureSpace
  readonly turns: PushTurns
}

type BodyKind = 'multipart' | 'xml' | 'unsupported'

export interface PushBody {
  /** Null when no whole XML came. */
  readonly xml: string | null
  readonly pictures: readonly NamedPicture[]
  readonly picturesDropped: number
  /** `cut`: the sender went away; `large`: over the limit; `broken`: not what the header said. */
  readonly end: 'whole' | 'cut' | 'large' | 'broken'
}

export function bodyKindOf(contentType: string): BodyKind {
  const type = contentType.split(';', 1)[0]?.trim().toLowerCase() ?? ''
  if (type === 'multipart/form-data') return 'multipart'
  return type === 'application/xml' || type === 'text/xml' ? 'xml' : 'unsupported'
}

/** By what it calls itself, and by what it begins with: some cameras give a part a wrong name, or none. */
const isText = (names: readonly string[], first: Uint8Array): boolean =>
  first[0] !== 0xff &&
  (names.some((one) => /xml$/i.test(one)) || /^\s*[<{]/.test(utf8Text(first.subarray(0, 16))))

/** Gathers one body; `done` is called once. */
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

  /** Ends a body that is not whole, a turn later: parts that came whole end in between. */
  giveUp(end: Exclude<PushBody['end'], 'whole'>): void {
    this.damage ??= end
    setImmediate(() => this.settle(end))
  }

  settle(end: PushBody['end']): void {
    if (this.settled) return
    this.settled = true
    const { xml, pictures } = this
    // A part still open when the body ends is a picture that was cut off, or text that is not whole.
    const picturesDropped = this.picturesDropped + (xml === null ? 0 : this.openParts)
    // The parser tells its end after an error too: the error is what counts.
    this.done({ xml, pictures, picturesDropped, end: this.damage ?? end })
    this.room.give(this.heldBytes)
  }

  takeXml(bytes: Uint8Array): void {
    if (this.xml === null && bytes.length <= this.limits.xmlBytesMax) this.xml = cameraText(bytes)
  }

  takePart(name: string, part: BusboyFileStream, filename: string, mime: string): void {
    const { xmlBytesMax, pictureBytesMax, picturesBytesMax } = this.limits
    const left = picturesBytesMax - this.pictureBytes
    /** Null until its first bytes are there. */
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
      // Texts are small and decide: they need no room of the pictures.
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
    // The body's own error says what happened; the part it ended in simply stays open.
    part.on('error', () => this.giveUp('broken'))
    part.on('end', () => {
      this.openParts -= 1
      // One without a byte is what it calls itself.
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
    // Some cameras give a part no file name; every part is taken the same way.
    isPartAFile: () => true,
    limits: { fileSize: limits.pictureBytesMax + 1, parts: limits.partsMax, headerPairs: 32 },
  })
  busboy.on('file', (name, part, filename, _encoding, mime) =>
    gatherer.takePart(name ?? '', part, filename ?? '', mime),
  )
  let isRead = false
  // What a camera sends has come; parts without end would be read one by one for nothing.
  busboy.on('partsLimit', () => {
    isRead = true
    // Parts that came whole end a turn later.
    setImmediate(() => gatherer.settle('whole'))
  })
  busboy.on('finish', () => gatherer.settle('whole'))
  busboy.on('error', () => gatherer.giveUp('broken'))
  return { write: (chunk: Buffer) => isRead || busboy.write(chunk), end: () => busboy.end() }
}

function readXml(gatherer: BodyGatherer, limits: IntakeLimits) {
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

/** A body of JSON; `text` names its pictures where they stood. */
interface TextBody {
  readonly text: string | null
  readonly end: 'whole' | 'cut' | 'large'
  readonly picturesDropped: number
  readonly pictures: ReadonlyMap<string, Uint8Array>
}

/** A body read whole as text; null when it went over the cap or the sender went away. */
export function readTextBody(
  request: IncomingMessage,
  limits: IntakeLimits,
  { room, turns }: Shared,
  done: (body: TextBody) => void,
): void {
  // Four letters of base64 for three bytes, and a little for line ends.
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

/** Reads the body of a request; `done` is called once, also when the sender goes away. */
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
    sink = kind === 'xml' ? readXml(gatherer, limits) : readMultipart(request, gatherer, limits)
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
