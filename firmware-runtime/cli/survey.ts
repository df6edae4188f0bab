// `etc-lane survey`: site surveys after appendix D of seed 001, from the command line.
// Each verb is a file of cli/survey/.
import { LaneFault } from '../core/values/faults.ts'
import type { CliIo, Command } from './command.ts'
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
import { runAct } from './survey/run.ts'
import { predictAct } from './survey/predict.ts'
import { proposeAct } from './survey/propose.ts'
import { addAct, showAct, undoAct } from './survey/record-acts.ts'

type Act = (args: readonly string[], io: CliIo) => Promise<number>

export const verbCommand = (acts: Readonly<Record<string, Act>>): Command => ({
  run(args, io) {
    const [verb = '', ...rest] = args
    const act = Object.hasOwn(acts, verb) ? acts[verb] : undefined
    if (act === undefined)
      throw new LaneFault('ARG-01', { value: verb, note: `one of ${Object.keys(acts).join(', ')}` })
    return act(rest, io)
  },
})

export const surveyCommand = verbCommand({
  run: runAct,
  new: newAct,
  add: addAct,
  undo: undoAct,
  show: showAct,
  cover: coverAct,
  sign: signAct,
  check: checkAct,
  photo: photoAct,
  nameplate: nameplateAct,
  drawing: drawingAct,
  scale: scaleAct,
  repair: repairAct,
  report: reportAct,
  template: templateAct,
  compare: compareAct,
  merge: mergeAct,
  draw: drawAct,
  cite: citeAct,
  meter: surveyMeter,
  neighbour: neighbourAct,
  readings: surveyReadings,
  predict: predictAct,
  propose: proposeAct,
  link: (args, io) => surveyLink.run(args, io),
  clock: (args, io) => surveyClock.run(args, io),
  signal: (args, io) => surveySignal.run(args, io),
})
