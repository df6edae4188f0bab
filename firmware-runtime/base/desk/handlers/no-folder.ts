// A part of the program that may be absent, and the fault of each call that needs it.
import { t } from '../../pure/words/fault-text.ts'
import { LaneFault, type FaultCode, type FaultDetail } from '../../pure/faults/faults.ts'

/** For calls to a simulated or unopened lot, which has no data on disk. */
const noFolder = { note: t('这里没有停车场的数据目录', 'there is no data folder of a lot here') }

/** Returns the part, or throws when it is absent. */
export const needed =
  <P>(part: P | null | undefined, code: FaultCode, why: FaultDetail = noFolder) =>
  (): P => {
    if (part === null || part === undefined) throw new LaneFault(code, why)
    return part
  }
