// English words of the page of the acceptance: its lock, its runs, its verdicts.
// Items, reasons and steps come from the runtime with their own words.
import type { acceptance as zh } from '../zh/acceptance.ts'

export const acceptance: typeof zh = {
  acceptance: {
    title: 'Acceptance',
    runAll: 'Run all',
    goOn: 'Go on',
    runOne: 'Run',
    stop: 'Stop',
    simulated: 'Simulated: devices or platform are simulators, this is no acceptance',
    bySimulator: 'simulated',
    locked: 'It cannot begin yet:',
    overridden: 'Begun without an accepted survey:',
    toSurvey: 'To the site survey',
    override: 'Begin without an accepted survey',
    overrideWhy:
      'Access tests begin although the survey is not accepted (10.1.2.1). Name and reason stand in the audit and in the report.',
    running: 'Judging, {left} of {all} items left',
    open: '{all} items, {open} of them failed or incomplete',
    row: 'Row',
    what: 'Item',
    verdict: 'Verdict',
    why: 'Why',
    evidence: 'Steps, evidence {n}',
    expected: 'Expected:',
    assumed: 'Assumed:',
    pack: 'Rule pack: {id} ({standard})',
    limits: 'Limits:',
    limitAssumed: 'assumed',
    limit: {
      within: 'within',
      share: 'share',
      samplesMin: 'samples at least',
      days: 'days',
      stopMax: 'longest stop',
    },
    unit: { s: 's', '%': '%', count: 'times', day: 'days' },
    is: { pass: 'pass', fail: 'fail', incomplete: 'incomplete', notApplicable: 'not applicable' },
    from: { ledger: 'Ledger', platform: 'Platform', frame: 'Frame', access: 'Access' },
  },
}
