// The kinds of devices, one file each.
// Written from this folder by test/tidy/folder-tables.test.ts.
import { barrier } from './barrier.ts'
import { camera } from './camera.ts'
import { display } from './display.ts'
import { rsu } from './rsu.ts'

export const deviceKinds = { barrier, camera, display, rsu } as const
