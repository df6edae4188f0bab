// The frames of generic-ver (rsu-interface.md 2.3), in the order of their type byte.
// Adding a frame is one file and one row.
import type { FrameTable } from '../../table-types.ts'
import { b0DeviceStatus } from './b0-device-status.ts'
import { b1Heartbeat } from './b1-heartbeat.ts'
import { b2ObuInfo } from './b2-obu-info.ts'
import { b3VehicleInfo } from './b3-vehicle-info.ts'
import { b4VehicleCard } from './b4-vehicle-card.ts'
import { b5Result } from './b5-result.ts'
import { b8Proof } from './b8-proof.ts'
import { baPsamData } from './ba-psam-data.ts'
import { bbPsamResult } from './bb-psam-result.ts'
import { c0Initialise } from './c0-initialise.ts'
import { c1Continue } from './c1-continue.ts'
import { c2Stop } from './c2-stop.ts'
import { c4Antenna } from './c4-antenna.ts'
import { c6Debit } from './c6-debit.ts'
import { c8FetchProof } from './c8-fetch-proof.ts'
import { caPsamStart } from './ca-psam-start.ts'
import { cbPsamApply } from './cb-psam-apply.ts'
import { cfHeartbeatAck } from './cf-heartbeat-ack.ts'

export const verFrames: readonly FrameTable[] = [
  b0DeviceStatus,
  b1Heartbeat,
  b2ObuInfo,
  b3VehicleInfo,
  b4VehicleCard,
  b5Result,
  b8Proof,
  baPsamData,
  bbPsamResult,
  c0Initialise,
  c1Continue,
  c2Stop,
  c4Antenna,
  c6Debit,
  c8FetchProof,
  caPsamStart,
  cbPsamApply,
  cfHeartbeatAck,
]
