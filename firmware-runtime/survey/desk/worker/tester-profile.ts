// A tester's profile for a file: its column map as a plan, and the text that readings store about it.
// A profile without a column map is refused before the file is read.
import { t } from '#base/pure/words/fault-text.ts'
import type { CsvPlan } from '#devices/pure/field/field-csv.ts'
import { parkingGrid } from '../../pure/field/grid.ts'
import { testerMapOf, type TesterMap } from '#devices/pure/field/tester-rows.ts'
import { LaneFault, type Why, joinedWhy } from '#base/pure/faults/faults.ts'
import { testerRows } from '#devices/profiles/checks/tester.ts'
import { meterProfile } from './open-meter.ts'

export interface ChosenTester {
  readonly encoding: TesterMap['encoding']
  readonly plan: CsvPlan
  /** `vendor/model revision`. */
  readonly named: string
}

export function testerProfile(id: string, dir: string | null, field: string): ChosenTester {
  const { protocol, vendor, model, revision } = meterProfile(id, dir, field)
  const refuse = (note: Why): LaneFault => new LaneFault('ARG-01', { field, value: id, note })
  if (protocol.id !== testerRows)
    throw refuse(t('这份资料不能读文件', 'this profile reads no file'))
  const read = testerMapOf(protocol.data ?? {})
  if (!read.ok) {
    const [fault] = read.faults
    throw refuse(joinedWhy([fault?.member ?? '', fault?.note ?? '']))
  }
  const { encoding, plan } = read.map
  return {
    encoding,
    named: `${vendor}/${model} ${revision}`,
    plan: { ...plan, heightMm: parkingGrid.heightMm },
  }
}
