// What the calls about photos of instruments answer: how much of one came so far.
// The photo itself is answered by `photo.get`, as those of plates are.

export interface PhotoHeldView {
  /** Bytes of this photo that came so far. */
  readonly bytes: number
}
