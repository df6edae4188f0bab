// The kinds of devices, one file each.
// Written from this folder by test/tidy/folder-tables.test.ts.
import { barrier } from './barrier.ts'
import { camera } from './camera.ts'
import { display } from './display.ts'
import { printer } from './printer.ts'
import { rsu } from './rsu.ts'
import { sensors } from './sensors.ts'

export const deviceKinds = { barrier, camera, display, printer, rsu, sensors } as const
