// A device with TCP clients, as a pure model: connected clients, and the delivery of bytes.
// The device defines the content.
import { DeviceModel, type DeviceOutput } from '../../shell/device-model.ts'
import type { FaultAction } from '../../shell/faults.ts'
import type { CameraProtocol } from './protocol.ts'

export abstract class TcpModel<Row> extends DeviceModel<DeviceOutput<Row>> {
  /** Notes about requests; the reader empties the list. */
  readonly notes: string[] = []
  /** Replies are sent in pieces of this many bytes; null: whole. */
  splitBytes: number | null = null
  abstract readonly protocol: Pick<CameraProtocol, 'up' | 'bytes' | 'down' | 'forget'>
  readonly #clients = new Set<number>()
  #offUntilUs = 0

  linkUp(client: number, atUs: number): void {
    this.agenda.runUntil(atUs)
    if (this.isOff) this.out({ atUs, do: 'hangUp', client })
    else {
      this.#clients.add(client)
      this.protocol.up(client)
    }
  }

  onBytes(chunk: Uint8Array, atUs: number, client: number): DeviceOutput<Row>[] {
    this.agenda.runUntil(atUs)
    // Silent: it accepts bytes and answers nothing.
    if (this.#clients.has(client) && !this.isSilent) this.protocol.bytes(client, chunk)
    return this.advance(atUs)
  }

  linkDown(client: number, atUs: number): void {
    this.agenda.runUntil(atUs)
    if (this.#clients.delete(client)) this.protocol.down(client)
  }

  /** Ends the effects of `act`. */
  override mend(): void {
    super.mend()
    this.#offUntilUs = 0
  }

  state(): Record<string, unknown> {
    return { clients: this.#clients.size, off: this.isOff, silent: this.isSilent }
  }

  protected get isOff(): boolean {
    return this.agenda.nowUs < this.#offUntilUs
  }

  protected override gone({ do: what, ms }: FaultAction): void {
    for (const client of [...this.#clients]) this.hangUp(client)
    if (what === 'reboot') this.protocol.forget()
    this.#offUntilUs = this.agenda.nowUs + ms * 1000
  }

  protected send(client: number, bytes: Uint8Array): void {
    if (!this.#clients.has(client) || this.isSilent) return
    const step = this.splitBytes ?? Math.max(1, bytes.length)
    for (let at = 0; at < bytes.length; at += step)
      this.out({ atUs: this.agenda.nowUs, do: 'send', client, bytes: bytes.slice(at, at + step) })
  }

  protected hangUp(client: number): void {
    if (!this.#clients.delete(client)) return
    this.protocol.down(client)
    this.out({ atUs: this.agenda.nowUs, do: 'hangUp', client })
  }
}
