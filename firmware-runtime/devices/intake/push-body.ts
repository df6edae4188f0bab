// Splits the body of a camera push into its texts and its complete pictures; its first bytes say what it is.
// Whatever happens to the pictures (50 MB, cut off, not a JPEG), a complete text is kept (F21).
import type { IncomingMessage } from 'node:http'
import { isWholeJpeg, type NamedPicture } from '../pure/camera/pictures.ts'
import { bodyKindOf, type BodyKind } from '../pure/camera/stream/body-kind.ts'
import {
  boundaryOf,
  feedMultipart,
  lastPart,
  openMultipart,
  withoutOpen,
  type Part,
} from '../pure/camera/stream/multipart.ts'
import { cameraText } from '../pure/camera/text.ts'
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
  /** A part of JSON with its pictures, which is decoded at its end. */
  readonly jsonPartBytesMax: number
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
  jsonPartBytesMax: 2 * 1024 * 1024,
  bodyBytesMax: 64 * 1024 * 1024,
  partsMax: 8,
  requestTimeoutMs: 15_000,
  lookMs: 5_000,
  connectionsMax: 64,
}

/** Shared by all current pushes. */
interface Shared {
  readonly room: PictureSpace
  readonly turns: PushTurns
}

/** One text of a push, and what belongs to it. */
interface PushText {
  readonly text: string
  /** Parts behind it, and those before the first text. */
  readonly parts: readonly NamedPicture[]
  /** Pictures that were inside it, by the name that replaces each. */
  readonly within: ReadonlyMap<string, Uint8Array>
}

export interface PushBody {
  readonly is: BodyKind
  /** Those that look like a message; only the first text where none does. */
  readonly texts: readonly PushText[]
  /** Fields of a form, which are not read. */
  readonly isForm: boolean
  readonly picturesDropped: number
  /** `cut`: the sender disconnected; `large`: over the limit; `broken`: its last part has no end. */
  readonly end: 'whole' | 'cut' | 'large' | 'broken'
}

interface Content extends Pick<PushBody, 'texts' | 'isForm' | 'picturesDropped'> {
  /** It ended inside a part. */
  readonly isBroken?: boolean
}

/** Takes the bytes of one kind of body. */
interface Sink {
  write(chunk: Buffer): void
  /** The rest is not read: `done`, as many parts as a camera sends; `large`: over a limit. */
  readonly stop: 'done' | 'large' | null
  /** `isWhole`: the sender sent all of it. */
  end(isWhole: boolean): Content
  /** Gives the picture memory back. */
  release(): void
}

interface SinkOptions {
  readonly contentType: string
  readonly limits: IntakeLimits
  readonly room: PictureSpace
  /** The make pushes JSON with its pictures inside. */
  readonly takesJson: boolean
}

const nothing: Content = { texts: [], isForm: false, picturesDropped: 0 }
const aloneIn = (text: string): Content =>
  text.trim() === '' ? nothing : { ...nothing, texts: [{ text, parts: [], within: new Map() }] }
const charsetOf = (contentType: string): string =>
  /;\s*charset\s*=\s*"?([\w.-]{1,20})/i.exec(contentType)?.[1] ?? ''

function textSink({ contentType, limits }: SinkOptions): Sink {
  const chunks: Buffer[] = []
  let size = 0
  return {
    write(chunk) {
      size += chunk.length
      if (size <= limits.xmlBytesMax) chunks.push(chunk)
      else chunks.length = 0
    },
    get stop() {
      return size > limits.xmlBytesMax ? 'large' : null
    },
    end: (isWhole) =>
      isWhole
        ? aloneIn(cameraText(new Uint8Array(Buffer.concat(chunks)), charsetOf(contentType)))
        : nothing,
    release: () => undefined,
  }
}

const leanJson = ({ limits, room }: SinkOptions): LeanJson =>
  // Base64 has four letters for three bytes, and some line ends.
  new LeanJson(
    Math.ceil(limits.pictureBytesMax * 1.36),
    limits.jsonBytesMax,
    limits.picturesBytesMax,
    room,
  )

