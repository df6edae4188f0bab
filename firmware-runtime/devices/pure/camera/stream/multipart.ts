// An endless stream of MIME parts, as cameras answer a subscription: bytes in, whole parts out. A boundary ends a part
// whatever its length says; without one, a picture ends at its length, and a text where it is visibly complete.
import { withCarry } from '#base/pure/data/bytes.ts'
import type { PictureSpan } from '../picture-gaps.ts'
import { find, findLast, unrolled, type Rope } from '../rope.ts'
import { utf16Of } from '../text.ts'

/** Decided by the first bytes of a part, then by its media type. `other`: neither text nor picture. */
type PartKind = 'text' | 'picture' | 'other'
/** `nested`: parts of its own, which are read in its place. */
type OpenKind = PartKind | 'nested'

export interface Part {
  readonly kind: PartKind
  /** Media type in lower case without parameters; empty when the part has no Content-Type. */
  readonly type: string
  /** Charset of the Content-Type; empty when absent. */
  readonly charset: string
  /** File name, name or Content-ID of the part; empty when absent. */
  readonly name: string
  readonly bytes: Uint8Array
}

interface MultipartLimits {
  readonly headerBytesMax: number
  readonly textBytesMax: number
  readonly pictureBytesMax: number
}

/** The same caps as those of pushes (devices/intake/push-body.ts). */
export const multipartLimits: MultipartLimits = {
  headerBytesMax: 8_192,
  textBytesMax: 256 * 1024,
  pictureBytesMax: 8 * 1024 * 1024,
}

interface OpenPart {
  /** Null: too few bytes to decide. */
  readonly kind: OpenKind | null
  readonly type: string
  readonly charset: string
  readonly name: string
  /** Content-Length; null: absent, or 0, which some firmware writes for any length. */
  readonly declared: number | null
  readonly rope: Rope | null
  readonly size: number
  /** Over the size limit: read to its end and dropped. */
  readonly tooLarge: boolean
}

export interface MultipartState {
  readonly limits: MultipartLimits
  /** `--` and the boundary: that of the first line where it names another one than the header. */
  readonly needle: Uint8Array
  /** No boundary line was received yet. */
  readonly isNew: boolean
  /** It is itself a part; its parts have none of their own. */
  readonly isInner: boolean
  readonly at: 'between' | 'headers' | 'body'
  /** Bytes that cannot be interpreted yet; never longer than headers may be. */
  readonly carry: Uint8Array
  readonly open: OpenPart | null
}

interface MultipartStep {
  readonly state: MultipartState
  readonly parts: readonly Part[]
  /** Bytes outside parts, and bytes of parts over the size limit. Line ends around boundaries do not count. */
  readonly discardedBytes: number
  /** Number of parts over the size limit. */
  readonly tooLarge: number
  /** Where parts that are not text lie in the bytes that were fed. */
  readonly pictures: readonly PictureSpan[]
}

const none = new Uint8Array(0)
const [lf, cr, dash] = [0x0a, 0x0d, 0x2d]
const isBlank = (byte: number | undefined): boolean =>
  byte === lf || byte === cr || byte === 0x20 || byte === 0x09
/** A boundary has at most 70 characters by RFC 2046; some cameras use more. */
const lineBytesMax = 256

/**
 * Boundary of a Content-Type, quoted or not; null when the type is not multipart. `boundary` when the parameter is
 * missing (lane-devices.md 1.1).
 */
export function boundaryOf(contentType: string): string | null {
  if (!/^\s*multipart\//i.test(contentType)) return null
  const m = /;\s*boundary\s*=\s*(?:"([^"]*)"|([^\s;"]+))/i.exec(contentType)
  const named = m?.[1] ?? m?.[2] ?? ''
  return named.length > 200 ? null : named === '' ? 'boundary' : named
}

/** Some servers include the two dashes in the boundary parameter, some do not. */
const needleOf = (boundary: string): Uint8Array =>
  Uint8Array.from(`--${boundary.replace(/^-+/, '')}`, (char) => char.charCodeAt(0) & 0xff)

