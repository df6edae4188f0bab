// The fault that a call is refused with. An error that is no fault is passed on, as no refusal has one.
import { LaneFault, type FaultCode } from '#base/pure/faults/faults.ts'

/** Null where the call returns. */
export function refusedBy(act: () => unknown): LaneFault | null {
  try {
    act()
    return null
  } catch (error) {
    if (error instanceof LaneFault) return error
    throw error
  }
}

/** Null where the promise is fulfilled. */
export async function refusedLater(pending: Promise<unknown>): Promise<LaneFault | null> {
  try {
    await pending
    return null
  } catch (error) {
    if (error instanceof LaneFault) return error
    throw error
  }
}

function present(fault: LaneFault | null): LaneFault {
  if (fault === null) throw new Error('it was accepted')
  return fault
}

export const faultOf = (act: () => unknown): LaneFault => present(refusedBy(act))

export const laterFault = async (pending: Promise<unknown>): Promise<LaneFault> =>
  present(await refusedLater(pending))

/** The code of a refusal; `none` where the call returns. */
export const codeOf = (act: () => unknown): FaultCode | 'none' => refusedBy(act)?.code ?? 'none'

/** Code and field of a refusal; null where the call returns. */
export function refusedField(act: () => unknown): readonly [FaultCode, string | undefined] | null {
  const fault = refusedBy(act)
  return fault === null ? null : [fault.code, fault.detail.field]
}

/** The code of a refusal with its detail; null where the call returns. */
export function refusalOf(act: () => unknown) {
  const fault = refusedBy(act)
  return fault === null ? null : { code: fault.code, ...fault.detail }
}
