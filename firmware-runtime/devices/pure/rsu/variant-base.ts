// What the three published variants have alike (rsu-interface.md); each states its differences beside it.
import { fileTables } from './files.ts'
import type { MoneyTable, VariantTable, WrittenSetting } from './table-types.ts'

export const variantBase = {
  version: '1.0',
  extends: null,
  evidence: 'document',
  statusAtPowerUp: false,
  afterResult: 'C1',
  proofAnswer: 'B8',
  searchStarts: 'switch',
  timeBase: 'utc',
  files: fileTables,
  powerStepMax: 31,
} as const satisfies Partial<VariantTable>

export const timingOf = (
  heartbeatLossMs: number,
  rereadSilenceMs: number,
): VariantTable['timing'] => ({
  heartbeatLossMs,
  interByteSerialMs: 20,
  interByteTcpMs: 200,
  rereadSilenceMs,
  resultTimeMs: 5000,
})

/** Of a frame that says nothing about the money. */
export const noMoney: MoneyTable = { codes: {}, entryLane: {}, otherwise: 'unknown' }

/** Codes 0 to 5 of section 4.5, which are the same in all sources. */
export const plateColours = {
  '0': 'blue',
  '1': 'yellow',
  '2': 'black',
  '3': 'white',
  '4': 'green',
  '5': 'yellowGreen',
} as const
/** Codes 6 and 7 of its parking source. */
export const parkingColours = { ...plateColours, '6': 'green', '7': 'blueWhite' } as const

/** A setting in the field of C0 that has its name. */
const inC0 = (id: string, min: number, max: number, usual: number): WrittenSetting => ({
  id,
  frame: 'C0',
  field: id,
  add: 0,
  min,
  max,
  usual,
})
export const powerStep = inC0('powerStep', 0, 31, 8)
export const channel = inC0('channel', 0, 1, 0)
export const bstIntervalMs = inC0('bstIntervalMs', 1, 255, 10)
