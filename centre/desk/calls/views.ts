// Arguments and answers of the calls of the desk, for its pages.
// Written from the folders by test/tidy/folder-tables.test.ts.
import type { AlarmsCalls } from './alarms/views.ts'
import type { InboxCalls } from './inbox/views.ts'
import type { KeyCalls } from './keys/views.ts'
import type { LimitsCalls } from './limits/views.ts'
import type { LotCalls } from './lot/views.ts'
import type { LotsCalls } from './lots/views.ts'
import type { MoneyCalls } from './money/views.ts'
import type { PairingCalls } from './pairings/views.ts'
import type { SessionCalls } from './session/views.ts'
import type { StateCalls } from './state/views.ts'
import type { StaysCalls } from './stays/views.ts'
import type { TodayCalls } from './today/views.ts'
import type { WallCalls } from './walls/views.ts'

export type DeskCalls = AlarmsCalls &
  InboxCalls &
  KeyCalls &
  LimitsCalls &
  LotCalls &
  LotsCalls &
  MoneyCalls &
  PairingCalls &
  SessionCalls &
  StateCalls &
  StaysCalls &
  TodayCalls &
  WallCalls
