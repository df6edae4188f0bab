// The kinds of devices of a lane, one folder each.
// Written from the folders by test/tidy/folder-tables.test.ts.
import { barrier } from './barrier/kind.ts'
import { camera } from './camera/kind.ts'
import { display } from './display/kind.ts'
import { rsu } from './rsu/kind.ts'

export const laneDevices = { barrier, camera, display, rsu } as const
