// The one dispatcher of the control API: known name, role, what there is here, arguments, then the row's
// own work. Every transport and the tests come through here, to a lot and to the workbench alike.
import { t } from '../../core/values/fault-text.ts'
import { checkArgs, isApiName, unansweredCode } from '../../api/check.ts'
import {
  api,
  mayDo,
  type AnswerOf,
  type ApiName,
  type ApiReply,
  type ArgsOf,
  type Role,
} from '../../api/table.ts'
import { LaneFault } from '../../core/faults/faults.ts'
import type {
  ApiSession,
  SeatToken,
  StreamHandle,
  StreamRefusal,
  StreamSink,
} from '../../ports/api-host.ts'
import { refused } from '../api-fault.ts'
import type { ActArgs } from '../lot/done-commands.ts'
import type { DocumentWork } from '../../ports/document-work.ts'
import { machineCaller, type Caller, type PeopleGate } from '../people/people-gate.ts'
import { documentKey, isDocumentCall } from './document-key.ts'
import type { ShiftFence } from './shift-fence.ts'
import { isStreamName, type ControlStreams } from './control-streams.ts'

/** Rows whose answer is another one for who has no books of the lot. */
type OfShift = 'day.get' | 'ledger.query' | 'queue.list'

/** A row's own work: its arguments are checked, its caller may. Calls of people, of documents and of a shift look at who asks. */
export type Handlers = {
  readonly [N in ApiName]: N extends `people.${string}` | `document.${string}` | OfShift
    ? (args: ArgsOf<N>, role: Role, caller: Caller) => AnswerOf<N> | Promise<AnswerOf<N>>
    : (args: ArgsOf<N>, role: Role) => AnswerOf<N> | Promise<AnswerOf<N>>
}
export type HandlersOf<N extends ApiName> = Pick<Handlers, N>

interface DispatcherParts {
  /** What is left out is of a lot, and there is none here (LOT-01). */
  readonly handlers: Partial<Handlers>
  readonly streams: ControlStreams
  /** Absent where there are no people: everybody is whoever the transport lets in. */
  readonly people?: PeopleGate | undefined
  /** Absent where there are no books. */
  readonly fence?: Pick<ShiftFence, 'check'> | undefined
  /** Absent where nothing is laid out: what is begun ends by itself. */
  readonly documents?: DocumentWork | undefined
  /** Calls of the demo are for a demo alone. */
  readonly demo: boolean
  /** Told of each call of an act before it is carried out; what it answers is called behind it. */
  begin?(name: ApiName, args: ActArgs): (isDone: boolean) => void
  /** Told of a fault before it is answered. */
  failed?(fault: LaneFault): void
}

export class Dispatcher {
  private readonly parts: DispatcherParts

  constructor(parts: DispatcherParts) {
    this.parts = parts
  }

  /** Whoever the transport lets in has this role; behind a window it is that of the person there. */
  session(role: Role): ApiSession {
    return {
      call: (name, args, seat = null) => this.callBy(name, args, this.callerOf(seat, role)),
      subscribe: (stream, sinceSeq, sink, ended, seat = null) =>
        isStreamName(stream)
          ? this.stream(() => this.callerOf(seat, role).role !== null, {
              open: (live, gone) => this.parts.streams.subscribe(stream, sinceSeq, live, gone),
              sink,
              ended,
            })
          : 'noStream',
    }
  }

  call(name: string, args: unknown, role: Role): Promise<ApiReply<unknown>> {
    return this.callBy(name, args, machineCaller(role))
  }

  private callerOf(seat: SeatToken, role: Role): Caller {
    return this.parts.people?.callerOf(seat, role) ?? machineCaller(role, seat)
  }

