// Row 6 at the command line: how it is judged before a person cites the text, and calls that must not drive an antenna.
// The runs themselves are tested in virtual time beside cross-read-run.ts.
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { surveyCommand } from '#survey/desk/commands/survey.ts'
import { folderOfFile } from '../../../../kit/own-folder.ts'
import { runSilent } from '../../../../kit/run-command.ts'
import { laterFault } from '../../../../kit/refusals.ts'

const folder = folderOfFile('etc-survey-')
const at = (name: string): string => join(folder, `${name}.etcsurvey`)

const survey = (...args: readonly string[]) => runSilent(surveyCommand, args)
const make = (name: string) =>
  survey('new', at(name), '--site', '演示', '--lane', 'exit', '--by', 'tester')
const add = (name: string, body: unknown) =>
  survey('add', at(name), '--by', 'tester', '--body', JSON.stringify(body))

describe('row 6', () => {
  it('is judged by what is assumed, until a person cites the text of the standard', async () => {
    await make('cited')
    // The OBU's own lane reads it within the same minutes.
    await add('cited', {
      kind: 'crossRead',
      antennaId: 2,
      inLane: 5,
      inNeighbour: 0,
      rounds: 5,
      neighbours: [],
      own: [{ obuId: '0200B001', reads: 5 }],
    })
    await add('cited', {
      kind: 'crossRead',
      antennaId: 1,
      inLane: 99,
      inNeighbour: 1,
      rounds: 100,
      neighbours: [{ obuId: '0200B001', place: 'A', trials: 100, reads: 1 }],
    })
    const row = async () => {
      const { json } = await survey('show', at('cited'))
      return (json['items'] as Record<string, unknown>[])[5]
    }
    expect(await row()).toMatchObject({ id: 'D6', verdict: 'fail' })
    expect((await row())?.['assumed']).not.toBeNull()
    const said = ['--text', '邻道误读率不大于 1%', '--source', 'GB/T 35070.2—2018 5.3', '--by', 'a']
    const { code, json } = await survey(
      'cite',
      at('cited'),
      ...said,
      '--tries',
      '100',
      '--reads',
      '1',
    )
    expect({ code, criterion: json['criterion'] }).toMatchObject({
      code: 0,
      criterion: { triesMin: 100, readsMax: 1, neighbourDbmMax: null },
    })
    expect(await row()).toMatchObject({ verdict: 'pass', assumed: null })
    expect(JSON.stringify((await row())?.['procedure'])).toContain('邻道误读率不大于 1%')
    const bad = survey('cite', at('cited'), ...said, '--tries', '0', '--reads', '1')
    expect((await laterFault(bad)).detail).toMatchObject({ field: '/triesMin' })
  })

  it.each([
    [['--own', '0200A001'], '--antenna'],
    [['--antenna', 'tcp://127.0.0.1:1?variant=generic-bcc'], '--antenna'],
    [['--antenna', 'tcp://127.0.0.1:1?variant=generic-bcc', '--own', 'A1'], '--own'],
    [
      ['--antenna', 'tcp://127.0.0.1:1?variant=generic-bcc', '--own', '', '--rounds', '0'],
      '--rounds',
    ],
  ])('drives nothing with %j', async (args, flag) => {
    expect((await laterFault(survey('neighbour', ...args))).detail.field).toBe(flag)
  })
})
