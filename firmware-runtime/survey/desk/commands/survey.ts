// `etc-lane survey`: site surveys after appendix D of seed 001, from the command line.
// Each verb is a file of survey/desk/commands/.
import { surveyClock } from './clock.ts'
import { surveySignal } from './signal.ts'
import { surveyLink } from './link.ts'
import { checkAct, nameplateAct, photoAct } from './check-acts.ts'
import { coverAct, signAct } from './cover.ts'
import { compareAct } from './compare.ts'
import { drawingAct, scaleAct } from './drawing-acts.ts'
import { drawAct } from './draw.ts'
import { mergeAct } from './merge.ts'
import { surveyMeter } from './meter.ts'
import { surveyReadings } from './readings.ts'
import { repairAct } from './repair.ts'
import { newAct } from './new.ts'
import { citeAct, neighbourAct } from './neighbour.ts'
import { reportAct, templateAct } from './report.ts'
import { passingAct } from './passing.ts'
import { planAct } from './plan.ts'
import { predictAct } from './predict.ts'
import { proposeAct } from './propose.ts'
import { addAct, showAct, undoAct } from './record-acts.ts'
import { commandOf } from '#base/desk/commands/acts.ts'

export const surveyActs = [
  newAct,
  ...[addAct, undoAct, showAct, coverAct, signAct],
  ...[checkAct, photoAct, nameplateAct, drawingAct, scaleAct],
  ...[repairAct, reportAct, templateAct, compareAct, mergeAct],
  ...[drawAct, citeAct, surveyMeter, neighbourAct, surveyReadings],
  ...[passingAct, planAct, predictAct, proposeAct, surveyLink, surveyClock, surveySignal],
]

export const surveyCommand = commandOf('survey', surveyActs)
