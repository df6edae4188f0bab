// The page /machine: whether the lanes begin with this computer, and what the doctor finds on it.
import { t } from '#base/pure/words/fault-text.ts'
import type { Page } from '../../kit/page.ts'

export const page = {
  path: '/machine',
  place: 'works',
  order: 165,
  title: t('这台电脑', 'This computer'),
  also: t(
    '系统服务 开机启动 自启 防火墙 休眠 托盘 体检 权限',
    'Service autostart boot firewall sleep tray doctor rights',
  ),
  reads: 'machine.get',
  list: {
    keyOf: ({ id }) => id,
    testOf: ({ id }) => `check-${id}`,
    empty: {
      title: t('演示停车场不装成服务', 'No service is made of a demo'),
      why: t(
        '真正的停车场在这里装成这台电脑的服务:开机自动启动,停了自动再起。',
        'A real car park becomes a service of this computer here: it begins at boot, and again whenever it ends.',
      ),
    },
    columns: [
      ['what', t('检查', 'Check'), ({ id }, { known }) => known('machine.of', id)],
      ['is', t('结果', 'Result'), ({ verdict }, words) => words.t(`machine.is.${verdict}`)],
      [
        'why',
        t('说明', 'Details'),
        ({ verdict, why }, words) => (verdict === 'pass' ? '' : words.of(why)),
        'breaks',
      ],
      ['go', undefined, undefined, 'number'],
    ],
  },
} as const satisfies Page<'machine.get'>
