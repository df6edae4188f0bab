// Table D.1 row 4: the antenna's model and its tested hardware.
// Name plate against test report by a person, and against the profile library by the program.
import { t } from '#base/pure/words/fault-text.ts'
import { answered, checkExamples, judgeChecks, part } from '../checks.ts'
import { defineSurveyItem, finding, groups } from '../item.ts'
import { plateFindings, plateWords } from '../nameplate.ts'
import { because, withStep } from '../next-steps.ts'
import type { SurveyProject } from '../file/project.ts'
import type { Finding, NameplateBody } from '../file/record.ts'

export const antennaModelParts = [
  part(
    'approval',
    ['型号已通过检测', 'Model has passed its test'],
    [
      '铭牌上的型号与检测编号,和检测报告逐字核对;拍下铭牌',
      'Model and approval number of the name plate word for word against the test report; photograph the plate',
    ],
    'D.1-4',
    true,
  ),
  part(
    'hardware',
    ['硬件与过检版本一致', 'Hardware is the tested version'],
    [
      '铭牌或天线自报的硬件版本,和检测报告载明的版本核对',
      'Hardware version of the plate, or as the antenna tells it, against the one in the test report',
    ],
    'D.1-4',
  ),
]

function judge(survey: SurveyProject): Finding {
  const checks = judgeChecks('D4', antennaModelParts, survey)
  const { nameplate } = survey
  if (nameplate === null)
    return checks.verdict === 'pass'
      ? finding(
          'incomplete',
          because('plate', '尚未录入铭牌', 'The name plate is not recorded yet'),
          checks.readings,
        )
      : checks
  const found = plateFindings(nameplate)
  const words = plateWords(found)
  if (checks.verdict === 'fail') return checks
  if (found.approval === 'differs' || found.hardware === 'differs')
    return finding('fail', withStep('type', words), checks.readings)
  if (checks.verdict !== 'pass') return checks
  const said = t(`${checks.words.zh};${words.zh}`, `${checks.words.en}. ${words.en}`)
  return { ...checks, words: said }
}

const plate: NameplateBody = {
  kind: 'nameplate',
  model: 'example',
  serialNo: null,
  approvalNo: 'T-1',
  hardwareVersion: 'V1',
  library: null,
}
const library = {
  profile: 'example/one',
  revision: 1,
  approvals: [{ approvalNo: 't-1', hardwareVersions: ['V1', 'V 1.1'] }],
}
const yes = answered('D4', antennaModelParts, 'yes')

export const antennaModel = defineSurveyItem({
  id: 'D4',
  group: groups.general,
  title: t('天线型号', 'Antenna model'),
  printed: '天线应使用具有广泛兼容性、通过检测的型号，且硬件与过检版本保持一致',
  procedure: t(
    '核对铭牌与检测报告,拍铭牌,再与设备资料比对',
    'Compare name plate and test report, photograph the plate, compare with the profile library',
  ),
  assumed: t(
    '设备资料只载明有出处的检测编号;未载明时以人工核对为准',
    'Profiles name only approvals that have a source; where they say nothing, the person’s comparison counts',
  ),
  questions: antennaModelParts,
  judge,
  examples: () => [
    ...checkExamples('D4', antennaModelParts, [plate]),
    { verdict: 'incomplete', bodies: yes },
    { verdict: 'pass', bodies: [...yes, { ...plate, library }] },
    { verdict: 'pass', bodies: [...yes, { ...plate, hardwareVersion: 'v1.1', library }] },
    { verdict: 'fail', bodies: [...yes, { ...plate, approvalNo: 'T-2', library }] },
    { verdict: 'fail', bodies: [...yes, { ...plate, hardwareVersion: 'V2', library }] },
  ],
})
