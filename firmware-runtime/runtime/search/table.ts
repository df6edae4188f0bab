// The kinds of things that the search field finds.
// Written from this folder by test/tidy/folder-tables.test.ts.
import { antennaSetting } from './antenna-setting.ts'
import { car } from './car.ts'
import { device } from './device.ts'
import { lane } from './lane.ts'
import { lotSetting } from './lot-setting.ts'
import { member } from './member.ts'
import { payment } from './payment.ts'
import { person } from './person.ts'

export const finders = {
  antennaSetting,
  car,
  device,
  lane,
  lotSetting,
  member,
  payment,
  person,
} as const
