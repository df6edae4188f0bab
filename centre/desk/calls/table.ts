// The calls of the desk, a folder for each thing.
// Written from the folders by test/tidy/folder-tables.test.ts.
import type { CallRows } from '../call.ts'
import type { DeskCalls } from './views.ts'
import { alarmCalls } from './alarms/calls.ts'
import { inboxCalls } from './inbox/calls.ts'
import { keyCalls } from './keys/calls.ts'
import { limitsCalls } from './limits/calls.ts'
import { lotCalls } from './lot/calls.ts'
import { lotsCalls } from './lots/calls.ts'
import { moneyCalls } from './money/calls.ts'
import { pairingCalls } from './pairings/calls.ts'
import { sessionCalls } from './session/calls.ts'
import { stateCalls } from './state/calls.ts'
import { stayCalls } from './stays/calls.ts'
import { todayCalls } from './today/calls.ts'
import { wallCalls } from './walls/calls.ts'

export const calls: CallRows<DeskCalls> = {
  ...alarmCalls,
  ...inboxCalls,
  ...keyCalls,
  ...limitsCalls,
  ...lotCalls,
  ...lotsCalls,
  ...moneyCalls,
  ...pairingCalls,
  ...sessionCalls,
  ...stateCalls,
  ...stayCalls,
  ...todayCalls,
  ...wallCalls,
}
