// The makes of cameras with a gate on their output, one folder each.
// Written from the folders by test/tidy/folder-tables.test.ts.
import type { GateMake } from '../barrier/camera-output/dialect.ts'
import { hikvisionGate } from './hikvision/gate.ts'

export const gateMakes: readonly GateMake[] = [hikvisionGate]
