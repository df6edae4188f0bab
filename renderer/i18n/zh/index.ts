// The Chinese catalogue, the default: its keys are what every other language must have.
// One file a part of the window.
import { desk } from './desk.ts'
import { devices } from './devices.ts'
import { find } from './find.ts'
import { frame } from './frame.ts'
import { lane } from './lane.ts'
import { stays } from './stays.ts'
import { upkeep } from './upkeep.ts'

export const zh = { ...frame, ...lane, ...devices, ...find, ...desk, ...stays, ...upkeep }

export type Messages = typeof zh
