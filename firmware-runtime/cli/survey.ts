// `etc-lane survey`: site surveys after appendix D of seed 001, from the command line.
// Each verb is a file of cli/survey/.
import { surveyClock } from './survey/clock.ts'
import { surveySignal } from './survey/signal.ts'
import { surveyLink } from './survey/link.ts'
import { checkAct, nameplateAct, photoAct } from './survey/check-acts.ts'
import { coverAct, signAct } from './survey/cover.ts'
import { compareAct } from './survey/compare.ts'
import { drawingAct, scaleAct } from './survey/drawing-acts.ts'
import { drawAct } from './survey/draw.ts'
import { mergeAct } from './survey/merge.ts'
import { surveyMeter } from './survey/meter.ts'
import { surveyReadings } from './survey/readings.ts'
import { repairAct } from './survey/repair.ts'
import { newAct } from './survey/new.ts'
import { citeAct, neighbourAct } from './survey/neighbour.ts'
import { reportAct, templateAct } from './survey/report.ts'
import { passingAct } from './survey/passing.ts'
import { planAct } from './survey/plan.ts'
import { predictAct } from './survey/predict.ts'
import { proposeAct } from './survey/propose.ts'
import { addAct, showAct, undoAct } from './survey/record-acts.ts'
import { commandOf } from '../base/desk/commands/acts.ts'

export const surveyActs = [
  newAct,
  ...[addAct, undoAct, showAct, coverAct, signAct],
  ...[checkAct, photoAct, nameplateAct, drawingAct, scaleAct],
  ...[repairAct, reportAct, templateAct, compareAct, mergeAct],
  ...[drawAct, citeAct, surveyMeter, neighbourAct, surveyReadings],
  ...[passingAct, planAct, predictAct, proposeAct, surveyLink, surveyClock, surveySignal],
]

export const surveyCommand = commandOf('survey', surveyActs)
