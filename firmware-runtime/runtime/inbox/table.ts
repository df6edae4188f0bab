// The kinds of matters that wait for a person.
// Written from this folder by test/tidy/folder-tables.test.ts.
import { boom } from './boom.ts'
import { cameraTime } from './camera-time.ts'
import { car } from './car.ts'
import { centre } from './centre.ts'
import { certificate } from './certificate.ts'
import { clock } from './clock.ts'
import { device } from './device.ts'
import { difference } from './difference.ts'
import { drill } from './drill.ts'
import { folder } from './folder.ts'
import { heldRecord } from './held-record.ts'
import { helpCall } from './help-call.ts'
import { leftUnpaid } from './left-unpaid.ts'
import { letGo } from './let-go.ts'
import { partner } from './partner.ts'
import { power } from './power.ts'
import { price } from './price.ts'
import { printer } from './printer.ts'
import { psam } from './psam.ts'
import { pushRefused } from './push-refused.ts'
import { raised } from './raised.ts'
import { refund } from './refund.ts'
import { safeguard } from './safeguard.ts'
import { spaceOver } from './space-over.ts'
import { spaceUnread } from './space-unread.ts'
import { stay } from './stay.ts'
import { told } from './told.ts'
import { unmatched } from './unmatched.ts'
import { update } from './update.ts'
import { version } from './version.ts'
import { watcher } from './watcher.ts'

export const matters = {
  boom,
  cameraTime,
  car,
  centre,
  certificate,
  clock,
  device,
  difference,
  drill,
  folder,
  heldRecord,
  helpCall,
  leftUnpaid,
  letGo,
  partner,
  power,
  price,
  printer,
  psam,
  pushRefused,
  raised,
  refund,
  safeguard,
  spaceOver,
  spaceUnread,
  stay,
  told,
  unmatched,
  update,
  version,
  watcher,
} as const
