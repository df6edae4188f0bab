// The link of a simulated device as its model sees it: bytes in and out, clients that come and go.
// link.ts opens it over TCP, link-pty.ts over a pty.

export interface SimLinkHandlers {
  /** A client came. Ids count up from 1; a pty has one client for ever. */
  up(client: number): void
  bytes(chunk: Uint8Array, client: number): void
  down(client: number): void
  /** The link cannot be made again: the process says why and ends. */
  failed(error: unknown): void
}

export interface SimLink {
  /** `tcp://127.0.0.1:PORT` or `serial:PATH`: what a lane writes into its lot file. */
  readonly url: string
  /** Sends to one client, or to all when none is named. */
  send(bytes: Uint8Array, client?: number): void
  /** Ends one client's connection. */
  hangUp(client: number): void
  /** Pulls the plug: clients lose their connection, and none comes for `forMs`. */
  unplug(forMs: number): void
  close(): Promise<void>
  readonly bytesIn: number
  readonly bytesOut: number
}
