// The rows of the catalogue by their first keys, from the files of this folder and the words of the pages.
// Written from the folders by test/tidy/folder-tables.test.ts.
import { acceptance } from '../../features/acceptance/words.ts'
import { belief } from '../../features/belief/words.ts'
import { copies } from '../../features/copies/words.ts'
import { coupons } from '../../features/coupons/words.ts'
import { day } from '../../features/day/words.ts'
import { device } from '../../features/device/words.ts'
import { devicePages, devices } from '../../features/devices/words.ts'
import { files } from '../../features/files/words.ts'
import { find } from '../../features/find/words.ts'
import { gear } from '../../features/gear/words.ts'
import { inside } from '../../features/inside/words.ts'
import { leave } from '../../features/leave/words.ts'
import { list } from '../../features/list/words.ts'
import { machine } from '../../features/machine/words.ts'
import { members } from '../../features/members/words.ts'
import { order } from '../../features/order/words.ts'
import { papers } from '../../features/papers/words.ts'
import { partners } from '../../features/partners/words.ts'
import { passport, first } from '../../features/passport/words.ts'
import { people } from '../../features/people/words.ts'
import { places } from '../../features/places/words.ts'
import { points } from '../../features/points/words.ts'
import { profiles } from '../../features/profiles/words.ts'
import { raised } from '../../features/raised/words.ts'
import { refunds } from '../../features/refunds/words.ts'
import { rehearsal } from '../../features/rehearsal/words.ts'
import { report } from '../../features/report/words.ts'
import { reservations } from '../../features/reservations/words.ts'
import { safety } from '../../features/safety/words.ts'
import { pick, date, number, setup } from '../../features/setup/words.ts'
import { spaces } from '../../features/spaces/words.ts'
import { stays } from '../../features/stays/words.ts'
import { support } from '../../features/support/words.ts'
import { survey } from '../../features/survey/words.ts'
import { centre } from '../../features/system/words.ts'
import { tariff } from '../../features/tariff/words.ts'
import { tune } from '../../features/tune/words.ts'
import { updates } from '../../features/updates/words.ts'
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

export const rows = {
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
}
