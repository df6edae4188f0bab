// `survey new FILE`: a survey file with its first record, and the texts for the cover of its report. The basis of
// judgement can only be set here; the cover may be changed later (`survey cover`).
import { gridNamed } from '../../pure/field/grid.ts'
import { usualTrigger } from '../../pure/field/zone-plan.ts'
import { baseRules, rulesIn } from '#base/pure/rules/packs.ts'
import { readPack } from '#lane/folder/rules-here.ts'
import { act, printed } from '#base/desk/commands/acts.ts'
import { logoOf, recordCover } from './cover.ts'
import { newSurvey } from '../../files/open-survey.ts'
import { recordJson } from './record-acts.ts'
import { pointOf, zoneOfFlags } from './zone-flags.ts'

export const newAct = act(
  [
    'survey new FILE --site S --lane L [--title T] [--grid d5-parking|d5-highway] [--access wire|mobile] [--layout CLAUSE --reader gantry|pile|handheld|patrolCar] [--rules FILE] [--trigger X,Y] [--needed LEFT,NEAR,RIGHT,FAR [--needed-reason TEXT]] [--origin X,Y] [--rule r0|r1|r2] [--uncertainty DB] [--neighbours X|X,X] [--no-neighbours TEXT] [--number NO] [--company C] [--address A] [--representative R] [--logo PNG] --by NAME',
  ],
  ({ words: [file], by, site, lane, ...values }) => {
    const pack = values.rules === undefined ? null : readPack(values.rules).pack
    const grid = gridNamed(values.grid, pack === null ? baseRules : rulesIn(pack))
    const trigger = pointOf(values.trigger, '--trigger') ?? usualTrigger(grid)
    const opened = {
      kind: 'opened',
      title: values.title ?? site,
      site,
      lane,
      grid,
      trigger,
      access: values.access ?? 'wire',
      zone: zoneOfFlags(values, grid, trigger),
      ...(values.layout === undefined && values.reader === undefined
        ? {}
        : { open: { layout: values.layout ?? '', reader: values.reader ?? '' } }),
      ...(pack === null ? {} : { rules: pack }),
    }
    const { number, company, address, representative, logo } = values
    const cover = { number, company, address, representative, logo }
    const mark = logoOf(cover)
    const { ledger, writer } = newSurvey(file)
    try {
      const record = ledger.add(opened, by)
      const covered = recordCover(ledger, cover, mark, by)
      const { surveyId } = writer
      const more = covered === null ? {} : { cover: recordJson(covered) }
      return printed({ ok: true, file, surveyId, record: recordJson(record), ...more })
    } finally {
      writer.close()
    }
  },
)