function jsonSink(options: SinkOptions): Sink {
  const lean = leanJson(options)
  const charset = charsetOf(options.contentType)
  return {
    write: (chunk) => lean.take(chunk),
    get stop() {
      return lean.overflowed ? 'large' : null
    },
    end(isWhole) {
      const text = isWhole ? lean.textAs(charset) : ''
      const texts = text.trim() === '' ? [] : [{ text, parts: [], within: lean.pictures }]
      return { texts, isForm: false, picturesDropped: lean.dropped }
    },
    release: () => lean.end(),
  }
}

/** A form holds a password: its bytes are counted, not kept. */
function formSink({ limits }: SinkOptions): Sink {
  let size = 0
  return {
    write(chunk) {
      size += chunk.length
    },
    get stop() {
      return size > limits.formBytesMax ? 'large' : null
    },
    end: (isWhole) => ({ ...nothing, isForm: isWhole && size <= limits.formBytesMax }),
    release: () => undefined,
  }
}

/** Texts of parts that look like a message of a camera; others are fields beside it. */
const isMessage = ({ text }: PushText): boolean =>
  /^\s*(?:[<{[]|(?:Return)?Events\[|Code=)/.test(text)

/** Parts, as the reader of subscriptions finds them. */
class PartsSink implements Sink {
  private state
  private readonly options: SinkOptions
  private readonly texts: (PushText & { readonly parts: NamedPicture[] })[] = []
  private readonly leans: LeanJson[] = []
  /** Pictures before the first text. */
  private readonly first: NamedPicture[] = []
  private count = 0
  private size = 0
  private picturesDropped = 0
  private pictureBytes = 0
  /** Picture memory taken for the open part, and for all. */
  private openBytes = 0
  private heldBytes = 0

  constructor(options: SinkOptions) {
    this.options = options
    const { limits, takesJson, contentType } = options
    this.state = openMultipart(boundaryOf(contentType) ?? 'boundary', {
      headerBytesMax: 8_192,
      textBytesMax: takesJson ? limits.jsonPartBytesMax : limits.xmlBytesMax,
      pictureBytesMax: limits.pictureBytesMax,
    })
  }

  get stop(): Sink['stop'] {
    const { limits } = this.options
    if (this.count >= limits.partsMax) return 'done'
    const isNone = this.count === 0 && this.state.open === null
    return isNone && this.size > limits.formBytesMax ? 'large' : null
  }

  write(chunk: Buffer): void {
    this.size += chunk.length
    // A slice of a Buffer would keep the whole chunk.
    const bytes = new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.length)
    const fed = feedMultipart(this.state, bytes, () => false)
    this.state = fed.state
    if (fed.parts.length + fed.tooLarge > 0) this.hold(-this.openBytes)
    this.picturesDropped += fed.tooLarge
    this.count += fed.tooLarge
    for (const part of fed.parts) this.take(part)
    const { open } = this.state
    if (open === null || open.kind === 'text' || open.tooLarge) return
    const more = open.size - this.openBytes
    const fits = this.pictureBytes + open.size <= this.options.limits.picturesBytesMax
    if (fits && this.hold(more)) return
    this.hold(-this.openBytes)
    this.state = withoutOpen(this.state)
  }

  /** Memory for the open part; negative: it is given back. */
  private hold(bytes: number): boolean {
    const { room } = this.options
    if (bytes > 0 && !room.take(bytes)) return false
    if (bytes < 0) room.give(-bytes)
    this.openBytes += bytes
    this.heldBytes += bytes
    return true
  }

  private take(part: Part): void {
    const { limits, room } = this.options
    this.count++
    if (this.count > limits.partsMax) return
    if (part.kind === 'text') {
      this.takeText(part)
      return
    }
    const { bytes, name } = part
    const fits = this.pictureBytes + bytes.length <= limits.picturesBytesMax
    if (!isWholeJpeg(bytes) || !fits || !room.take(bytes.length)) {
      this.picturesDropped++
      return
    }
    this.heldBytes += bytes.length
    this.pictureBytes += bytes.length
    const pictures = this.texts.findLast(isMessage)?.parts ?? this.first
    pictures.push({ name, bytes })
  }

  private takeText({ bytes, charset }: Part): void {
    const isJson = this.options.takesJson && bodyKindOf(bytes, '', true) === 'json'
    const lean = isJson ? leanJson(this.options) : null
    if (lean !== null) {
      this.leans.push(lean)
      lean.take(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length))
      this.picturesDropped += lean.dropped
    }
    const text = lean === null ? cameraText(bytes, charset) : lean.textAs(charset)
    if (text.trim() !== '')
      this.texts.push({ text, parts: [], within: lean?.pictures ?? new Map() })
  }

  end(isWhole: boolean): Content {
    const { open } = this.state
    const last = lastPart(this.state)
    if (last !== null && isWhole && this.stop === null) this.take(last)
    else if (open !== null && open.kind !== 'text' && this.texts.length > 0) this.picturesDropped++
    const messages = this.texts.filter(isMessage)
    const isForm = this.options.takesJson && messages.length === 0 && this.texts.length > 0
    const texts = messages.length > 0 ? messages : isForm ? [] : this.texts.slice(0, 1)
    texts[0]?.parts.unshift(...this.first)
    const { picturesDropped } = this
    const isBroken = open !== null && this.stop === null
    return { texts, isForm, picturesDropped, isBroken }
  }

  release(): void {
    this.options.room.give(this.heldBytes)
    for (const lean of this.leans) lean.end()
  }
}

const noSink: Sink = {
  write: () => undefined,
  stop: 'done',
  end: () => nothing,
  release: () => undefined,
}

function sinkOf(is: BodyKind, options: SinkOptions): Sink {
  if (is === 'parts') return new PartsSink(options)
  if (is === 'json') return options.takesJson ? jsonSink(options) : textSink(options)
  if (is === 'text') return textSink(options)
  if (is === 'form') return options.takesJson ? formSink(options) : textSink(options)
  return noSink
}

/** Reads the body of a request; `done` is called once, also when the sender disconnects. */
export function readPushBody(
  request: IncomingMessage,
  takesJson: boolean,
  limits: IntakeLimits,
  { room, turns }: Shared,
  done: (body: PushBody) => void,
): void {
  const contentType = request.headers['content-type'] ?? ''
  const options: SinkOptions = { contentType, limits, room, takesJson }
  let first = Buffer.alloc(0)
  let is: BodyKind | null = null
  let sink = noSink
  let size = 0
  let isSettled = false
  const begin = (isWhole: boolean): void => {
    is = bodyKindOf(first, contentType, isWhole)
    if (is === null) return
    sink = sinkOf(is, options)
    sink.write(first)
  }
  const settle = (end: PushBody['end']): void => {
    if (isSettled) return
    isSettled = true
    if (is === null) begin(true)
    const { isBroken = false, ...content } = sink.end(end === 'whole')
    done({ ...content, is: is ?? 'unknown', end: isBroken && end === 'whole' ? 'broken' : end })
    sink.release()
  }
  request.on('data', (chunk: Buffer) => {
    const left = limits.bodyBytesMax - size
    size += chunk.length
    turns.took(request, chunk.length)
    if (isSettled) return
    if (left > 0) {
      const bytes = chunk.subarray(0, left)
      if (is !== null) sink.write(bytes)
      else {
        first = Buffer.concat([first, bytes])
        begin(false)
      }
    }
    if (size > limits.bodyBytesMax || sink.stop === 'large') settle('large')
    else if (is !== null && sink.stop === 'done') settle('whole')
  })
  request.on('end', () => settle('whole'))
  request.on('error', () => settle('cut'))
  request.on('close', () => settle(request.complete ? 'whole' : 'cut'))
}
