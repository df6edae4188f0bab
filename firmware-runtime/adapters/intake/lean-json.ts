// JSON on its way in, without the texts that are too long for any picture: a camera that pushes one of
// 50 MB in base64 still says its plate (F21). Bytes in as they come; what is kept is bounded.

const quote = 0x22
const backslash = 0x5c

export class LeanJson {
  /** Texts that were left empty because they were too long. */
  dropped = 0
  private readonly stringBytesMax: number
  private readonly pieces: Buffer[] = []
  private size = 0
  private inString = false
  /** Kept bytes and pieces before the text that is being read. */
  private textAt = { size: 0, pieces: 0 }
  private skipping = false
  /** An odd number of backslashes stands right before what comes next. */
  private escaped = false

  constructor(stringBytesMax: number) {
    this.stringBytesMax = stringBytesMax
  }

  get keptBytes(): number {
    return this.size
  }

  get text(): string {
    return Buffer.concat(this.pieces).toString('utf8')
  }

  take(chunk: Buffer): void {
    for (let at = 0; at < chunk.length;) {
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
      if (!this.skipping) this.keep(bytes)
      return
    }
    this.keep(bytes)
    this.inString = !this.inString
    this.skipping = false
    this.escaped = false
    this.textAt = { size: this.size, pieces: this.pieces.length }
  }

  private inText(bytes: Buffer): void {
    if (bytes.length === 0) return
    let last = bytes.length
    while (last > 0 && bytes[last - 1] === backslash) last--
    const odd = (bytes.length - last) % 2 === 1
    this.escaped = last === 0 ? this.escaped !== odd : odd
    if (this.skipping) return
    this.keep(bytes)
    if (this.size - this.textAt.size <= this.stringBytesMax) return
    this.pieces.length = this.textAt.pieces
    this.size = this.textAt.size
    this.skipping = true
    this.dropped++
  }

  private keep(bytes: Buffer): void {
    if (bytes.length === 0) return
    this.pieces.push(bytes)
    this.size += bytes.length
  }
}
