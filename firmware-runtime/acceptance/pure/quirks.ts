// Two verdicts for one finding: conformance by the text, where a failed recommendation warns; compatibility with known
// peers, where a declared quirk explains a failure. Quirks are off until a run names them; no quirk explains a fault
// about money.
import { t, type BilingualText } from '#base/pure/words/fault-text.ts'
import type { Finding, Verdict } from './item.ts'
import type { ItemId } from './items/ids.ts'

interface Quirk {
  /** The requirement from which the peer deviates. */
  readonly clause: string
  readonly items: readonly ItemId[]
  /** The assertion that fails because of it. */
  readonly assertion: string
  readonly words: BilingualText
}

/** No public text proves that a peer does so: each quirk is assumed. */
export const quirks = {
  noRequestId: {
    clause: '9.3.3.4',
    items: ['G5', 'G6', 'G7', 'G8', 'G10', 'G11', 'G12', 'G13'],
    assertion: 'noRequestId',
    words: t(
      '平台答复上传时不给 Request-ID(假定)',
      'The platform answers an upload without a Request-ID (assumed)',
    ),
  },
  entriesInBatches: {
    clause: 'F.1-2',
    items: ['F2'],
    assertion: 'late',
    words: t(
      '平台按批次确认入口信息(假定)',
      'The platform confirms entry information in batches (assumed)',
    ),
  },
} as const satisfies Record<string, Quirk>

export type QuirkId = keyof typeof quirks
export const quirkIds = Object.keys(quirks) as [QuirkId, ...QuirkId[]]

/** `warn`: all requirements of the text are met, but not all its recommendations. */
type Conformance = Verdict | 'warn'

export interface TwoVerdicts {
  readonly conformance: Conformance
  readonly compatibility: Verdict
  /** The quirks that explained a failure. */
  readonly quirks: readonly QuirkId[]
}

/** `on`: the quirks of this run. */
export function twoVerdicts(
  id: string,
  { verdict, failed, warned, otherwise }: Omit<Finding, 'words' | 'evidence' | 'matrix'>,
  on: readonly QuirkId[],
): TwoVerdicts {
  const conformance = verdict === 'pass' && warned.length > 0 ? 'warn' : verdict
  const demanded = failed.filter((one) => !warned.includes(one))
  const own = on.filter((name) => {
    const { items, assertion }: Quirk = quirks[name]
    return items.some((item) => item === id) && demanded.includes(assertion)
  })
  const explained = own.map((name): string => quirks[name].assertion)
  const isExplained = verdict === 'fail' && demanded.every((one) => explained.includes(one))
  return { conformance, compatibility: isExplained ? otherwise : verdict, quirks: own }
}
