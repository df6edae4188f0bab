// The pages of the window, by their folders.
// Written from the folders by test/tidy/folder-tables.test.ts.
import { page as acceptance } from './acceptance/page.ts'
import { page as belief } from './belief/page.ts'
import { page as copies } from './copies/page.ts'
import { page as coupons } from './coupons/page.ts'
import { page as day } from './day/page.ts'
import { page as device } from './device/page.ts'
import { page as devices } from './devices/page.ts'
import { page as files } from './files/page.ts'
import { page as find } from './find/page.ts'
import { page as frames } from './frames/page.ts'
import { page as gear } from './gear/page.ts'
import { page as inbox } from './inbox/page.ts'
import { page as inside } from './inside/page.ts'
import { page as lane } from './lane/page.ts'
import { page as leave } from './leave/page.ts'
import { page as ledger } from './ledger/page.ts'
import { page as list } from './list/page.ts'
import { page as lot } from './lot/page.ts'
import { page as machine } from './machine/page.ts'
import { page as members } from './members/page.ts'
import { page as order } from './order/page.ts'
import { page as papers } from './papers/page.ts'
import { page as partners } from './partners/page.ts'
import { page as passport } from './passport/page.ts'
import { page as people } from './people/page.ts'
import { page as places } from './places/page.ts'
import { page as points } from './points/page.ts'
import { page as profiles } from './profiles/page.ts'
import { page as queue } from './queue/page.ts'
import { page as raised } from './raised/page.ts'
import { page as refunds } from './refunds/page.ts'
import { page as rehearsal } from './rehearsal/page.ts'
import { page as report } from './report/page.ts'
import { page as reservations } from './reservations/page.ts'
import { page as safety } from './safety/page.ts'
import { page as setup } from './setup/page.ts'
import { page as spaces } from './spaces/page.ts'
import { page as stays } from './stays/page.ts'
import { page as support } from './support/page.ts'
import { page as survey } from './survey/page.ts'
import { page as system } from './system/page.ts'
import { page as tariff } from './tariff/page.ts'
import { page as timeline } from './timeline/page.ts'
import { page as tune } from './tune/page.ts'
import { page as updates } from './updates/page.ts'
import { page as workshop } from './workshop/page.ts'

export const pages = {
  acceptance,
  belief,
  copies,
  coupons,
  day,
  device,
  devices,
  files,
  find,
  frames,
  gear,
  inbox,
  inside,
  lane,
  leave,
  ledger,
  list,
  lot,
  machine,
  members,
  order,
  papers,
  partners,
  passport,
  people,
  places,
  points,
  profiles,
  queue,
  raised,
  refunds,
  rehearsal,
  report,
  reservations,
  safety,
  setup,
  spaces,
  stays,
  support,
  survey,
  system,
  tariff,
  timeline,
  tune,
  updates,
  workshop,
}
