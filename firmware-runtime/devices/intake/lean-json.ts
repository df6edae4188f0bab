// JSON input with bounded memory: short texts are kept, pictures in base64 are decoded while they arrive, and a text
// too long for a picture is left empty (F21). Small chunks cost nothing more.
import { cameraText } from '../pure/camera/text.ts'
import { Base64Stream } from './base64-stream.ts'

const quote = 0x22
const backslash = 0x5c
/** A longer text is a picture; other texts of a push are names, numbers and times. */
const inlineBytesMax = 4 * 1024
/** More escaped quotes than any camera sends; each is slower than other bytes. */
const escapedQuotesMax = 4_096
/** The buffer doubles up to the limit. */
const firstBytes = 4 * 1024

/** Counts the decoded pictures of all pushes together. */
export interface PictureSpace {
  take(bytes: number): boolean
  give(bytes: number): void
}

export class LeanJson {
  /** Texts left empty because they were too long or invalid base64. */
  dropped = 0
  /** Decoded pictures by the text that replaces each. */
  readonly pictures = new Map<string, Uint8Array>()
  private readonly stringBytesMax: number
  private readonly keptBytesMax: number
  private readonly pictureBytesMax: number
  private kept = Buffer.alloc(firstBytes)
  private size = 0
  private readonly room: PictureSpace
  private pictureBytes = 0
  private heldBytes = 0
  private inString = false
  /** Kept bytes before the text being read, and the length of that text so far. */
  private textAt = 0
  private textBytes = 0
  private picture: Base64Stream | null = null
  private skipping = false
  /** The next byte follows an odd number of backslashes. */
  private escaped = false
  private escapedQuotes = 0

  /** `keptBytesMax`: limit of everything but pictures; a camera never sends more. */
  constructor(
    stringBytesMax: number,
    keptBytesMax = Number.MAX_SAFE_INTEGER,
    pictureBytesMax = Number.MAX_SAFE_INTEGER,
    room: PictureSpace = { take: () => true, give: () => undefined },
  ) {
    this.stringBytesMax = stringBytesMax
    this.keptBytesMax = keptBytesMax
    this.pictureBytesMax = pictureBytesMax
    this.room = room
  }

  /** Releases the picture memory after the pictures were handed over or dropped. */
  end(): void {
    this.room.give(this.heldBytes)
    this.heldBytes = 0
  }

  /** True when the push is larger than any valid one: the rest need not be read. */
  get overflowed(): boolean {
    return this.size > this.keptBytesMax || this.escapedQuotes > escapedQuotesMax
  }

  get text(): string {
    return this.textAs('')
  }

  /** `charset`: as the header states it; empty: not stated. */
  textAs(charset: string): string {
    return cameraText(this.kept.subarray(0, this.size), charset)
  }

  take(chunk: Buffer): void {
    for (let at = 0; at < chunk.length && !this.overflowed;) {
      const found = chunk.indexOf(quote, at)
      const end = found < 0 ? chunk.length : found
      if (this.inString) this.inText(chunk.subarray(at, end))
      else this.keep(chunk.subarray(at, end))
      at = end + 1
      if (found >= 0) this.atQuote(chunk.subarray(found, found + 1))
    }
  }

  private atQuote(bytes: Buffer): void {
    if (this.inString && this.escaped) {
      this.escaped = false
      this.escapedQuotes++
      if (this.picture !== null) this.drop()
      if (!this.skipping) this.keepText(bytes)
      return
    }
    if (this.picture !== null) this.endPicture(this.picture)
    this.keep(bytes)
    this.inString = !this.inString
    this.skipping = false
    this.escaped = false
    this.textAt = this.size
    this.textBytes = 0
  }

  private inText(bytes: Buffer): void {
    if (bytes.length === 0) return
    let last = bytes.length
    while (last > 0 && bytes[last - 1] === backslash) last--
    const odd = (bytes.length - last) % 2 === 1
    this.escaped = last === 0 ? this.escaped !== odd : odd
    if (!this.skipping) this.keepText(bytes)
  }

  private keepText(bytes: Buffer): void {
    this.textBytes += bytes.length
    if (this.textBytes > this.stringBytesMax) this.drop()
    else if (this.picture !== null) this.feed(this.picture, bytes)
    else if (this.textBytes <= inlineBytesMax) this.keep(bytes)
    else {
      this.picture = new Base64Stream()
      this.feed(this.picture, this.kept.subarray(this.textAt, this.size))
      this.size = this.textAt
      if (this.picture !== null) this.feed(this.picture, bytes)
    }
  }

  private feed(picture: Base64Stream, bytes: Buffer): void {
    const was = picture.bytes
    picture.take(bytes)
    const more = picture.bytes - was
    if (!this.room.take(more)) {
      this.drop(was)
      return
    }
    this.heldBytes += more
    if (picture.broken || this.pictureBytes + picture.bytes > this.pictureBytesMax) this.drop()
  }

  private drop(heldBytes = this.picture?.bytes ?? 0): void {
    this.size = this.textAt
    this.room.give(heldBytes)
    this.heldBytes -= heldBytes
    this.picture = null
    this.skipping = true
    this.dropped++
  }

  private endPicture(picture: Base64Stream): void {
    const bytes = picture.end()
    if (bytes === null) {
      this.drop()
      return
    }
    // Base64 has no colon, so the name cannot be mistaken for a picture's text.
    const name = `picture:${this.pictures.size}`
    this.pictures.set(name, bytes)
    this.pictureBytes += bytes.length
    this.picture = null
    this.keep(Buffer.from(name))
  }

  private keep(bytes: Buffer): void {
    const size = this.size + bytes.length
    if (size <= this.keptBytesMax && size > this.kept.length) {
      const more = Buffer.alloc(Math.min(Math.max(size, 2 * this.kept.length), this.keptBytesMax))
      this.kept.copy(more, 0, 0, this.size)
      this.kept = more
    }
    if (size <= this.kept.length) bytes.copy(this.kept, this.size)
    this.size = size
  }
}
