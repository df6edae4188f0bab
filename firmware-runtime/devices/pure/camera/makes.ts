// The makes of cameras that are subscribed to, one folder each.
// Written from the folders by test/tidy/folder-tables.test.ts.
import type { CameraMake } from './make.ts'
import { dahua } from './dahua/make.ts'
import { hikvision } from './hikvision/make.ts'

export const cameraMakes: readonly CameraMake[] = [dahua, hikvision]
