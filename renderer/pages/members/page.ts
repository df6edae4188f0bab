// The page /members.
import { t } from '#base/pure/words/fault-text.ts'
import type { Page } from '../../kit/page.ts'

export const page = {
  path: '/members/:thing?',
  place: 'money',
  order: 70,
  title: t('月租车与名单', 'Passes and lists'),
  also: t('月卡 包月 白名单 访客 固定车', 'Monthly season white list visitors'),
  reads: 'members.list',
  list: {
    keyOf: ({ member }) => member.no,
    nameOf: ({ member }) => `${member.no} ${member.name}`,
    search: t('查找车牌、姓名或编号', 'Find a plate, name or number'),
    empty: {
      title: t('还没有名单', 'No list yet'),
      why: t(
        '加上月租车、白名单、应急车辆或访客,或从表格导入。名单内的时段不收费,其余时段照常计费。',
        'Add period passes, a white list, emergency vehicles or visitors, or import a table. Time covered by the list is free; other time is charged as usual.',
      ),
    },
    columns: [
      ['no', t('编号', 'Number'), ({ member }) => member.no, 'figures'],
      ['kind', t('类别', 'Kind'), (row, words) => words.t(`members.kindOf.${row.member.kind}`)],
      ['name', t('车主或单位', 'Holder'), ({ member }) => member.name],
      [
        'plates',
        t('车牌', 'Plates'),
        ({ member }, { plate }) => member.plates.map(plate).join(' '),
        'figures',
      ],
      [
        'spaces',
        t('车位数', 'Spaces'),
        ({ member }, words) => String(member.spaces ?? words.t('members.noLimit')),
        { look: 'figures', order: ({ member }) => member.spaces ?? Infinity },
      ],
      [
        'areas',
        t('区域', 'Areas'),
        ({ member }, words) => member.areas?.join(' ') ?? words.t('members.allAreas'),
      ],
      [
        'until',
        t('截止日', 'Last day'),
        ({ member }, words) => member.until ?? words.t('members.noEnd'),
        { look: 'figures', order: ({ member }) => member.until ?? '9999' },
      ],
      [
        'state',
        t('状态', 'State'),
        ({ state }, words) => words.t(`members.stateOf.${state}`),
        { order: ({ state, daysLeft }) => (state === 'valid' ? (daysLeft ?? Infinity) : -1) },
      ],
      ['acts'],
    ],
  },
} as const satisfies Page<'members.list'>
