// A serial port that another device carries: bytes go through a camera to what hangs on its RS-485.
// It shares the fate of its carrier: while the carrier is away bytes are dropped, as on a pulled plug.

export interface SerialPassthrough {
  /** Sends bytes as they are; dropped while the carrier is not up. */
  send(bytes: Uint8Array): void
  /** What the far side of the serial port said, in pieces of any size. One listener at a time. */
  onBytes(listener: (bytes: Uint8Array) => void): void
  /** Told at once how it is now, then at every change. One listener at a time. */
  onUp(listener: (up: boolean) => void): void
}
