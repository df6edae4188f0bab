// The Chinese catalogue, the default: its keys are what every other language must have.
// One file a part of the window.
import { console } from './console.ts'
import { desk } from './desk.ts'
import { devices } from './devices.ts'
import { frame } from './frame.ts'
import { lane } from './lane.ts'
import { said } from './said.ts'
import { stays } from './stays.ts'
import { tune } from './tune.ts'
import { upkeep } from './upkeep.ts'

export const zh = {
  ...frame,
  ...lane,
  ...devices,
  ...desk,
  ...said,
  ...stays,
  ...tune,
  ...upkeep,
  ...console,
}

export type Messages = typeof zh
