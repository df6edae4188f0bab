// The kinds of matters that wait for a person.
// Written from this folder by test/tidy/folder-tables.test.ts.
import { certificate } from './certificate.ts'
import { clock } from './clock.ts'
import { device } from './device.ts'
import { difference } from './difference.ts'
import { heldRecord } from './held-record.ts'
import { psam } from './psam.ts'
import { refund } from './refund.ts'
import { safeguard } from './safeguard.ts'
import { stay } from './stay.ts'
import { told } from './told.ts'

export const matters = {
  certificate,
  clock,
  device,
  difference,
  heldRecord,
  psam,
  refund,
  safeguard,
  stay,
  told,
} as const
