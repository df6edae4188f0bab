// The link of a subscribed camera for people: queries with their answers, and each part of the endless answer: a plate,
// a sign of life, a picture by its length.
import type { NoteText } from '#base/pure/words/notes.ts'
import { joined } from '#base/pure/data/bytes.ts'
import { headOf, type AnswerHead } from '../../http/exchange.ts'
import {
  noBytesRead,
  type ReadBytes,
  type ReadFrame,
  type FrameReader,
} from '../../frame-reader.ts'
import { isWholeJpeg } from '../pictures.ts'
import { cameraFrame, cameraFrameKinds, plateFields } from '../reader.ts'
import { utf8Text } from '../text.ts'
import type { Found, StreamDialect } from './dialect.ts'
import { quietPart } from './driver.ts'
import {
  boundaryOf,
  closePart,
  feedMultipart,
  openMultipart,
  type MultipartState,
  type Part,
} from './multipart.ts'

export const streamFrameKinds = cameraFrameKinds({
  request: 'pc',
  answer: 'device',
  plate: 'device',
  heartbeat: 'device',
  picture: 'device',
  other: 'device',
})

/** Cameras answer queries with some lines of text. */
const answerBytesMax = 65_536
const textCharsMax = 400
/** Number of first bytes that identify a picture. */
const markBytes = 4
const none = new Uint8Array(0)

/** An answer with an end; it is shown at its end. */
interface Answer {
  readonly head: AnswerHead
  readonly bytes: Uint8Array
  readonly headLength: number
}
type Exchange = 'asked' | Answer | MultipartState

/** For a stream without its head: its first boundary line. */
const boundaryIn = (bytes: Uint8Array): string | null =>
  /(?:^|\n)(--[^\r\n]{1,200})\r?\n/.exec(utf8Text(bytes))?.[1] ?? null

function pictureFrame({ type, name, bytes }: Part): ReadFrame {
  const fields = {
    ...(type === '' ? {} : { contentType: type }),
    ...(name === '' ? {} : { file: name }),
    bytes: bytes.length,
    whole: isWholeJpeg(bytes),
  }
  const shown = bytes.subarray(0, markBytes)
  return cameraFrame('picture', shown, fields, bytes.length - shown.length)
}

function meaning(found: Found): Readonly<Record<string, unknown>> {
  switch (found.kind) {
    case 'draft':
      return plateFields(found.draft.read)
    case 'distrust':
      return { why: found.hold.note }
    case 'refused':
      return { why: found.what }
    case 'keepAlive':
      return {}
  }
}

/** A text describes one car; several cars in one text are counted. */
function textFrame(bytes: Uint8Array, found: readonly Found[]): ReadFrame {
  const [first] = found
  const name = {
    draft: 'plate',
    keepAlive: 'heartbeat',
    distrust: 'other',
    refused: 'other',
  } as const
  if (first === undefined) return cameraFrame('other', bytes, {})
  const texts = found.length > 1 ? { texts: found.length } : {}
  const frame = cameraFrame(name[first.kind], bytes, { ...meaning(first), ...texts })
  return first.kind === 'refused' && !first.other ? { ...frame, ok: false } : frame
}

class StreamReader<D> implements FrameReader {
  private readonly dialect: StreamDialect<D>
  private readonly open = new Map<string, Exchange>()

  constructor(dialect: StreamDialect<D>) {
    this.dialect = dialect
  }

  said(bytes: Uint8Array, exchange = ''): ReadBytes {
    if (bytes.length === 0) return { ...this.over(exchange, 'streamGivenUp'), receivedBefore: true }
    this.open.set(exchange, 'asked')
    const [line = '', ...more] = utf8Text(bytes).split('\r\n')
    const [method, path] = line.split(' ')
    const proof = more.some((one) => one.startsWith('Authorization:')) ? { proof: 'left out' } : {}
    return one(cameraFrame('request', bytes, { method, path, ...proof }))
  }

