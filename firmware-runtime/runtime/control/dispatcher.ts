// The one dispatcher of the control API: checks the name, the role, the available features and the arguments, then runs
// the handler of the row. Every transport and the tests use it, for a lot and for the workbench alike.
import type { Handlers } from '#base/desk/handlers/handlers.ts'
import { t } from '#base/pure/words/fault-text.ts'
import { checkArgs, isApiName, unansweredCode } from '../api/check.ts'
import { api, type ApiName } from '../api/table.ts'
import { mayDo, type Role } from '#base/pure/values/roles.ts'
import type { ApiReply } from '#base/calls/rows.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import type {
  ApiSession,
  SeatToken,
  StreamHandle,
  StreamRefusal,
  StreamSink,
} from '#base/ports/api-host.ts'
import { refused } from '#base/process/api-fault.ts'
import type { ActArgs } from '#lane/lot/done-commands.ts'
import type { DocumentWork } from '#base/ports/document-work.ts'
import { machineCaller, type Caller, type PeopleGate } from '#lane/people/people-gate.ts'
import { documentKey, isDocumentCall } from '#base/desk/handlers/document-key.ts'
import type { ShiftFence } from '#base/desk/handlers/shift-fence.ts'
import { isStreamName, type ControlStreams } from './control-streams.ts'

interface DispatcherParts {
  /** A missing handler belongs to a lot, and no lot runs here (LOT-01). */
  readonly handlers: Partial<Handlers>
  readonly streams: ControlStreams
  /** Absent: no accounts; every caller that the transport accepts has its role. */
  readonly people?: PeopleGate | undefined
  /** Absent: no accounts to protect. */
  readonly fence?: Pick<ShiftFence, 'check'> | undefined
  /** Absent: no documents are made here; a job ends by itself. */
  readonly documents?: DocumentWork | undefined
  /** Demo calls are accepted in a demo only. */
  readonly demo: boolean
  /** Called before each act is carried out; the returned function is called after it. */
  begin?(name: ApiName, args: ActArgs): (isDone: boolean) => void
  /** Called with a fault before it is returned. */
  failed?(fault: LaneFault): void
}

export class Dispatcher {
  private readonly parts: DispatcherParts

  constructor(parts: DispatcherParts) {
    this.parts = parts
  }

  /** A session of the transport with this role; behind a window the role of the person signed in there counts. */
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

  /** A stream ends at its next item when the session that opened it has ended. */
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

  async callBy(name: string, args: unknown, caller: Caller): Promise<ApiReply<unknown>> {
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
        note: t('只在演示中可用', 'this is available only in a demo'),
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
      // Rows that an unattended window may call use the caller and never the role.
      const work = () => handler(own, caller.role ?? 'auditor', caller)
      const { documents } = this.parts
      const data = await (documents === undefined || !isDocumentCall(name)
        ? work()
        : documents.run(documentKey(caller, name), row.rest !== null, work))
      isDone = true
      if (row.act || row.demoOnly) streams.changed()
      return data
    } catch (error) {
      // Without an answer of the worker, an act may have been done.
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

  /** Puts the name of the signed-in person into an act, whatever the window sent. */
  private signed(name: ApiName, args: unknown, caller: Caller): unknown {
    const row = api[name]
    const { act, right } = row
    // `by` in a search of the books is a filter and names somebody else.
    const isSearch = right === 'desk' || right === 'books' || right === 'plates'
    const isNamed = typeof args === 'object' && args !== null && 'by' in args && !isSearch
    if (caller.person === null && act) this.parts.people?.mustNotBeTyped(name, args)
    if (caller.person === null || (!act && !isNamed)) return args
    // The second person is the one who typed a PIN for it, whatever the window sent.
    const { approvedBy: _, ...given } = args as { readonly approvedBy?: unknown }
    const own = { ...given, by: caller.person.name }
    const approvedBy = act ? (this.parts.people?.mustAssent(name, row, own, caller) ?? null) : null
    return approvedBy === null ? own : { ...own, approvedBy }
  }
}
