// The frames of generic-len (rsu-interface.md 2.4), in the order of their type byte.
// Adding a frame is one file and one row.
import type { FrameTable } from '../../table-types.ts'
import { b0DeviceStatus } from './b0-device-status.ts'
import { b2Heartbeat } from './b2-heartbeat.ts'
import { b4Everything } from './b4-everything.ts'
import { b5Result } from './b5-result.ts'
import { baPsamData } from './ba-psam-data.ts'
import { bbPsamResult } from './bb-psam-result.ts'
import { c0Initialise } from './c0-initialise.ts'
import { c1Complete } from './c1-complete.ts'
import { c2Ignore } from './c2-ignore.ts'
import { c4Antenna } from './c4-antenna.ts'
import { c6Debit } from './c6-debit.ts'
import { caPsamStart } from './ca-psam-start.ts'
import { cbPsamApply } from './cb-psam-apply.ts'

export const lenFrames: readonly FrameTable[] = [
  b0DeviceStatus,
  b2Heartbeat,
  b4Everything,
  b5Result,
  baPsamData,
  bbPsamResult,
  c0Initialise,
  c1Complete,
  c2Ignore,
  c4Antenna,
  c6Debit,
  caPsamStart,
  cbPsamApply,
]
