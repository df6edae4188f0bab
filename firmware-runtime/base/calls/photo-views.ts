// Answers of the calls about photos of instruments: how much of a photo has arrived. `photo.get` returns the photo
// itself, like photos of plates.

export interface PhotoHeldView {
  /** Bytes received so far. */
  readonly bytes: number
}
