// A link that carries bytes: serial port, TCP socket or, in simulation, a model in the same process.
// One opening is one attempt; opening again after `down` is the supervisor's decision.
import type { DownText } from '#base/pure/words/notes.ts'

export interface ByteLinkHandlers {
  /** `descriptor`: report descriptor of a HID device, where the system provides it. */
  up(descriptor?: Uint8Array): void
  bytes(chunk: Uint8Array): void
  /** Called exactly once when the link ends or never came up. `reason`: a note, or what the system says. */
  down(reason: DownText): void
}

export interface ByteLink {
  /** Queues bytes; a link that is down drops them (the driver sees `down`). */
  send(bytes: Uint8Array): void
  close(): void
  readonly bytesIn: number
  readonly bytesOut: number
}

export interface LinkOpener {
  /** `url`: `serial:PATH?baud=&parity=` or `tcp://host:port` (contract.md section 3). */
  open(url: string, handlers: ByteLinkHandlers): ByteLink
}