export function openMultipart(
  boundary: string,
  limits = multipartLimits,
  isInner = false,
): MultipartState {
  const needle = needleOf(boundary)
  return { limits, needle, isNew: true, isInner, at: 'between', carry: none, open: null }
}

const isTextType = (type: string): boolean =>
  /^text\/|^application\/(?:[\w.-]+\+)?(?:xml|json)$/.test(type)

/** This many bytes decide the kind of a part. */
const tellingBytes = 16

/** `bytes`: the first bytes of the part. */
function partKindOf(type: string, bytes: Uint8Array): PartKind {
  if (bytes[0] === 0xff && bytes[1] === 0xd8) return 'picture'
  if (utf16Of(bytes) !== null) return 'text'
  const head = latin(bytes.subarray(0, tellingBytes)).replace(/^\xef\xbb\xbf/, '')
  if (/^\s*[<{]/.test(head) || isTextType(type)) return 'text'
  if (type.startsWith('image/')) return 'picture'
  return head !== '' && /^[\t\r\n\x20-\x7e]*$/.test(head) ? 'text' : 'other'
}

/** A part whose body begins with a boundary line, or that says so. */
const isNested = (type: string, bytes: Uint8Array): boolean =>
  type.startsWith('multipart/') || /^\s*--[!-~]/.test(latin(bytes.subarray(0, tellingBytes)))

/** A line that begins with a name and a colon. */
const isHeaderLine = (line: string): boolean => /^[\w!#$%&'*+.^`|~-]{1,64}:/.test(line)
/** Bytes that cannot start a header: the body of a part without headers begins here. */
const beginsBody = (byte: number | undefined): boolean =>
  byte !== undefined && (byte > 0x7e || byte === 0x3c || byte === 0x7b)

/** Parser of one feed; lives for one call of `feedMultipart`. */
class Reader {
  private at: MultipartState['at']
  private open: OpenPart | null
  private buffer: Uint8Array
  private readonly state: MultipartState
  private readonly wholeText: (part: Part) => boolean
  /** Number of bytes that were fed. */
  private readonly fed: number
  private needle: Uint8Array
  private isNew: boolean
  readonly parts: Part[] = []
  readonly pictures: PictureSpan[] = []
  discardedBytes = 0
  tooLarge = 0

  constructor(state: MultipartState, bytes: Uint8Array, wholeText: (part: Part) => boolean) {
    this.state = state
    this.at = state.at
    this.open = state.open
    this.needle = state.needle
    this.isNew = state.isNew
    this.buffer = withCarry(state.carry, bytes)
    this.fed = bytes.length
    this.wholeText = wholeText
  }

  run(): MultipartState {
    while (this.step()) continue
    const { at, open, needle, isNew } = this
    return { ...this.state, at, open, needle, isNew, carry: this.buffer.slice() }
  }

  /** False when more bytes are needed. */
  private step(): boolean {
    if (this.at === 'between') return this.between()
    return this.at === 'headers' ? this.headers() : this.body()
  }

  private drop(count: number): void {
    for (let i = 0; i < count; i++)
      if (this.buffer[i] !== cr && this.buffer[i] !== lf) this.discardedBytes++
    this.buffer = this.buffer.subarray(count)
  }

  /**
   * Index at which the boundary line at `from` ends; `wait`: more bytes are needed; `none`: the needle is the beginning
   * of something else.
   */
  private lineEnd(from: number): number | 'wait' | 'none' {
    const end = from + this.needle.length
    const next = this.buffer[end]
    if (next === undefined || (next === dash && this.buffer[end + 1] === undefined)) return 'wait'
    if (next === dash) return this.buffer[end + 1] === dash ? end + 2 : 'none'
    let at = end
    while (this.buffer[at] === 0x20 || this.buffer[at] === 0x09) at++
    if (this.buffer[at] === lf) return at + 1
    if (this.buffer[at] === cr && this.buffer[at + 1] === lf) return at + 2
    const unknown =
      this.buffer[at] === undefined || (this.buffer[at] === cr && at + 1 >= this.buffer.length)
    return unknown && at - end < 80 ? 'wait' : 'none'
  }

  /** The first line of the body names the boundary, whatever the header said; false when more bytes are needed. */
  private firstLine(): boolean {
    let from = 0
    while (isBlank(this.buffer[from])) from++
    const end = this.buffer.indexOf(lf, from)
    if (this.buffer.length === from || (end < 0 && this.buffer.length - from < lineBytesMax))
      return this.buffer.length > from && this.buffer[from] !== dash
    const line = latin(this.buffer.subarray(from, end)).trimEnd()
    const named = /^--([!-~]{1,200})$/.exec(end < 0 ? '' : line)?.[1]
    if (named !== undefined && !named.startsWith(latin(this.needle.subarray(2))))
      this.needle = needleOf(named)
    return true
  }

  private between(): boolean {
    if (this.isNew && !this.firstLine()) return false
    this.isNew = false
    const { needle } = this
    const from = find(this.buffer, needle, 0)
    if (from < 0) {
      this.drop(Math.max(0, this.buffer.length - (needle.length - 1)))
      return false
    }
    const end = this.lineEnd(from)
    if (end === 'wait') {
      this.drop(from)
      return false
    }
    if (end === 'none') {
      this.drop(from + 1)
      return true
    }
    // Extra dashes before the needle belong to the boundary line.
    let dashes = from
    while (dashes > 0 && this.buffer[dashes - 1] === dash) dashes--
    this.drop(dashes)
    const last = this.buffer[from - dashes + needle.length] === dash
    this.buffer = this.buffer.subarray(end - dashes)
    // After a closing boundary (`--` at its end) some cameras still send the next event.
    if (!last) this.at = 'headers'
    return true
  }

  /** Reads the headers of a part; blank lines may precede them, and a part may have no headers. */
  private headers(): boolean {
    const { headerBytesMax } = this.state.limits
    let lineStart = 0
    const lines: string[] = []
    for (let at = this.buffer.indexOf(lf); at >= 0; at = this.buffer.indexOf(lf, at + 1)) {
      if (at > headerBytesMax) break
      const end = at > lineStart && this.buffer[at - 1] === cr ? at - 1 : at
      // The CR of this line may follow the LF of the line before.
      const line = latin(this.buffer.subarray(lineStart, end)).trim()
      if (lines.length === 0 && line !== '' && !isHeaderLine(line)) break
      if (line === '' && lines.length > 0) return this.begin(lines, at + 1)
      if (line !== '') lines.push(line)
      lineStart = at + 1
    }
    const isBody = lines.length === 0 && this.isBodyAt(lineStart)
    if (isBody) return this.begin([], lineStart)
    if (this.buffer.length <= headerBytesMax) return false
    // Of the boundaries in a head without an end the last one counts, so that its bytes are read once and not again for each.
    this.at = 'between'
    this.drop(Math.max(1, findLast(this.buffer.subarray(0, headerBytesMax), this.needle)))
    return true
  }

  /** Whether the body begins at `from`; false as well when more bytes are needed. */
  private isBodyAt(from: number): boolean {
    if (beginsBody(this.buffer[from])) return true
    const end = this.buffer.indexOf(lf, from)
    const line = latin(this.buffer.subarray(from, Math.max(from, end))).trim()
    return end >= 0 && line !== '' && !isHeaderLine(line)
  }

  /** Starts the part; its body begins at `from`. */
  private begin(lines: readonly string[], from: number): true {
    this.buffer = this.buffer.subarray(from)
    const valueOf = (name: string): string => {
      const line = lines.find((one) => one.toLowerCase().startsWith(`${name}:`))
      return line?.slice(name.length + 1).trim() ?? ''
    }
    const length = valueOf('content-length')
    const declared = /^\d{1,9}$/.test(length) ? Number(length) : 0
    const said = valueOf('content-type')
    const type = said.split(';', 1)[0]?.trim().toLowerCase() ?? ''
    const charset = /;\s*charset\s*=\s*"?([\w.-]{1,20})/i.exec(said)?.[1] ?? ''
    const disposition = valueOf('content-disposition')
    // The file name counts where it says which picture it is.
    const name =
      /\bname="?((?:licensePlate|detection)Picture[^";]*)/i.exec(disposition)?.[1] ??
      /\bfilename="?((?:licensePlate|detection)Picture[^";]*)/i.exec(disposition)?.[1] ??
      /\b(?:file)?name="?([^";]*)/i.exec(disposition)?.[1]
    this.at = 'body'
    this.open = {
      kind: null,
      type,
      charset,
      name: name ?? valueOf('content-id'),
      declared: declared === 0 ? null : declared,
      rope: null,
      size: 0,
      tooLarge: false,
    }
    return true
  }

  private bytesMax(kind: OpenKind | null): number {
    const { textBytesMax, pictureBytesMax } = this.state.limits
    return kind === 'picture' || kind === 'nested' ? pictureBytesMax : textBytesMax
  }

  private take(count: number): void {
    const { open } = this
    if (open === null || count === 0) return
    if (open.kind !== 'text' && open.kind !== 'nested') this.isPicture(count)
    const bytes = this.buffer.slice(0, count)
    this.buffer = this.buffer.subarray(count)
    const size = open.size + count
    const tooLarge = open.tooLarge || size > this.bytesMax(open.kind)
    const rope = tooLarge ? null : { bytes, before: open.rope }
    this.open = { ...open, size, tooLarge, rope }
  }

  /** Records the next `count` bytes as picture bytes; bytes carried over from an earlier feed are left out. */
  private isPicture(count: number): void {
    const at = this.fed - this.buffer.length
    const from = Math.max(0, at)
    if (at + count > from) this.pictures.push([from, at + count - from])
  }

  private end(): void {
    const { open } = this
    this.open = null
    this.at = 'between'
    if (open === null) return
    if (open.tooLarge) {
      this.discardedBytes += open.size
      this.tooLarge++
    } else if (open.kind === 'nested') this.within(unrolled(open.rope, open.size))
    else this.parts.push({ ...named(open), bytes: unrolled(open.rope, open.size) })
  }

  /** Takes the parts of a part. */
  private within(bytes: Uint8Array): void {
    const inner = openMultipart('boundary', this.state.limits, true)
    const fed = feedMultipart(inner, bytes, this.wholeText)
    const last = lastPart(fed.state)
    this.parts.push(...fed.parts, ...(last === null ? [] : [last]))
    this.discardedBytes += fed.discardedBytes
    this.tooLarge += fed.tooLarge
  }

  private body(): boolean {
    const { open } = this
    if (open === null) return false
    if (open.kind === null && !this.judge(open)) return false
    if (this.open?.kind === 'text') return this.wholeAtLength() || this.toBoundary()
    return this.toBoundary(open.declared === null ? Infinity : open.declared - open.size)
  }

  /** Decides kind and size limit of the open part; false when more bytes are needed. */
  private judge(open: OpenPart): boolean {
    const to = find(this.buffer, this.needle, 0)
    const size = Math.min(open.declared ?? Infinity, to < 0 ? Infinity : to, tellingBytes)
    if (this.buffer.length < size) return false
    const first = this.buffer.subarray(0, size)
    const isOuter = !this.state.isInner && isNested(open.type, first)
    const kind = isOuter ? 'nested' : partKindOf(open.type, first)
    // The declared length of a text is never trusted; that of a picture only to drop one over the size limit.
    const tooLarge = kind !== 'text' && (open.declared ?? 0) > this.bytesMax(kind)
    this.open = { ...open, kind, tooLarge }
    return true
  }

  /** Whether an incomplete boundary line may begin before `at`. */
  private mayBegin(at: number): boolean {
    const lineStart = this.buffer.lastIndexOf(lf, at - 1) + 1
    const rest = latin(this.buffer.subarray(lineStart))
    const name = latin(this.needle.subarray(2))
    return (
      /^-/.test(rest) && rest.length <= name.length + 8 && name.startsWith(rest.replace(/^-+/, ''))
    )
  }

  /** Takes the bytes that certainly belong to the body; true at its boundary, or `lengthLeft` bytes before one. */
  private toBoundary(lengthLeft = Infinity): boolean {
    const { needle } = this
    for (let from = 0; ;) {
      const found = find(this.buffer, needle, from)
      if (found < 0) break
      let start = found
      while (start > 0 && this.buffer[start - 1] === dash) start--
      const atLineStart = start === 0 ? this.open?.size === 0 : this.buffer[start - 1] === lf
      const end = atLineStart ? this.lineEnd(found) : 'none'
      if (end === 'none') {
        from = found + 1
        continue
      }
      const lineEndBytes = start === 0 ? 0 : this.buffer[start - 2] === cr ? 2 : 1
      if (start - lineEndBytes >= lengthLeft) break
      this.take(start - lineEndBytes)
      if (end === 'wait') return false
      this.end()
      return true
    }
    if (lengthLeft <= this.buffer.length && !this.mayBegin(lengthLeft)) {
      this.take(lengthLeft)
      this.end()
      return true
    }
    // The last bytes may be the start of a boundary line: line end, dashes and all but its last byte.
    this.take(Math.max(0, this.buffer.length - (needle.length + 6)))
    return false
  }

  /** A text ends at once when all declared bytes have arrived and it is visibly complete. */
  private wholeAtLength(): boolean {
    const { open } = this
    if (open === null || open.declared === null || open.tooLarge) return false
    const rest = open.declared - open.size
    if (rest < 0 || rest > this.buffer.length) return false
    const bytes = withCarry(unrolled(open.rope, open.size), this.buffer.subarray(0, rest))
    if (!this.wholeText({ ...named(open), bytes })) return false
    this.take(rest)
    this.end()
    return true
  }
}

