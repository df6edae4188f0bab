// Base64 as it comes inside a JSON text, decoded piece by piece: no text of a picture is ever held whole.
// Line ends, which some firmware puts in, and the escaped slash of JSON are taken; anything else breaks it.

/** Four letters are three bytes. */
const group = 4

export class Base64Stream {
  broken = false
  bytes = 0
  private readonly pieces: Buffer[] = []
  private rest = ''
  private padded = false

  take(chunk: Uint8Array): void {
    if (this.broken) return
    const came =
      this.rest + Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length).toString('latin1')
    // A backslash at the end waits for the letter that it stands before.
    const cut = came.endsWith('\\') ? came.length - 1 : came.length
    const read = came.slice(0, cut)
    const text = read.includes('\\') ? read.replaceAll('\\/', '/').replaceAll(/\\[rn]/g, '') : read
    const whole = text.length - (text.length % group)
    this.decode(text.slice(0, whole))
    this.rest = text.slice(whole) + came.slice(cut)
  }

  private decode(text: string): void {
    // Padding ends a picture: what comes behind it breaks it.
    if (text === '') return
    if (this.padded || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) {
      this.broken = true
      return
    }
    this.padded = text.endsWith('=')
    const piece = Buffer.from(text, 'base64')
    this.pieces.push(piece)
    this.bytes += piece.length
  }

  /** The bytes, or null where it was no whole base64. */
  end(): Uint8Array | null {
    if (this.broken || this.rest !== '') return null
    const all = Buffer.concat(this.pieces)
    return new Uint8Array(all.buffer, all.byteOffset, all.length)
  }
}
