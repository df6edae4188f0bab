// Faults of status lists, downloaded or carried on a stick, and of the stored list. Rows of the table in faults.ts.
// A refused list leaves the stored one in use; that one grows old. Codes are never reused.
import { t } from '../values/fault-text.ts'
import type { FaultRow } from '../values/fault-text.ts'

const stays = t('未采用,继续使用原名单', 'The new list is not used; the previous list stays in use')

export const listFaults = {
  'LIST-01': {
    what: t('状态名单文件不合规定', 'The status list file breaks a rule'),
    means: t(
      '启动时按没有名单处理,运行中沿用原名单;车道照常',
      'At a start it counts as no list, and a running lot keeps its previous list; the lanes keep running',
    ),
    todo: t('换上完整的名单文件', 'Replace it with a complete list file'),
  },
  'LIST-02': {
    what: t('平台状态名单的内容不合规定', 'The status list of the platform breaks a rule'),
    means: stays,
    todo: t('把所示字段告知平台', 'Report the field shown to the platform'),
  },
  'LIST-03': {
    what: t('状态名单不是本场平台签名', "The status list is not signed by this lot's platform"),
    means: stays,
    todo: t(
      '检查来源和平台证书',
      'Check the source of the list and the certificate of the platform',
    ),
  },
  'LIST-04': {
    what: t('状态名单比现有的旧', 'The status list is older than the present one'),
    means: stays,
    todo: t(
      '取最新的名单;平台重新编了版本号:取一次全量名单(list now --full)',
      'Get the newest list. If the platform restarted its versions, get the full list once (list now --full)',
    ),
  },
  'LIST-05': {
    what: t(
      '增量名单接不上现有版本',
      'The incremental status list does not follow the present version',
    ),
    means: stays,
    todo: t(
      '在线时自动取全量名单;用 U 盘时带全量名单',
      'When online, the full list is downloaded by itself; on a USB stick, bring a full list',
    ),
  },
  'LIST-06': {
    what: t('没有取到平台的状态名单', 'The status list could not be downloaded from the platform'),
    means: t('继续使用原名单,名单逐渐变旧', 'The previous list stays in use and becomes outdated'),
    todo: t(
      '检查网络;必要时用 U 盘导入名单',
      'Check the network, or import a list from a USB stick',
    ),
  },
  'LIST-07': {
    what: t(
      '保存的状态名单已损坏或属于别的机器',
      'The saved status list is damaged or belongs to another machine',
    ),
    means: t('按没有名单处理,直到取到新名单', 'It counts as no list until a new one is downloaded'),
    todo: t(
      '等待自动下载,或用 U 盘导入全量名单',
      'Wait for the download, or import a full list from a USB stick',
    ),
  },
  'LIST-08': {
    what: t('状态名单下载晚了', 'The status list download is late'),
    means: t(
      '车道继续扣费,名单超过时限后不再自行扣卡',
      'The lanes keep charging; when the list passes its age limit, they stop debiting cards by themselves',
    ),
    todo: t('检查网络,或用 U 盘导入名单', 'Check the network, or import a list from a USB stick'),
  },
  'LIST-09': {
    what: t('没有可用的状态名单', 'There is no usable status list'),
    means: t(
      '车道不自行扣卡,改用扫码或人工',
      'The lanes do not debit cards by themselves: cars pay by code or to a person',
    ),
    todo: t('恢复网络,或用 U 盘导入名单', 'Restore the network, or import a list from a USB stick'),
  },
} as const satisfies Record<string, FaultRow>
