// A lot that is being set up, for tests of its pages: the real draft and its verdicts, kept in memory.
// The board of such a workbench has no lanes.
import type { ApiReply } from '#base/calls/rows.ts'
import type { BoardView } from '#lane/calls/views.ts'
import { refused } from '#base/process/api-fault.ts'
import { peopleCalls } from '#lane/desk/handlers/control-people.ts'
import { setupOf } from '#lane/desk/handlers/control-setup.ts'
import { machineCaller, type Caller, type PeopleGate } from '#lane/people/people-gate.ts'
import { judgeDraft } from '#lane/desk/setup/judge.ts'
import { noProof, type LotProof } from '#lane/desk/setup/lot-proof.ts'
import { tariffOfDraft } from '#lane/desk/setup/lot-of-draft.ts'
import { SetupService } from '#lane/desk/setup/setup-service.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { present } from '#base/pure/values/must.ts'
import { MemoryPorts, wholeDraft } from '../../../firmware-runtime/lane/desk/setup/setup-kit.ts'
import { boards } from '../lane/lane-views.ts'

export const setupBoard: BoardView = {
  ...boards.normal,
  status: { ...boards.normal.status, mode: 'workbench' },
  lanes: [],
  bench: null,
  setup: true,
}

/** The runtime's answer; SETUP-01 when no lot is being set up. */
export function answerSetup(
  service: SetupService | null,
  name: string,
  args: object,
  proof: LotProof = noProof,
): ApiReply<unknown> | Promise<ApiReply<unknown>> {
  const handlers: Readonly<Record<string, (args: never, role: 'owner') => unknown>> = setupOf({
    setup: service,
    surveys: { proof: () => Promise.resolve(proof) },
  })
  const failed = (error: unknown): ApiReply<unknown> => {
    if (error instanceof LaneFault) return refused(error)
    throw error
  }
  try {
    const data = handlers[name]?.(args as never, 'owner')
    return data instanceof Promise
      ? data.then((found: unknown) => ({ ok: true, data: found }), failed)
      : { ok: true, data }
  } catch (error) {
    return failed(error)
  }
}

/** Its people; before there is a lot nobody signs in. */
export async function answerPeople(
  gate: PeopleGate,
  name: string,
  args: object,
): Promise<ApiReply<unknown>> {
  const handlers: Readonly<Record<string, (args: never, role: 'owner', who: Caller) => unknown>> =
    peopleCalls({ gate, config: { name: { zh: '工作台', en: 'Workbench' } } })
  try {
    return {
      ok: true,
      data: await handlers[name]?.(args as never, 'owner', machineCaller('owner')),
    }
  } catch (error) {
    if (error instanceof LaneFault) return refused(error)
    throw error
  }
}

/** The forms of a lot whose lanes run. */
export function runningSettings(): SetupService {
  const ports = new MemoryPorts(null)
  const draft = wholeDraft
  const verdict = judgeDraft(draft, ports)
  const [config, tariff] = [verdict.config, tariffOfDraft(draft)]
  ports.keptNow = { config: present(config, 'a lot'), tariff: present(tariff, 'a tariff') }
  ports.inForceNow = { sinceIso: '2026-11-20T14:03:00+08:00', waiting: null, lanes: [], hands: [] }
  return new SetupService(ports)
}
