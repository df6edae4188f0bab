// The files of handlers of the control API.
// Written from this folder by test/tidy/folder-tables.test.ts.
import { acceptanceCalls } from '#acceptance/desk/handlers/control-acceptance.ts'
import { papersCalls } from '#acceptance/desk/handlers/control-papers.ts'
import { ruleCalls } from '#acceptance/desk/handlers/control-rules.ts'
import { boomCalls } from '#devices/desk/handlers/control-booms.ts'
import { consoleCalls } from '#devices/desk/handlers/control-console.ts'
import { deviceCalls } from '#devices/desk/handlers/control-devices.ts'
import { findCalls } from '#devices/desk/handlers/control-find.ts'
import { firstCarCalls } from '#devices/desk/handlers/control-first-car.ts'
import { passportCalls } from '#devices/desk/handlers/control-passport.ts'
import { profileCalls } from '#devices/desk/handlers/control-profiles.ts'
import { safetyCalls } from '#devices/desk/handlers/control-safety.ts'
import { seekCalls } from '#devices/desk/handlers/control-seek.ts'
import { tuneCalls } from '#devices/desk/handlers/control-tune.ts'
import { explainCalls } from '#lane/desk/handlers/control-explain.ts'
import { helpCalls } from '#lane/desk/handlers/control-help.ts'
import { insideCalls } from '#lane/desk/handlers/control-inside.ts'
import { laneCalls } from '#lane/desk/handlers/control-lane.ts'
import { leaveCalls } from '#lane/desk/handlers/control-leave.ts'
import { lotCalls } from '#lane/desk/handlers/control-lot.ts'
import { peopleCalls } from '#lane/desk/handlers/control-people.ts'
import { placeCalls } from '#lane/desk/handlers/control-place.ts'
import { rehearsalCalls } from '#lane/desk/handlers/control-rehearsal.ts'
import { reservationCalls } from '#lane/desk/handlers/control-reservation.ts'
import { setupCalls } from '#lane/desk/handlers/control-setup.ts'
import { spaceCalls } from '#lane/desk/handlers/control-spaces.ts'
import { stayCalls } from '#lane/desk/handlers/control-stays.ts'
import { unmatchedCalls } from '#lane/desk/handlers/control-unmatched.ts'
import { backupCalls } from '#ledger/desk/handlers/control-backup.ts'
import { centreCalls } from '#ledger/desk/handlers/control-centre.ts'
import { heldCalls } from '#ledger/desk/handlers/control-held.ts'
import { listCalls } from '#ledger/desk/handlers/control-list.ts'
import { transferCalls } from '#ledger/desk/handlers/control-transfer.ts'
import { couponCalls } from '#money/desk/handlers/control-coupons.ts'
import { dayCalls } from '#money/desk/handlers/control-day.ts'
import { feedbackCalls } from '#money/desk/handlers/control-feedback.ts'
import { importCalls } from '#money/desk/handlers/control-imports.ts'
import { memberCalls } from '#money/desk/handlers/control-members.ts'
import { partnerCalls } from '#money/desk/handlers/control-partners.ts'
import { payCalls } from '#money/desk/handlers/control-pay.ts'
import { pointsCalls } from '#money/desk/handlers/control-points.ts'
import { receiptCalls } from '#money/desk/handlers/control-receipts.ts'
import { reportCalls } from '#money/desk/handlers/control-report.ts'
import { tariffCalls } from '#money/desk/handlers/control-tariff.ts'
import { demoCalls } from './control-demo.ts'
import { documentCalls } from './control-document.ts'
import { healthCalls } from './control-health.ts'
import { inboxCalls } from './control-inbox.ts'
import { machineCalls } from './control-machine.ts'
import { readCalls } from './control-read.ts'
import { searchCalls } from './control-search.ts'
import { supportCalls } from './control-support.ts'
import { updateCalls } from './control-updates.ts'
import { passingCalls } from '#survey/desk/handlers/control-passing.ts'
import { surveyCalls } from '#survey/desk/handlers/control-survey.ts'

export const callFiles = {
  acceptanceCalls,
  papersCalls,
  ruleCalls,
  boomCalls,
  consoleCalls,
  deviceCalls,
  findCalls,
  firstCarCalls,
  passportCalls,
  profileCalls,
  safetyCalls,
  seekCalls,
  tuneCalls,
  explainCalls,
  helpCalls,
  insideCalls,
  laneCalls,
  leaveCalls,
  lotCalls,
  peopleCalls,
  placeCalls,
  rehearsalCalls,
  reservationCalls,
  setupCalls,
  spaceCalls,
  stayCalls,
  unmatchedCalls,
  backupCalls,
  centreCalls,
  heldCalls,
  listCalls,
  transferCalls,
  couponCalls,
  dayCalls,
  feedbackCalls,
  importCalls,
  memberCalls,
  partnerCalls,
  payCalls,
  pointsCalls,
  receiptCalls,
  reportCalls,
  tariffCalls,
  demoCalls,
  documentCalls,
  healthCalls,
  inboxCalls,
  machineCalls,
  readCalls,
  searchCalls,
  supportCalls,
  updateCalls,
  passingCalls,
  surveyCalls,
} as const
