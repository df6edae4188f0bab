// The program as Studio hosts it, without Electron: its set-up of a folder, called over its message port, and killed.
import { fork, type ChildProcess } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { HostMode } from '#runtime/api/messages.ts'
import type { AnswerOf, ApiName, ArgsOf } from '#runtime/api/table.ts'
import type { ApiReply } from '#base/calls/rows.ts'
import { program } from './program.ts'

const shim = fileURLToPath(new URL('parent-port.mjs', import.meta.url))
const running = new Set<HostedProgram>()

export class HostedProgram {
  private readonly child: ChildProcess
  private readonly ended: Promise<unknown>
  private readonly replies = new Map<number, (reply: ApiReply<unknown>) => void>()
  private lastId = 0

  constructor(dataDir: string, mode: HostMode) {
    this.child = fork(program, ['host'], { execArgv: ['--import', shim], stdio: 'inherit' })
    running.add(this)
    this.ended = new Promise((done) => this.child.once('exit', done))
    this.child.on('message', (message: { id?: number; reply?: ApiReply<unknown> }) => {
      if (message.id !== undefined && message.reply !== undefined)
        this.replies.get(message.id)?.(message.reply)
    })
    this.child.send({ type: 'host', dataDir, mode, forTests: true })
  }

  call<N extends ApiName>(name: N, args: ArgsOf<N>): Promise<ApiReply<AnswerOf<N>>> {
    const id = ++this.lastId
    return new Promise((done) => {
      this.replies.set(id, (reply) => done(reply as ApiReply<AnswerOf<N>>))
      this.child.send({ id, call: { name, args } })
    })
  }

  async data<N extends ApiName>(name: N, args: ArgsOf<N>): Promise<AnswerOf<N>> {
    const reply = await this.call(name, args)
    if (!reply.ok) throw new Error(JSON.stringify(reply.error))
    return reply.data
  }

  async kill(): Promise<void> {
    this.child.kill('SIGKILL')
    await this.ended
    running.delete(this)
  }
}

export const killHosted = async (): Promise<void> => {
  await Promise.all([...running].map((one) => one.kill()))
}
