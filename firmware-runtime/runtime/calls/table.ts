// The rows of all calls of the control API, by their names.
// Written from this folder by test/tidy/folder-tables.test.ts.
import { acceptanceCalls } from '../../acceptance/calls/acceptance.ts'
import { backupCalls } from '../../ledger/calls/backup.ts'
import { boomCalls } from '../../devices/calls/booms.ts'
import { centreCalls } from '../../ledger/calls/centre.ts'
import { clockCalls } from '../../lane/calls/clock.ts'
import { commandCalls } from '../../lane/calls/command.ts'
import { consoleCalls } from '../../devices/calls/console.ts'
import { couponCalls } from '../../money/calls/coupon.ts'
import { dayCalls } from '../../money/calls/day.ts'
import { demoCalls } from './demo.ts'
import { deviceCalls } from '../../devices/calls/device.ts'
import { explainCalls } from '../../lane/calls/explain.ts'
import { feedbackCalls } from '../../money/calls/feedback.ts'
import { findCalls } from '../../devices/calls/find.ts'
import { firstCarCalls } from '../../lane/calls/first-car.ts'
import { helpCalls } from '../../lane/calls/help.ts'
import { importCalls } from '../../lane/calls/imports.ts'
import { inboxCalls } from '../../lane/calls/inbox.ts'
import { insideCalls } from '../../lane/calls/inside.ts'
import { laneCalls } from '../../lane/calls/lane.ts'
import { ledgerCalls } from '../../ledger/calls/ledger.ts'
import { listCalls } from '../../ledger/calls/list.ts'
import { lotCalls } from '../../lane/calls/lot.ts'
import { machineCalls } from './machine.ts'
import { measureCalls } from '../../survey/calls/measure.ts'
import { memberCalls } from '../../money/calls/member.ts'
import { papersCalls } from '../../acceptance/calls/papers.ts'
import { partnerCalls } from '../../money/calls/partner.ts'
import { passingCalls } from '../../survey/calls/passing.ts'
import { passportCalls } from '../../devices/calls/passport.ts'
import { payCalls } from '../../money/calls/pay.ts'
import { peopleCalls } from '../../lane/calls/people.ts'
import { photoCalls } from '../../base/calls/photo.ts'
import { placeCalls } from '../../lane/calls/place.ts'
import { pointsCalls } from '../../money/calls/points.ts'
import { profilesCalls } from '../../devices/calls/profiles.ts'
import { queueCalls } from '../../ledger/calls/queue.ts'
import { receiptCalls } from '../../money/calls/receipt.ts'
import { rehearsalCalls } from '../../lane/calls/rehearsal.ts'
import { reportCalls } from '../../money/calls/report.ts'
import { reservationCalls } from '../../lane/calls/reservation.ts'
import { rulesCalls } from '../../acceptance/calls/rules.ts'
import { safetyCalls } from '../../devices/calls/safety.ts'
import { searchCalls } from '../../lane/calls/search.ts'
import { seekCalls } from '../../devices/calls/seek.ts'
import { sensorCalls } from '../../lane/calls/sensors.ts'
import { setupCalls } from '../../lane/calls/setup.ts'
import { staysCalls } from '../../lane/calls/stays.ts'
import { supportCalls } from './support.ts'
import { surveyCalls } from '../../survey/calls/survey.ts'
import { tariffCalls } from '../../money/calls/tariff.ts'
import { tuneCalls } from '../../devices/calls/tune.ts'
import { updateCalls } from './updates.ts'

export const callRows = {
  ...acceptanceCalls,
  ...backupCalls,
  ...boomCalls,
  ...centreCalls,
  ...clockCalls,
  ...commandCalls,
  ...consoleCalls,
  ...couponCalls,
  ...dayCalls,
  ...demoCalls,
  ...deviceCalls,
  ...explainCalls,
  ...feedbackCalls,
  ...findCalls,
  ...firstCarCalls,
  ...helpCalls,
  ...importCalls,
  ...inboxCalls,
  ...insideCalls,
  ...laneCalls,
  ...ledgerCalls,
  ...listCalls,
  ...lotCalls,
  ...machineCalls,
  ...measureCalls,
  ...memberCalls,
  ...papersCalls,
  ...partnerCalls,
  ...passingCalls,
  ...passportCalls,
  ...payCalls,
  ...peopleCalls,
  ...photoCalls,
  ...placeCalls,
  ...pointsCalls,
  ...profilesCalls,
  ...queueCalls,
  ...receiptCalls,
  ...rehearsalCalls,
  ...reportCalls,
  ...reservationCalls,
  ...rulesCalls,
  ...safetyCalls,
  ...searchCalls,
  ...seekCalls,
  ...sensorCalls,
  ...setupCalls,
  ...staysCalls,
  ...supportCalls,
  ...surveyCalls,
  ...tariffCalls,
  ...tuneCalls,
  ...updateCalls,
} as const
