// The one dispatcher of the control API: known name, role, what there is here, arguments, then the row's
// own work. Every transport and the tests come through here, to a lot and to the workbench alike.
import { checkArgs, isApiName } from '../../api/check.ts'
import {
  api,
  mayDo,
  type AnswerOf,
  type ApiName,
  type ApiReply,
  type ArgsOf,
  type Role,
} from '../../api/table.ts'
import { LaneFault } from '../../core/values/faults.ts'
import type { ApiSession } from '../../ports/api-host.ts'
import { refused } from '../api-fault.ts'
import { isStreamName, type ControlStreams } from './control-streams.ts'

/** A row's own work: its arguments are checked, its caller may. */
export type Handlers = {
  readonly [N in ApiName]: (args: ArgsOf<N>, role: Role) => AnswerOf<N> | Promise<AnswerOf<N>>
}
export type HandlersOf<N extends ApiName> = Pick<Handlers, N>

interface DispatcherParts {
  /** What is left out is of a lot, and there is none here (LOT-01). */
  readonly handlers: Partial<Handlers>
  readonly streams: ControlStreams
  /** Calls of the demo are for a demo alone. */
  readonly demo: boolean
  /** Told of a fault before it is answered. */
  failed?(fault: LaneFault): void
}

export class Dispatcher {
  private readonly parts: DispatcherParts

  constructor(parts: DispatcherParts) {
    this.parts = parts
  }

  /** What one caller may do, by its role. */
  session(role: Role): ApiSession {
    const { streams } = this.parts
    return {
      call: (name, args) => this.call(name, args, role),
      subscribe: (stream, sinceSeq, sink, ended) =>
        isStreamName(stream) ? streams.subscribe(stream, sinceSeq, sink, ended) : null,
    }
  }

  async call(name: string, args: unknown, role: Role): Promise<ApiReply<unknown>> {
    try {
      return { ok: true, data: await this.answer(name, args, role) }
    } catch (error) {
      if (!(error instanceof LaneFault)) throw error
      this.parts.failed?.(error)
      return refused(error)
    }
  }

  private async answer(name: string, args: unknown, role: Role): Promise<unknown> {
    const { handlers, streams, demo } = this.parts
    const field = '/name'
    if (!isApiName(name)) throw new LaneFault('API-01', { field, value: name.slice(0, 80) })
    const row = api[name]
    if (!mayDo(role, row.role))
      throw new LaneFault('API-02', { field, value: name, note: `needs ${row.role}` })
    const handler = handlers[name] as ((args: unknown, role: Role) => unknown) | undefined
    if (handler === undefined) throw new LaneFault('LOT-01', { field, value: name })
    if (row.demoOnly && !demo)
      throw new LaneFault('API-02', { field, value: name, note: 'only in a demo' })
    const checked = checkArgs(name, args)
    if (!checked.ok) throw new LaneFault('API-01', checked.wrong)
    const data = await handler(checked.args, role)
    if (row.act || row.demoOnly) streams.changed()
    return data
  }
}
