// Simulated devices that answer requests: faults between a request and its answer.
// A fault's place is the name of the request; all of them pass `link`.
import { DeviceModel, type DeviceOutput } from './device-model.ts'
import type { FaultAction } from './faults.ts'

/** Null: no answer. `refused`: the answer of a refusal without an effect. */
type Answer = (refused: boolean) => Uint8Array | null

interface Request {
  readonly place: string
  readonly client: number
  readonly answer: Answer
}

export abstract class AnsweringModel<Row> extends DeviceModel<DeviceOutput<Row>> {
  /** Counts of requests by name. */
  protected readonly requests: Record<string, number> = {}
  #held: { client: number; bytes: Uint8Array }[] = []

  protected override gone({ do: what, ms }: FaultAction): void {
    if (what !== 'reboot') return
    this.#held = []
    this.goAway(ms)
  }

  /** `thinkUs` 0: the answer leaves at once. */
  protected arrived(request: Request, thinkUs = 0): void {
    const { place } = request
    this.requests[place] = (this.requests[place] ?? 0) + 1
    const before = this.faults.decide('link', 'before') ?? this.faults.decide(place, 'before')
    if (before?.do === 'drop' || before?.do === 'cut') return
    if (before && this.apply(before)) return
    if (before?.do === 'delay')
      this.agenda.plan(thinkUs + before.ms * 1000, () => this.#served(request, null))
    else if (thinkUs === 0) this.#served(request, before)
    else this.agenda.plan(thinkUs, () => this.#served(request, before))
  }

  #served({ place, client, answer }: Request, before: FaultAction | null): void {
    if (this.isAway) return
    const isRefused = before?.do === 'refuse'
    const bytes = answer(isRefused)
    if (bytes === null) return
    const fault =
      (isRefused ? null : before) ??
      this.faults.decide(place, 'after') ??
      this.faults.decide('link', 'after')
    if (fault?.do === 'drop' || (fault && this.apply(fault))) return
    if (fault?.do === 'delay') this.agenda.plan(fault.ms * 1000, () => this.#send(client, bytes))
    else if (fault?.do === 'flip' || fault?.do === 'cut')
      this.#send(client, this.mangled(bytes, fault))
    else if (fault?.do === 'reorder') this.#held.push({ client, bytes })
    else {
      const said = fault?.do === 'refuse' ? answer(true) : bytes
      if (said !== null) this.#send(client, said)
      if (fault?.do === 'duplicate') this.#send(client, bytes)
    }
  }

  #send(client: number, bytes: Uint8Array): void {
    if (this.isDeaf) return
    this.out({ atUs: this.agenda.nowUs, do: 'send', client, bytes })
    const held = this.#held
    this.#held = []
    for (const late of held) this.#send(late.client, late.bytes)
  }
}
