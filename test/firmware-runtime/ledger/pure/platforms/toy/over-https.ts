// A platform of the simulation behind a real HTTPS connection: each request leaves this thread, crosses TLS on loopback and
// returns as bytes, while the simulation's clock stands still.
import { MessageChannel, receiveMessageOnPort, Worker } from 'node:worker_threads'
import type { HttpRequest } from '#base/ports/http-client.ts'
import type { PlatformAnswer, PlatformModel } from '#simulators/platform/model.ts'
import type { Message, Start, Told } from './https-thread.ts'

const waitMs = 60_000

export class OverHttps {
  /** Number of requests answered over the connection. */
  exchanges = 0
  private readonly told = new Int32Array(new SharedArrayBuffer(4))
  private seen = 0
  private readonly channel = new MessageChannel()
  private readonly worker: Worker

  /** `dir`: folder of the server's certificate and its authority. */
  constructor(dir: string) {
    const { port2: port } = this.channel
    const workerData: Start = { dir, told: this.told, port }
    this.worker = new Worker(new URL('./https-thread.ts', import.meta.url), {
      workerData,
      transferList: [port],
      execArgv: [],
    })
    this.worker.once('error', (error) => {
      throw error
    })
    const { what } = this.next()
    if (what !== 'ready') throw new Error(what)
  }

  carrying(model: PlatformModel): PlatformModel {
    return { ...model, handle: (request, nowMs) => this.exchange(model, request, nowMs) }
  }

  async close(): Promise<void> {
    this.say('close')
    this.channel.port1.close()
    await this.worker.terminate()
  }

  private exchange(
    model: PlatformModel,
    { method, path, headers, body }: Parameters<PlatformModel['handle']>[0],
    nowMs: number,
  ): PlatformAnswer | null {
    this.say({ send: { method: method as HttpRequest['method'], path, headers, body } })
    for (;;) {
      const told = this.next()
      if (told.what === 'asked') this.say({ answer: model.handle(told.request, nowMs) })
      else if (told.what === 'came') {
        const { answer } = told
        if (answer.kind === 'silence') throw new Error(answer.reason)
        this.exchanges++
        return answer
      } else throw new Error(told.what === 'failed' ? told.why : told.what)
    }
  }

  private say(message: Message): void {
    this.channel.port1.postMessage(message)
  }

  /** Blocks without a clock until the other thread has a message. */
  private next(): Told {
    if (Atomics.wait(this.told, 0, this.seen, waitMs) === 'timed-out')
      throw new Error('nothing came over the connection')
    this.seen++
    const received = receiveMessageOnPort(this.channel.port1) as { message: Told } | undefined
    if (received === undefined) throw new Error('a message was told and is not there')
    return received.message
  }
}
