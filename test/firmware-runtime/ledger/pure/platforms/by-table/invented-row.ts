// The row of an invented province: its data made into a dialect, as the table of provinces does with real ones.
// Shared by the tests of the replay, of the comparison and of adding a province.
import { join } from 'node:path'
import { dialectOfTable } from '#ledger/pure/platforms/by-table/dialect-of.ts'
import type { ProvinceTable } from '#ledger/pure/platforms/by-table/province-table.ts'
import { dialectOf, type ProvinceRow } from '#ledger/pure/platforms/dialects.ts'
import data from './invented/province.json' with { type: 'json' }

export const inventedFolder = join(import.meta.dirname, 'invented')
export const inventedTable = data as ProvinceTable

export const inventedRow: ProvinceRow = {
  province: '98',
  zh: '虚构',
  en: 'Invented',
  dialect: dialectOfTable(inventedTable, dialectOf({ provinceCode: '4501' })),
}
