// Decodes Base64 inside a JSON text chunk by chunk, without ever holding a picture's whole text.
// Accepts line ends, which some firmware inserts, and JSON's escaped slash; other characters end it.

/** Four letters encode three bytes. */
const group = 4

const backslash = 0x5c
const slash = 0x2f
/** One letter in 64 is a slash, and a line end of two characters comes after each 64 or 76. */
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
  /** The last byte was a backslash: its letter has not arrived yet. */
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

  /** Runs between escapes are copied whole; a text of escapes only is not a picture and costs nothing more. */
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
      // A trailing backslash waits for its letter.
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
    // Node's decoder skips invalid characters, stops at padding, and accepts the URL alphabet, so the length is
    // checked.
    const whole = piece.length === (text.length / group) * 3 - padding
    if (this.padded || !whole || text.includes('-') || text.includes('_')) {
      this.broken = true
      return
    }
    // Padding ends a picture: more text after it is invalid.
    this.padded = padding > 0
    this.pieces.push(piece)
    this.bytes += piece.length
  }

  /** The bytes, or null for incomplete or invalid base64. */
  end(): Uint8Array | null {
    if (this.broken || this.waiting || this.rest !== '') return null
    const all = Buffer.concat(this.pieces)
    return new Uint8Array(all.buffer, all.byteOffset, all.length)
  }
}
