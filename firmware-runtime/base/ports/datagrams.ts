// One datagram and its answer, with the times of a clock at both: what an SNTP query needs.
// The times are taken as near to the link as the machine lets us.

interface DatagramAnswer {
  readonly bytes: Uint8Array
  /** By the clock that is measured, ms since 1970 with fractions. */
  readonly sentMs: number
  readonly receivedMs: number
  /** Address to which the name of the host led. */
  readonly address: string
}

interface DatagramAsk {
  readonly host: string
  readonly port: number
  /** Makes the bytes for the moment at which they leave. */
  bytesAt(sentMs: number): Uint8Array
  /** False: not an answer to this; another is waited for. */
  isAnswer(bytes: Uint8Array): boolean
  readonly waitMs: number
}

export interface Datagrams {
  /** `noAnswer` after the wait, `unreachable` with the system's reason. */
  ask(
    what: DatagramAsk,
  ): Promise<
    DatagramAnswer | { readonly failed: 'noAnswer' | 'unreachable'; readonly note: string }
  >
}
