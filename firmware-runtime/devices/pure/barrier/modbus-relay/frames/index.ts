// All PDUs of this driver in one table. Answers are recognised by function code alone: no two rows `from` the device
// share one.
import { readRefused, writeRefused } from './exception.ts'
import { inputsRead, readInputs } from './read-inputs.ts'
import { readRegisters, registersRead, registersRefused } from './read-registers.ts'
import type { PduTable } from './table.ts'
import { writeCoil } from './write-coil.ts'

export const pduTables: readonly PduTable[] = [
  readInputs,
  inputsRead,
  writeCoil,
  readRefused,
  writeRefused,
  readRegisters,
  registersRead,
  registersRefused,
]
