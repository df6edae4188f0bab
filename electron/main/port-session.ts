// One run of a hosted runtime as messages on a port: matches replies to calls, and items to streams.
// The messages are those of firmware-runtime/runtime/api/messages.ts; this file does not depend on Electron.
import { answerTimeoutOf, isActOf } from '#runtime/api/check.ts'
import type { StreamItem } from '#runtime/api/table.ts'
import type { FromRuntime, RuntimeNotice, ToRuntime } from '#runtime/api/messages.ts'
import { awayReply, noAnswerReply, type Reply, type Subscribed } from './runtime-link.ts'

interface Port {
  post(message: ToRuntime): void
  close(): void
}

interface Question {
  readonly answer: (reply: Reply) => void
  readonly timer: NodeJS.Timeout
  /** Name of the call: an act may have been carried out before the runtime ended. */
  readonly name: string
}

export class PortSession {
  private lastId = 0
  private readonly questions = new Map<number, Question>()
  private readonly takers = new Map<number, (item: StreamItem) => void>()
  private readonly port: Port

  /** The runtime's last notice of its state. */
  notice: RuntimeNotice | null = null

  constructor(port: Port) {
    this.port = port
  }

  take(message: FromRuntime): void {
    if ('type' in message) this.notice = message
    else if ('reply' in message) {
      const question = this.questions.get(message.id)
      this.questions.delete(message.id)
      clearTimeout(question?.timer)
      question?.answer(message.reply)
    } else this.takers.get(message.id)?.(message.item)
  }

  call(name: string, args: unknown, seat?: string): Promise<Reply> {
    const id = ++this.lastId
    const timeoutMs = answerTimeoutOf(name)
    return new Promise((answer) => {
      const timer = setTimeout(() => {
        this.questions.delete(id)
        answer(noAnswerReply(name, timeoutMs))
      }, timeoutMs)
      this.questions.set(id, { answer, timer, name })
      this.port.post({ id, seat, call: { name, args } })
    })
  }

  subscribe(...[stream, sinceSeq, take, seat]: Subscribed): () => void {
    const id = ++this.lastId
    this.takers.set(id, take)
    this.port.post({ id, seat, subscribe: { stream, sinceSeq } })
    return () => {
      if (this.takers.delete(id)) this.port.post({ id, unsubscribe: true })
    }
  }

  /** Asks the runtime to end in good order. */
  stop(): void {
    this.port.post({ type: 'stop' })
  }

  /** The runtime has ended: answers every open call. */
  end(): void {
    for (const { answer, timer, name } of this.questions.values()) {
      clearTimeout(timer)
      answer(isActOf(name) ? noAnswerReply(name, 0) : awayReply({ attempt: 0, waitMs: 0 }))
    }
    this.questions.clear()
    this.takers.clear()
    this.port.close()
  }
}
