// Counts the bytes on the sockets of a simulator with HTTP, including headers and TLS records.
// Simulators with only a link count there.
import type { Socket } from 'node:net'

export class SocketMeter {
  readonly #live = new Set<Socket>()
  #endedIn = 0
  #endedOut = 0

  /** Once per socket: a kept connection comes again with each request. */
  count(socket: Socket): void {
    if (this.#live.has(socket)) return
    this.#live.add(socket)
    socket.once('close', () => {
      this.#live.delete(socket)
      this.#endedIn += socket.bytesRead
      this.#endedOut += socket.bytesWritten
    })
  }

  get bytesIn(): number {
    return [...this.#live].reduce((sum, socket) => sum + socket.bytesRead, this.#endedIn)
  }

  get bytesOut(): number {
    return [...this.#live].reduce((sum, socket) => sum + socket.bytesWritten, this.#endedOut)
  }
}
