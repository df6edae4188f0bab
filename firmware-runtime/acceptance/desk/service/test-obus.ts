// The OBUs that a lot declares for its tests: one declaration each, by its number.
import type { TestObu } from '#ledger/pure/facts.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { t } from '#base/pure/words/fault-text.ts'

export interface TestObuPorts {
  /** Throws FILE-02. */
  read(): readonly TestObu[]
  /** Durable when it returns. */
  keep(obus: readonly TestObu[]): void
}

export const testObusMax = 1_000

/** `pieces` null: the declaration is deleted. Throws ARG-01 for one that is not declared, and for one too many. */
export function withTestObu(
  obus: readonly TestObu[],
  obuId: string,
  pieces: TestObu['pieces'] | null,
): readonly TestObu[] {
  const id = obuId.toUpperCase()
  const others = obus.filter((one) => one.obuId.toUpperCase() !== id)
  const refusal = (zh: string, en: string): LaneFault =>
    new LaneFault('ARG-01', { field: '/obuId', value: id, note: t(zh, en) })
  if (pieces !== null && others.length >= testObusMax)
    throw refusal(`最多申报 ${testObusMax} 个`, `at most ${testObusMax} are declared`)
  if (pieces !== null) return [...others, { obuId: id, pieces }]
  if (others.length === obus.length) throw refusal('没有申报过', 'it is not declared')
  return others
}
