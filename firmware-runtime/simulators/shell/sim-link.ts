// The link of a simulated device for its model: bytes in and out, clients that connect and disconnect.
// link.ts opens it over TCP, link-pty.ts over a pty.

export interface SimLinkHandlers {
  /** A client connected. Ids count up from 1; a pty has one permanent client. */
  up(client: number): void
  bytes(chunk: Uint8Array, client: number): void
  down(client: number): void
  /** The link cannot be reopened: the process reports why and ends. */
  failed(error: unknown): void
}

export interface SimLink {
  /** `tcp://127.0.0.1:PORT` or `serial:PATH`: the link for a lot file. */
  readonly url: string
  /** Sends to one client, or to all when none is named. */
  send(bytes: Uint8Array, client?: number): void
  /** Ends one client's connection. */
  hangUp(client: number): void
  /** Unplugs the device: clients are disconnected, and none is accepted for `forMs`. */
  unplug(forMs: number): void
  close(): Promise<void>
  readonly bytesIn: number
  readonly bytesOut: number
}