  heard(bytes: Uint8Array, exchange = ''): ReadBytes {
    if (bytes.length === 0) return this.over(exchange, 'streamEnded')
    const known = this.open.get(exchange)
    if (known === undefined || known === 'asked') return this.begun(bytes, exchange)
    if ('needle' in known) return this.parts(known, bytes, exchange)
    if (known.bytes.length < answerBytesMax)
      this.open.set(exchange, { ...known, bytes: joined([known.bytes, bytes]) })
    return noBytesRead
  }

  /** The exchange broke before its end. */
  lost(exchange: string, reason: string): ReadBytes {
    const known = this.open.get(exchange)
    if (known === 'asked' || known === undefined) {
      this.open.delete(exchange)
      return one({ ...cameraFrame('answer', none, {}), ok: false, reason })
    }
    return this.over(exchange, reason)
  }

  fired(timer: string): ReadBytes {
    if (timer !== 'quiet') return noBytesRead
    for (const [exchange, state] of this.open) {
      if (state === 'asked' || !('needle' in state)) continue
      const part = quietPart(this.dialect, state)
      if (part === null) continue
      this.open.set(exchange, closePart(state))
      return one(this.partFrame(part))
    }
    return noBytesRead
  }

  cut(): { readonly receivedBytes: number; readonly saidBytes: number } {
    this.open.clear()
    return { receivedBytes: 0, saidBytes: 0 }
  }

  /** The head of an answer; without one, a stream that began before the recording. */
  private begun(bytes: Uint8Array, exchange: string): ReadBytes {
    const head = headOf(bytes)
    if (head === null) {
      const named = boundaryIn(bytes)
      if (named !== null) return this.parts(openMultipart(named), bytes, exchange)
      return { frames: [], discardedBytes: bytes.length }
    }
    const contentType = head.headers['content-type'] ?? ''
    const boundary = head.status === 200 ? boundaryOf(contentType) : null
    if (boundary === null) {
      this.open.set(exchange, { head, bytes, headLength: bytes.length })
      return noBytesRead
    }
    this.open.set(exchange, openMultipart(boundary))
    const frame = cameraFrame('answer', bytes, { status: head.status, contentType })
    return { ...one(frame), link: { is: 'up', reason: '' } }
  }

  private over(exchange: string, reason: string): ReadBytes {
    const known = this.open.get(exchange)
    this.open.delete(exchange)
    if (known === undefined || known === 'asked') return noBytesRead
    if ('needle' in known) return { ...noBytesRead, link: { is: 'down', reason } }
    const { head, bytes, headLength } = known
    const text = utf8Text(bytes.subarray(headLength)).slice(0, textCharsMax).trim()
    const asks = head.headers['www-authenticate']?.split(' ', 1)[0]
    const fields = {
      status: head.status,
      ...(asks === undefined ? {} : { asks }),
      ...(text === '' ? {} : { text }),
    }
    return one(cameraFrame('answer', bytes, fields))
  }

  private parts(state: MultipartState, bytes: Uint8Array, exchange: string): ReadBytes {
    const fed = feedMultipart(state, bytes, (part) => this.dialect.wholeText(part))
    this.open.set(exchange, fed.state)
    const frames = fed.parts.map((part) => this.partFrame(part))
    return { frames, discardedBytes: fed.discardedBytes }
  }

  private partFrame(part: Part): ReadFrame {
    if (part.kind === 'picture') return pictureFrame(part)
    if (part.kind === 'other') {
      const frame = cameraFrame('other', part.bytes, { why: 'partIsNeither' satisfies NoteText })
      return { ...frame, ok: false }
    }
    const now = { atMs: 0, wallMs: 0 }
    return textFrame(part.bytes, this.dialect.text(this.dialect.initial(), part, now).found)
  }
}

const one = (frame: ReadFrame): ReadBytes => ({ frames: [frame], discardedBytes: 0 })

export const streamReader = <D>(dialect: StreamDialect<D>): FrameReader => new StreamReader(dialect)