const named = ({ kind, type, charset, name }: OpenPart, head: Uint8Array = none) => ({
  kind: kind === null || kind === 'nested' ? partKindOf(type, head) : kind,
  type,
  charset,
  name,
})

const latin = (bytes: Uint8Array): string => {
  let text = ''
  for (const byte of bytes) text += String.fromCharCode(byte)
  return text
}

/** `wholeText` says whether a text is complete with the bytes received so far. */
export function feedMultipart(
  state: MultipartState,
  bytes: Uint8Array,
  wholeText: (part: Part) => boolean,
): MultipartStep {
  const reader = new Reader(state, bytes, wholeText)
  const next = reader.run()
  const { parts, discardedBytes, tooLarge, pictures } = reader
  return { state: next, parts, discardedBytes, tooLarge, pictures }
}

/** The part being read, with the bytes received so far; null between parts. */
export function openPart(state: MultipartState): Part | null {
  const { open } = state
  if (open === null || open.tooLarge) return null
  const bytes = withCarry(unrolled(open.rope, open.size), state.carry)
  return { ...named(open, bytes), bytes }
}

function withoutDashes(text: string): string {
  let [from, to] = [0, text.length]
  while (text[from] === '-') from++
  while (to > from && text[to - 1] === '-') to--
  return text.slice(from, to)
}

/** The part in which the bytes end for good, without the beginning of a boundary line behind it; null: there is none. */
export function lastPart(state: MultipartState): Part | null {
  const part = openPart(state)
  if (part === null) return null
  const { bytes } = part
  const from = bytes.lastIndexOf(lf) + 1
  const rest = latin(bytes.subarray(from)).trimEnd()
  const name = latin(state.needle.subarray(2))
  const isCut = rest.startsWith('-') && withoutDashes(name).startsWith(withoutDashes(rest))
  const end = !isCut ? bytes.length : from - (bytes[from - 2] === cr ? 2 : 1)
  return { ...part, bytes: bytes.subarray(0, Math.max(0, end)) }
}

/** The open part takes no more memory: it is read to its end and dropped. */
export const withoutOpen = (state: MultipartState): MultipartState =>
  state.open === null ? state : { ...state, open: { ...state.open, tooLarge: true, rope: null } }

/** Ends the open part: it is complete by itself and no bytes followed for a while. */
export function closePart(state: MultipartState): MultipartState {
  return { ...state, at: 'between', open: null, carry: none }
}
