// Table D.1 row 1: signs and markings.
// Island, signs and guidance, each with a photo.
import { t } from '#base/pure/words/fault-text.ts'
import { checkExamples, judgeChecks, part } from '../checks.ts'
import { defineSurveyItem, groups } from '../item.ts'

export const signsParts = [
  part(
    'island',
    ['安全岛', 'Safety island'],
    [
      '车道管理设备放在岛上,能挡住车辆碰撞,进出分得开;尺寸按附录 A 表 A.3 核对',
      'Lane devices stand on it, it keeps cars off them and parts the ways; size as in table A.3',
    ],
    '6.10',
    true,
    ['lane'],
  ),
  part(
    'signs',
    ['标志标识', 'Signs'],
    [
      '文字与图形符号齐全、看得清,按 GB/T 15566.11 原文核对;本软件没有该标准的条文',
      'Words and symbols are there and legible, compared with the text of GB/T 15566.11: this program does not have it',
    ],
    '6.11, GB/T 15566.11',
    true,
  ),
  part(
    'markings',
    ['标线与引导', 'Markings and guidance'],
    [
      '从驶入到驶出走一遍:标线与引导正确,没有歧义',
      'Walk from the way in to the way out: markings lead correctly and mean one thing only',
    ],
    'D.1-1',
    true,
  ),
]

export const signs = defineSurveyItem({
  id: 'D1',
  group: groups.general,
  title: t('标志标线', 'Signs and markings'),
  printed: '设置应符合相关标准的要求，引导正确无歧义',
  procedure: t('逐项核对并拍照', 'Check each point and take the photo'),
  assumed: null,
  questions: signsParts,
  judge: (survey) => judgeChecks('D1', signsParts, survey),
  examples: () => checkExamples('D1', signsParts),
})