  /** A stream ends with the session that opened it, at its next item. */
  private stream(
    isLive: () => boolean,
    {
      open,
      sink,
      ended,
    }: {
      readonly open: (sink: StreamSink, ended: () => void) => StreamHandle
      readonly sink: StreamSink
      readonly ended: () => void
    },
  ): StreamHandle | StreamRefusal {
    if (!isLive()) return 'nobody'
    const handle = open((item) => {
      if (isLive()) return sink(item)
      handle.end()
      ended()
      return false
    }, ended)
    return handle
  }

  private async callBy(name: string, args: unknown, caller: Caller): Promise<ApiReply<unknown>> {
    try {
      return { ok: true, data: await this.answer(name, args, caller) }
    } catch (error) {
      if (!(error instanceof LaneFault)) throw error
      this.parts.failed?.(error)
      return refused(error)
    }
  }

  private async answer(name: string, args: unknown, caller: Caller): Promise<unknown> {
    const { handlers, streams, demo } = this.parts
    const field = '/name'
    if (!isApiName(name)) throw new LaneFault('API-01', { field, value: name.slice(0, 80) })
    const row = api[name]
    this.mustBeAllowed(name, caller)
    const handler = handlers[name] as
      | ((args: unknown, role: Role, caller: Caller) => unknown)
      | undefined
    if (handler === undefined) throw new LaneFault('LOT-01', { field, value: name })
    if (row.demoOnly && !demo)
      throw new LaneFault('API-02', {
        field,
        value: name,
        note: t('只在演示中可用', 'only in a demo'),
      })
    const checked = checkArgs(name, args)
    if (!checked.ok) throw new LaneFault('API-01', checked.wrong)
    const held = this.parts.fence?.check(name, checked.args, caller)
    if (held !== undefined) await held
    const begin = row.act ? this.parts.begin : undefined
    const ended = begin?.(name, checked.args as ActArgs)
    let isDone = false
    try {
      const own = this.signed(name, checked.args, caller)
      // Rows of a seat that nobody sits on look at the caller, never at its role.
      const work = () => handler(own, caller.role ?? 'auditor', caller)
      const { documents } = this.parts
      const data = await (documents === undefined || !isDocumentCall(name)
        ? work()
        : documents.run(documentKey(caller, name), row.rest !== null, work))
      isDone = true
      if (row.act || row.demoOnly) streams.changed()
      return data
    } catch (error) {
      // A worker that gave no answer says of an act that it may have been done.
      if (!(error instanceof LaneFault) || error.code !== 'RUN-03') throw error
      throw new LaneFault(unansweredCode(name), error.detail)
    } finally {
      ended?.(isDone)
    }
  }

  private mustBeAllowed(name: ApiName, { role, mustChange }: Caller): void {
    const { right } = api[name]
    if (role === null && right !== 'seat') throw new LaneFault('PEOPLE-03', { value: name })
    if (!mayDo(role, right))
      throw new LaneFault('API-02', {
        field: '/name',
        value: name,
        note: t(`需要权限 ${right}`, `needs ${right}`),
      })
    if (mustChange && right !== 'seat') throw new LaneFault('PEOPLE-12', { value: name })
  }

  /** What is done is its person's: the name comes from the session, whatever the window says. */
  private signed(name: ApiName, args: unknown, caller: Caller): unknown {
    const { act, right } = api[name]
    // A search in the books names somebody else.
    const isSearch = right === 'desk' || right === 'books' || right === 'plates'
    const isNamed = typeof args === 'object' && args !== null && 'by' in args && !isSearch
    if (caller.person === null && act) this.parts.people?.mustNotBeTyped(name, args)
    if (caller.person === null || (!act && !isNamed)) return args
    // Who approved is who typed a PIN for it, whatever the window says.
    const { approvedBy: _, ...given } = args as { readonly approvedBy?: unknown }
    const own = { ...given, by: caller.person.name }
    const approvedBy = act
      ? (this.parts.people?.mustAssent(name, right, own, caller) ?? null)
      : null
    return approvedBy === null ? own : { ...own, approvedBy }
  }
}
