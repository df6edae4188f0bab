// How a command speaks to a live runtime: on a live folder everything goes through its API.
// Where none runs a command opens the folder itself (runtime/folder/).
import { resolve } from 'node:path'
import {
  endpointOf,
  nobodyTook,
  followStream,
  postCall,
  type Endpoint,
  type LiveRuntime,
} from '../api/runtime-client.ts'
import type { AnswerOf, ApiName, ApiReply, ArgsOf, StreamItem, StreamName } from '../api/table.ts'
import { t } from '../core/values/fault-text.ts'
import { faults, isFaultCode, LaneFault } from '../core/values/faults.ts'
import { liveRuntime } from '../runtime/folder/data-folder.ts'
import { needed } from './command.ts'

export const folderOf = (data: string | undefined): string => resolve(needed(data, 'data'))

/**
 * RUN-01 for a look, and for an act that nobody took. Else the act may have been carried out and its answer was lost: RUN-03
 * with the id under which it is not done a second time.
 */
function unanswered(error: unknown, api: string, args: unknown): LaneFault {
  const note = error instanceof Error ? error.message : String(error)
  const { commandId } = args as { readonly commandId?: unknown }
  if (typeof commandId !== 'string' || nobodyTook(error))
    return new LaneFault('RUN-01', { value: api, note })
  const again = t(
    `重试时加上 --command-id ${commandId},就不会执行两次`,
    `try again with --command-id ${commandId}: then it is not done twice`,
  )
  return new LaneFault('RUN-03', { field: '--command-id', value: commandId, note: again })
}

export class RuntimeClient {
  readonly live: LiveRuntime
  private readonly endpoint: Endpoint

  constructor(live: LiveRuntime) {
    this.live = live
    this.endpoint = endpointOf(live)
  }

  /** One call; a refusal comes back as the fault it is. */
  async call<N extends ApiName>(name: N, args: ArgsOf<N>): Promise<AnswerOf<N>> {
    const reply = (await this.post(name, args)) as ApiReply<AnswerOf<N>>
    if (reply.ok) return reply.data
    const { code, field, value, message, todo, why: both } = reply.error
    const known = isFaultCode(code) ? code : 'API-01'
    const what = faults[known].what.zh
    const note = message.startsWith(`${what}: `) ? message.slice(what.length + 2) : ''
    throw new LaneFault(known, {
      ...(field === '' ? {} : { field }),
      ...(value === '' ? {} : { value }),
      ...(both === undefined ? (note === '' ? {} : { note }) : { note: both }),
      ...(todo === '' || todo === faults[known].todo.zh ? {} : { todo }),
    })
  }

  /** Waits as long as the runtime works. */
  private async post(name: string, args: unknown): Promise<unknown> {
    try {
      return await postCall(this.endpoint, { name, args })
    } catch (error) {
      throw unanswered(error, this.endpoint.api, args)
    }
  }

  /** Follows a stream until it ends or `end` is called. */
  stream<N extends StreamName>(
    stream: N,
    sinceSeq: number,
    take: (item: StreamItem<N>) => void,
  ): { readonly ended: Promise<void>; end(): void } {
    const { promise, resolve: ended } = Promise.withResolvers<void>()
    const { endpoint } = this
    return { ended: promise, end: followStream({ endpoint, stream, sinceSeq, take, ended }) }
  }
}

/** A client of the runtime that runs on the folder, or null when none does. */
export function clientOf(dir: string): RuntimeClient | null {
  const live = liveRuntime(dir)
  return live === null ? null : new RuntimeClient(live)
}

/** RUN-02 where nothing runs: acts on a lane need its runtime. */
export function runningClient(dir: string): RuntimeClient {
  const client = clientOf(dir)
  if (client === null) throw new LaneFault('RUN-02', { file: dir })
  return client
}

/** One JSON document: on one line for scripts, indented for people. */
export const jsonText = (value: unknown, forScripts: boolean): string =>
  `${JSON.stringify(value, null, forScripts ? 0 : 2)}\n`
