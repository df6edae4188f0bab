// The dialects by province: the one place that names them.
// A province is a folder beside this file and a row in this table.
import { t } from '../core/values/fault-text.ts'
import type { LotConfig } from '../core/lot/config.ts'
import { LaneFault } from '../core/faults/faults.ts'
import { suiteOf } from '../core/values/suite.ts'
import { present } from '../core/values/must.ts'
import type { Dialect } from '../ports/dialect.ts'
import type { ReservationDialect } from '../ports/reservation.ts'
import { dialectOfTable } from './by-table/dialect-of.ts'
import { guangxi } from './guangxi/dialect.ts'
import { liaoning } from './liaoning/dialect.ts'
import { shenzhen } from './shenzhen/dialect.ts'

export interface ProvinceRow {
  /** First two digits of the province code. */
  readonly province: string
  readonly zh: string
  readonly en: string
  readonly dialect: Dialect
}

export const provinces: readonly ProvinceRow[] = [
  { province: '45', zh: '广西', en: 'Guangxi', dialect: guangxi },
  { province: '21', zh: '辽宁', en: 'Liaoning', dialect: dialectOfTable(liaoning, guangxi) },
]

interface Lot {
  /** 4 digits. */
  readonly provinceCode: string
  readonly chargeMode?: LotConfig['chargeMode']
  readonly platform?: LotConfig['platform']
  readonly operator?: LotConfig['operator']
  readonly etcOperator?: LotConfig['etcOperator']
}

/** Null for a province whose rules are not built. */
export const provinceOf = ({ provinceCode }: Lot, table = provinces): ProvinceRow | null =>
  table.find(({ province }) => provinceCode.startsWith(province)) ?? null

/** For a form: what each is called, and where a lot of it sends records to beside the expansion platform. */
export const provinceChoices = provinces.map(({ province, zh, en, dialect }) => ({
  province,
  name: { zh, en },
  destinations: [
    ...(dialect.records === null ? [] : (['operator'] as const)),
    ...(dialect.duty === null ? [] : (['etcOperator'] as const)),
  ],
}))

/** Throws LOT-02 as `dialectOf` does. */
export function provinceRow(province: string): ProvinceRow {
  dialectOf({ provinceCode: province })
  return present(provinceOf({ provinceCode: province }), 'a province with a dialect has a row')
}

/** Throws LOT-02 where a connection has a suite that no platform of the province takes. */
function mustTake({ zh, en, dialect: { suites } }: ProvinceRow, lot: Lot): void {
  for (const channel of ['platform', 'operator', 'etcOperator'] as const) {
    const joined = lot[channel]
    if (joined === null || joined === undefined || joined === 'later') continue
    const suite = suiteOf(joined)
    if (suites.includes(suite)) continue
    const note = t(`${zh}只有:${suites.join(', ')}`, `${en} has ${suites.join(', ')}`)
    throw new LaneFault('LOT-02', { field: `/${channel}/suite`, value: suite, note })
  }
}

/** Throws LOT-02, which names the province, where its rules are not built. */
export function dialectOf(lot: Lot, table = provinces): Dialect {
  const row = provinceOf(lot, table)
  if (row !== null) {
    const { chargeModes } = row.dialect.rules
    const { chargeMode } = lot
    mustTake(row, lot)
    if (chargeMode === undefined || chargeModes.includes(chargeMode)) return row.dialect
    const note = t(
      `${row.zh}只有:${chargeModes.join(', ')}`,
      `${row.en} has ${chargeModes.join(', ')}`,
    )
    throw new LaneFault('LOT-02', { field: '/chargeMode', value: chargeMode, note })
  }
  const built = table.map(({ province, en }) => `${province} ${en}`).join(', ')
  const note = t(
    `这个省份还没有规则;已有:${built}`,
    `no rules are built for this province; built: ${built}`,
  )
  throw new LaneFault('LOT-02', { field: '/provinceCode', value: lot.provinceCode, note })
}

/** How a platform that reserves bays is spoken to, whatever the province; one city has published how. */
export const reservationDialect: ReservationDialect = shenzhen
