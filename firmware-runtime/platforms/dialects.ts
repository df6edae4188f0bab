// The dialects by province: the one place that names them.
// A province is a folder beside this file and a row in this table.
import { t } from '../core/values/fault-text.ts'
import { LaneFault } from '../core/values/faults.ts'
import type { Dialect } from '../ports/dialect.ts'
import { guangxi } from './guangxi/dialect.ts'

export interface ProvinceRow {
  /** First two digits of the province code. */
  readonly province: string
  readonly zh: string
  readonly en: string
  readonly dialect: Dialect
}

export const provinces: readonly ProvinceRow[] = [
  { province: '45', zh: '广西', en: 'Guangxi', dialect: guangxi },
]

interface Lot {
  /** 4 digits. */
  readonly provinceCode: string
}

/** Null for a province whose rules are not built. */
export const provinceOf = ({ provinceCode }: Lot, table = provinces): ProvinceRow | null =>
  table.find(({ province }) => provinceCode.startsWith(province)) ?? null

/** Throws LOT-02, which names the province, where its rules are not built. */
export function dialectOf(lot: Lot, table = provinces): Dialect {
  const row = provinceOf(lot, table)
  if (row !== null) return row.dialect
  const built = table.map(({ province, en }) => `${province} ${en}`).join(', ')
  const note = t(
    `这个省份还没有规则;已有:${built}`,
    `no rules are built for this province; built: ${built}`,
  )
  throw new LaneFault('LOT-02', { field: '/provinceCode', value: lot.provinceCode, note })
}
