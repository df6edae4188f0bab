// Faults of status lists, downloaded or carried on a stick, and of the stored list. Rows of the table in faults.ts.
// A refused list leaves the stored one in use; that one grows old. Codes are never reused.
import { t } from '../values/fault-text.ts'
import type { FaultRow } from '../values/fault-text.ts'

const stays = t('未采用,继续使用原名单', 'It is not taken, the list before it stays')

export const listFaults = {
  'LIST-01': {
    what: t('状态名单文件不合规定', 'The status list file breaks its rule'),
    means: t(
      '启动时按没有名单处理,运行中沿用原名单;车道照常',
      'A start counts it as none, a running lot goes on with its earlier list; lanes work',
    ),
    todo: t('换上完整的名单文件', 'Put a whole list file in its place'),
  },
  'LIST-02': {
    what: t('平台状态名单的内容不合规定', 'The status list of the platform breaks its rule'),
    means: stays,
    todo: t('把所示字段告知平台', 'Tell the platform the field shown'),
  },
  'LIST-03': {
    what: t(
      '状态名单不是本场平台签名',
      'The status list is not signed by the platform of this lot',
    ),
    means: stays,
    todo: t('检查来源和平台证书', 'Check where it comes from, and the certificate of the platform'),
  },
  'LIST-04': {
    what: t('状态名单比现有的旧', 'The status list is older than the one held'),
    means: stays,
    todo: t('取最新的名单', 'Bring the newest list'),
  },
  'LIST-05': {
    what: t(
      '增量名单接不上现有版本',
      'The changes of the status list do not follow on the one held',
    ),
    means: stays,
    todo: t(
      '在线时自动取全量名单;用 U 盘时带全量名单',
      'A full list is fetched; on a stick bring a full one',
    ),
  },
  'LIST-06': {
    what: t('没有取到平台的状态名单', 'No status list came from the platform'),
    means: t('继续使用原名单,名单逐渐变旧', 'The list before it stays and grows old'),
    todo: t('检查网络;必要时用 U 盘导入名单', 'Check the network, or bring a list by stick'),
  },
  'LIST-07': {
    what: t(
      '保存的状态名单已损坏或属于别的机器',
      'The kept status list is damaged or of another machine',
    ),
    means: t('按没有名单处理,直到取到新名单', 'It counts as none until a new one comes'),
    todo: t(
      '等待自动下载,或用 U 盘导入全量名单',
      'Wait for the download, or bring a full list by stick',
    ),
  },
  'LIST-08': {
    what: t('状态名单下载晚了', 'The status list is late'),
    means: t(
      '车道继续扣费,名单超过时限后不再自行扣卡',
      'Lanes go on, and stop to debit cards by themselves when it passes its limit',
    ),
    todo: t('检查网络,或用 U 盘导入名单', 'Check the network, or bring a list by stick'),
  },
  'LIST-09': {
    what: t('没有可用的状态名单', 'There is no status list that counts'),
    means: t(
      '车道不自行扣卡,改用扫码或人工',
      'No lane debits a card by itself: by code, or a person',
    ),
    todo: t('恢复网络,或用 U 盘导入名单', 'Restore the network, or bring a list by stick'),
  },
} as const satisfies Record<string, FaultRow>
