// The rows of the catalogue by their first keys, from the files of this folder and the words of the pages.
// Written from the folders by test/tidy/folder-tables.test.ts.
import { act } from './act.ts'
import { assistant } from './assistant.ts'
import { attention } from './attention.ts'
import { bundle, fieldPoint } from './bundle.ts'
import { frames, workshop } from './console.ts'
import { contact } from './contact.ts'
import { csv } from './csv.ts'
import { ledger, timeline, row, queue } from './desk.ts'
import { evidence } from './evidence.ts'
import { explain } from './explain.ts'
import { fields } from './fields.ts'
import { frameName } from './frame-names.ts'
import { frameValue, frameReason } from './frame-values.ts'
import {
  app,
  mode,
  nav,
  top,
  status,
  age,
  stay,
  stayShort,
  runtime,
  system,
  log,
  palette,
  fault,
  common,
} from './frame.ts'
import { held } from './held.ts'
import { keys, settingsDiff, backupNow } from './keys.ts'
import { lane, step, car, clock, reason, end, strip, last, demo } from './lane.ts'
import { large } from './large.ts'
import { making } from './making.ts'
import { match } from './match.ts'
import { measure } from './measure.ts'
import { obuTries } from './obu-tries.ts'
import { payments } from './payments.ts'
import { photo } from './photo.ts'
import { platformSim } from './platform-sim.ts'
import { receipt } from './receipt.ts'
import { said } from './said.ts'
import { seek } from './seek.ts'
import { start } from './start.ts'
import { surveyCheck } from './survey-check.ts'
import { surveyCover } from './survey-cover.ts'
import { surveyDrawing } from './survey-drawing.ts'
import { thing } from './thing.ts'
import { upkeep } from './upkeep.ts'
import { acceptance } from '../pages/acceptance/words.ts'
import { belief } from '../pages/belief/words.ts'
import { copies } from '../pages/copies/words.ts'
import { coupons } from '../pages/coupons/words.ts'
import { day } from '../pages/day/words.ts'
import { device } from '../pages/device/words.ts'
import { devicePages, devices } from '../pages/devices/words.ts'
import { files } from '../pages/files/words.ts'
import { find } from '../pages/find/words.ts'
import { gear } from '../pages/gear/words.ts'
import { inside } from '../pages/inside/words.ts'
import { leave } from '../pages/leave/words.ts'
import { list } from '../pages/list/words.ts'
import { machine } from '../pages/machine/words.ts'
import { members } from '../pages/members/words.ts'
import { order } from '../pages/order/words.ts'
import { papers } from '../pages/papers/words.ts'
import { partners } from '../pages/partners/words.ts'
import { passport, first } from '../pages/passport/words.ts'
import { people } from '../pages/people/words.ts'
import { places } from '../pages/places/words.ts'
import { points } from '../pages/points/words.ts'
import { profiles } from '../pages/profiles/words.ts'
import { raised } from '../pages/raised/words.ts'
import { refunds } from '../pages/refunds/words.ts'
import { rehearsal } from '../pages/rehearsal/words.ts'
import { report } from '../pages/report/words.ts'
import { reservations } from '../pages/reservations/words.ts'
import { safety } from '../pages/safety/words.ts'
import { pick, date, number, setup } from '../pages/setup/words.ts'
import { spaces } from '../pages/spaces/words.ts'
import { stays } from '../pages/stays/words.ts'
import { support } from '../pages/support/words.ts'
import { survey } from '../pages/survey/words.ts'
import { centre } from '../pages/system/words.ts'
import { tariff } from '../pages/tariff/words.ts'
import { tune } from '../pages/tune/words.ts'
import { updates } from '../pages/updates/words.ts'

export const rows = {
  act,
  assistant,
  attention,
  bundle,
  fieldPoint,
  frames,
  workshop,
  contact,
  csv,
  ledger,
  timeline,
  row,
  queue,
  evidence,
  explain,
  fields,
  frameName,
  frameValue,
  frameReason,
  app,
  mode,
  nav,
  top,
  status,
  age,
  stay,
  stayShort,
  runtime,
  system,
  log,
  palette,
  fault,
  common,
  held,
  keys,
  settingsDiff,
  backupNow,
  lane,
  step,
  car,
  clock,
  reason,
  end,
  strip,
  last,
  demo,
  large,
  making,
  match,
  measure,
  obuTries,
  payments,
  photo,
  platformSim,
  receipt,
  said,
  seek,
  start,
  surveyCheck,
  surveyCover,
  surveyDrawing,
  thing,
  upkeep,
  acceptance,
  belief,
  copies,
  coupons,
  day,
  device,
  devicePages,
  devices,
  files,
  find,
  gear,
  inside,
  leave,
  list,
  machine,
  members,
  order,
  papers,
  partners,
  passport,
  first,
  people,
  places,
  points,
  profiles,
  raised,
  refunds,
  rehearsal,
  report,
  reservations,
  safety,
  pick,
  date,
  number,
  setup,
  spaces,
  stays,
  support,
  survey,
  centre,
  tariff,
  tune,
  updates,
}
