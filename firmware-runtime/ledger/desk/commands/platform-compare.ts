// `etc-lane platform compare`: two provinces rule by rule, and what the lot of a folder has to change when it moves.
// The output comes from the two dialects and the lot file alone.
import { resolve } from 'node:path'
import { compareProvinces } from '../handlers/compare-provinces.ts'
import { t } from '#base/pure/words/fault-text.ts'
import {
  dialectOf,
  provinceOf,
  provinces,
  type ProvinceRow,
} from '../../pure/platforms/dialects.ts'
import { loadLot } from '#lane/folder/lot-file.ts'
import { act, printed } from '#base/desk/commands/acts.ts'
import { wrongFlag } from '#base/commands/command.ts'

/** By its two digits, or by a whole four-digit code. */
function rowOf(flag: string, digits: string): ProvinceRow {
  const row = /^\d{2}(?:\d{2})?$/.test(digits) ? provinceOf({ provinceCode: digits }) : null
  if (row !== null) return row
  const built = provinces.map(({ province, en }) => `${province} ${en}`).join(', ')
  throw wrongFlag(`--${flag}`, t(`是其中之一:${built}`, `one of ${built}`), digits)
}

export const compareCommand = act(
  [
    'platform compare --from PROVINCE --to PROVINCE',
    'platform compare --data DIR --to PROVINCE [--from PROVINCE]',
  ],
  ({ from, to, data }) => {
    const lot = data === undefined ? null : loadLot(resolve(data)).config
    if (lot !== null) dialectOf(lot)
    const before = from ?? lot?.provinceCode ?? ''
    const compared = compareProvinces(rowOf('from', before), rowOf('to', to), lot)
    return printed({ ok: true, ...compared })
  },
)
