// The rows of all calls of the control API, by their names.
// Written from this folder by test/tidy/folder-tables.test.ts.
import { acceptanceCalls } from '#acceptance/calls/acceptance.ts'
import { papersCalls } from '#acceptance/calls/papers.ts'
import { rulesCalls } from '#acceptance/calls/rules.ts'
import { photoCalls } from '#base/calls/photo.ts'
import { boomCalls } from '#devices/calls/booms.ts'
import { consoleCalls } from '#devices/calls/console.ts'
import { deviceCalls } from '#devices/calls/device.ts'
import { findCalls } from '#devices/calls/find.ts'
import { passportCalls } from '#devices/calls/passport.ts'
import { profilesCalls } from '#devices/calls/profiles.ts'
import { safetyCalls } from '#devices/calls/safety.ts'
import { seekCalls } from '#devices/calls/seek.ts'
import { tuneCalls } from '#devices/calls/tune.ts'
import { clockCalls } from '#lane/calls/clock.ts'
import { commandCalls } from '#lane/calls/command.ts'
import { explainCalls } from '#lane/calls/explain.ts'
import { firstCarCalls } from '#lane/calls/first-car.ts'
import { helpCalls } from '#lane/calls/help.ts'
import { importCalls } from '#lane/calls/imports.ts'
import { inboxCalls } from '#lane/calls/inbox.ts'
import { insideCalls } from '#lane/calls/inside.ts'
import { laneCalls } from '#lane/calls/lane.ts'
import { lotCalls } from '#lane/calls/lot.ts'
import { peopleCalls } from '#lane/calls/people.ts'
import { placeCalls } from '#lane/calls/place.ts'
import { rehearsalCalls } from '#lane/calls/rehearsal.ts'
import { reservationCalls } from '#lane/calls/reservation.ts'
import { searchCalls } from '#lane/calls/search.ts'
import { sensorCalls } from '#lane/calls/sensors.ts'
import { setupCalls } from '#lane/calls/setup.ts'
import { staysCalls } from '#lane/calls/stays.ts'
import { backupCalls } from '#ledger/calls/backup.ts'
import { centreCalls } from '#ledger/calls/centre.ts'
import { ledgerCalls } from '#ledger/calls/ledger.ts'
import { listCalls } from '#ledger/calls/list.ts'
import { queueCalls } from '#ledger/calls/queue.ts'
import { couponCalls } from '#money/calls/coupon.ts'
import { dayCalls } from '#money/calls/day.ts'
import { feedbackCalls } from '#money/calls/feedback.ts'
import { memberCalls } from '#money/calls/member.ts'
import { partnerCalls } from '#money/calls/partner.ts'
import { payCalls } from '#money/calls/pay.ts'
import { pointsCalls } from '#money/calls/points.ts'
import { receiptCalls } from '#money/calls/receipt.ts'
import { reportCalls } from '#money/calls/report.ts'
import { tariffCalls } from '#money/calls/tariff.ts'
import { demoCalls } from './demo.ts'
import { machineCalls } from './machine.ts'
import { supportCalls } from './support.ts'
import { updateCalls } from './updates.ts'
import { measureCalls } from '#survey/calls/measure.ts'
import { passingCalls } from '#survey/calls/passing.ts'
import { surveyCalls } from '#survey/calls/survey.ts'

export const callRows = {
  ...acceptanceCalls,
  ...papersCalls,
  ...rulesCalls,
  ...photoCalls,
  ...boomCalls,
  ...consoleCalls,
  ...deviceCalls,
  ...findCalls,
  ...passportCalls,
  ...profilesCalls,
  ...safetyCalls,
  ...seekCalls,
  ...tuneCalls,
  ...clockCalls,
  ...commandCalls,
  ...explainCalls,
  ...firstCarCalls,
  ...helpCalls,
  ...importCalls,
  ...inboxCalls,
  ...insideCalls,
  ...laneCalls,
  ...lotCalls,
  ...peopleCalls,
  ...placeCalls,
  ...rehearsalCalls,
  ...reservationCalls,
  ...searchCalls,
  ...sensorCalls,
  ...setupCalls,
  ...staysCalls,
  ...backupCalls,
  ...centreCalls,
  ...ledgerCalls,
  ...listCalls,
  ...queueCalls,
  ...couponCalls,
  ...dayCalls,
  ...feedbackCalls,
  ...memberCalls,
  ...partnerCalls,
  ...payCalls,
  ...pointsCalls,
  ...receiptCalls,
  ...reportCalls,
  ...tariffCalls,
  ...demoCalls,
  ...machineCalls,
  ...supportCalls,
  ...updateCalls,
  ...measureCalls,
  ...passingCalls,
  ...surveyCalls,
} as const
