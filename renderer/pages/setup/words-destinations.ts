// Words of the platforms beside the expansion platform, as the set-up asks for them: the operator's, that of the
// ETC operator, the one that reserves bays, and the key that a form seals.
import { channelTitles } from '#base/pure/lot/destination-members.ts'
import { t } from '#base/pure/words/fault-text.ts'
import { centreRow } from '#base/pure/lot/service-members.ts'
import { publishedRow } from '#base/pure/lot/published-members.ts'

export const destinations = {
  destinations: {
    open: t('还没有填完', 'not complete yet'),
    code: t(
      '平台给的授权码:一行文字,存成文件 access.code',
      'Authorisation code from the platform: one line, saved as the file access.code',
    ),
  },
  operator: {
    title: channelTitles.operator,
    none: t('没有:记录只上传拓展平台', 'none: records go only to the expansion platform'),
    has: t('记录也上传运营服务商平台', "Also upload records to the operator's platform"),
  },
  etcOperator: {
    title: channelTitles.etcOperator,
    none: t('没有:运行配置在本机修改', 'none: settings are changed here'),
    has: t('从 ETC 运营商平台下载运行配置', 'Download the configuration from the ETC operator'),
  },
  reservation: {
    title: t('预约与共享平台', 'Platform for reservations'),
    none: t('没有:不收预约', 'none: no reservations are taken'),
    has: t('接入预约与共享车位平台', 'Join a platform for reserved and shared bays'),
    key: {
      set: t('密钥已封存在这台电脑上', 'The key is sealed on this computer'),
      absent: t(
        '还没有密钥:不收预约,也不上报',
        'No key yet: no reservations come in and nothing is reported',
      ),
      none: t('保存上面的内容后放入密钥', 'Enter the key once the above is saved'),
    },
    keyWhy: t(
      '平台给的一行,没有空格。封存以后不再显示,也不写进任何文件',
      'One line from the platform, without spaces. Once sealed, it is not shown again and not written to any file',
    ),
  },
  centre: {
    title: centreRow.words,
    none: t('没有:账本只在本机', 'none: the ledger stays on this computer'),
    has: t('把账本发给运营中心', 'Send the ledger to a centre'),
  },
  published: {
    title: publishedRow.words,
    none: t('没有:本机自己计费', 'none: prices are made here'),
    has: t('让别家的停车计费系统送订单', 'Let parking billing systems of other makers send orders'),
    one: t('计费系统 {n}', 'Billing system {n}'),
    add: t('加一个计费系统', 'Add a billing system'),
    remove: t('移除这个计费系统', 'Remove this billing system'),
    lanes: t(
      '保存后在设备一步为每条出口车道选计费系统',
      'Then pick the billing system of each exit lane in the step of the devices',
    ),
  },
  key: {
    typed: t('粘贴密钥', 'Paste the key'),
    keep: t('封存', 'Seal it'),
    file: t('或者从文件读密钥', 'Or read it from a file'),
    kept: t('已封存密钥 {ids}', 'Sealed: {ids}'),
  },
}
