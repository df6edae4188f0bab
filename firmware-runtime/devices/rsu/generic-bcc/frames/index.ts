// The frames of generic-bcc (rsu-interface.md 2.2), in the order of their type byte.
// Adding a frame is one file and one row.
import type { FrameTable } from '../../table-types.ts'
import { antenna4C } from './4c-antenna.ts'
import { b0DeviceStatus } from './b0-device-status.ts'
import { b1LoopCoil } from './b1-loop-coil.ts'
import { b2ObuInfo } from './b2-obu-info.ts'
import { b3VehicleInfo } from './b3-vehicle-info.ts'
import { b4CardInfo } from './b4-card-info.ts'
import { b5Result } from './b5-result.ts'
import { bdPsamAuthorisation } from './bd-psam-authorisation.ts'
import { bfPsamAuthorised } from './bf-psam-authorised.ts'
import { c0Initialise } from './c0-initialise.ts'
import { c1Continue } from './c1-continue.ts'
import { c2Stop } from './c2-stop.ts'
import { c3EntryWrite } from './c3-entry-write.ts'
import { antennaC4 } from './c4-antenna.ts'
import { c6Debit } from './c6-debit.ts'
import { c7ExceptionWrite } from './c7-exception-write.ts'

export const bccFrames: readonly FrameTable[] = [
  antenna4C,
  b0DeviceStatus,
  b1LoopCoil,
  b2ObuInfo,
  b3VehicleInfo,
  b4CardInfo,
  b5Result,
  bdPsamAuthorisation,
  bfPsamAuthorised,
  c0Initialise,
  c1Continue,
  c2Stop,
  c3EntryWrite,
  antennaC4,
  c6Debit,
  c7ExceptionWrite,
]
