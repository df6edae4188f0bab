// Base64 as it comes inside a JSON text, decoded piece by piece: no text of a picture is ever held whole.
// Line ends, which some firmware puts in, and the escaped slash of JSON are taken; anything else breaks it.

/** Four letters are three bytes. */
const group = 4

const backslash = 0x5c
const slash = 0x2f
/** One letter in 64 is a slash, and two ends of a line come with each 64 or 76. */
const lettersAnEscapeMin = 12
const letterN = 0x6e
const letterR = 0x72

export class Base64Stream {
  broken = false
  bytes = 0
  private readonly pieces: Buffer[] = []
  private rest = ''
  private padded = false
  private escapes = 0
  private escapable = 64
  /** A backslash came last: the letter that it stands before is still to come. */
  private waiting = false

  take(chunk: Uint8Array): void {
    if (this.broken) return
    this.escapable += chunk.length / lettersAnEscapeMin
    const came = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length)
    const read = this.waiting || came.includes(backslash) ? this.unescaped(came) : came
    const text = this.rest + read.toString('latin1')
    const whole = text.length - (text.length % group)
    this.decode(text.slice(0, whole))
    this.rest = text.slice(whole)
  }

  /** Runs between escapes are copied whole; a text made of escapes is no picture and costs nothing more. */
  private unescaped(came: Buffer): Buffer {
    const read = Buffer.allocUnsafe(came.length)
    let size = 0
    for (let at = 0; at < came.length && !this.broken;) {
      if (this.waiting) {
        this.waiting = false
        const letter = came[at++]
        if (letter === slash) read[size++] = slash
        else if (letter !== letterN && letter !== letterR) this.broken = true
        continue
      }
      const found = came.indexOf(backslash, at)
      const end = found < 0 ? came.length : found
      size += came.copy(read, size, at, end)
      at = end + 1
      // A backslash at the end waits for the letter that it stands before.
      this.waiting = found >= 0
      if (this.waiting) this.escapes++
    }
    if (this.escapes > this.escapable) this.broken = true
    return read.subarray(0, size)
  }

  private decode(text: string): void {
    if (text === '' || this.broken) return
    const piece = Buffer.from(text, 'base64')
    const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0
    // The decoder leaves out what is no base64, ends at padding, and takes the letters of file names too.
    const whole = piece.length === (text.length / group) * 3 - padding
    if (this.padded || !whole || text.includes('-') || text.includes('_')) {
      this.broken = true
      return
    }
    // Padding ends a picture: what comes behind it breaks it.
    this.padded = padding > 0
    this.pieces.push(piece)
    this.bytes += piece.length
  }

  /** The bytes, or null where it was no whole base64. */
  end(): Uint8Array | null {
    if (this.broken || this.waiting || this.rest !== '') return null
    const all = Buffer.concat(this.pieces)
    return new Uint8Array(all.buffer, all.byteOffset, all.length)
  }
}
