// The makes of cameras that push, one folder each.
// Written from the folders by test/tidy/folder-tables.test.ts.
import type { PushMake } from './push-make.ts'
import { hikvisionPush } from './hikvision/push.ts'
import { vzPush } from './vz/push.ts'

export const pushMakes: readonly PushMake[] = [hikvisionPush, vzPush]
