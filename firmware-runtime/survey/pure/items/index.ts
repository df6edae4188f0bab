// The rows of table D.1 of seed 001, in its order, which reports, screens and verdicts follow.
// Written from this folder by test/tidy/folder-tables.test.ts.
import type { SurveyItem } from '../item.ts'
import { signs } from './d01-signs.ts'
import { layout } from './d02-layout.ts'
import { electrical } from './d03-electrical.ts'
import { antennaModel } from './d04-antenna-model.ts'
import { field } from './d05-field.ts'
import { neighbour } from './d06-neighbour.ts'
import { loss } from './d07-loss.ts'
import { ping } from './d08-ping.ts'
import { upLatency } from './d09-up-latency.ts'
import { downLatency } from './d10-down-latency.ts'
import { upRate } from './d11-up-rate.ts'
import { downRate } from './d12-down-rate.ts'
import { radio } from './d13-radio.ts'
import { beidou } from './d14-beidou.ts'
import { networkTime } from './d15-network-time.ts'

export const surveyItems: readonly SurveyItem[] = [
  signs,
  layout,
  electrical,
  antennaModel,
  field,
  neighbour,
  loss,
  ping,
  upLatency,
  downLatency,
  upRate,
  downRate,
  radio,
  beidou,
  networkTime,
]
