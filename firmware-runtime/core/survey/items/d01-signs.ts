// Table D.1 row 1: signs and markings.
// Island, signs and guidance, each with a photo.
import { t } from '../../values/fault-text.ts'
import { checkExamples, judgeChecks, part } from '../checks.ts'
import { defineSurveyItem, groups } from '../item.ts'

export const signsParts = [
  part('island', '安全岛', 'Safety island', '6.10', true),
  part('signs', '标志标识', 'Signs', '6.11, GB/T 15566.11', true),
  part('markings', '标线与引导', 'Markings and guidance', 'D.1-1', true),
]

export const signs = defineSurveyItem({
  id: 'D1',
  group: groups.general,
  title: t('标志标线', 'Signs and markings'),
  printed: '设置应符合相关标准的要求，引导正确无歧义',
  procedure: t('逐项核对并拍照', 'Check each point and take the photo'),
  assumed: null,
  judge: (survey) => judgeChecks('D1', signsParts, survey),
  examples: checkExamples('D1', signsParts),
})
