// The makes of cameras that watch parking spaces, one folder each.
// Written from the folders by test/tidy/folder-tables.test.ts.
import type { WatchMake } from './make.ts'
import { dahuaSpaces } from './dahua/make.ts'
import { hikvisionSpaces } from './hikvision/make.ts'

export const watchMakes: readonly WatchMake[] = [dahuaSpaces, hikvisionSpaces]
