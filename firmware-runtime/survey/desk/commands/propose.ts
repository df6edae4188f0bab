// `survey propose FILE`: fits the antenna model to the readings of a survey and proposes what to try next. Writes
// nothing: power is changed by `rsu diff`, angles by hand.
import { assistantView } from '../../pure/field/assistant.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { act, printed } from '#base/desk/commands/acts.ts'
import { beamOf, pointOf } from './model-flags.ts'
import { readSurvey } from '../../files/open-survey.ts'

/** Five bits in C0 (rsu-interface.md 6.2). */
const frameStepMax = 31

export const proposeAct = act(
  [
    'survey propose FILE [--at X,Y] [--antenna N] [--beam ACROSS,UP] [--step-max N] [--neighbour X,Y ...]',
  ],
  ({ words: [file], 'step-max': stepMax = frameStepMax, ...values }) => {
    if (stepMax < 0 || stepMax > 255)
      throw new LaneFault('ARG-01', {
        field: '--step-max',
        value: String(stepMax),
        note: '0 to 255',
      })
    const { content, records } = readSurvey(file)
    const view = assistantView(records, {
      antennaId: values.antenna ?? null,
      at: values.at === undefined ? null : pointOf(values.at, 'at'),
      beam: beamOf(values.beam),
      powerStep: { min: 0, max: stepMax },
      neighbours: values.neighbour.map((text) => pointOf(text, 'neighbour')),
    })
    const { lost, broken } = content
    return printed({ ok: true, file, ...view, lost, broken })
  },
)
